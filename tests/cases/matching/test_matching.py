"""The search of a place: what excludes a structure, in which rank the others come, and what is kept of it."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from cases.files.protection.services import keep_away_add, keep_away_lift, legal_frame_set, needs_set
from cases.files.services import case_update_facts
from cases.matching.enums import Overseas, Weight
from cases.matching.rules import Rules
from cases.matching.selectors.candidates import Candidate, candidates_for
from cases.matching.selectors.search import search_for
from cases.matching.services import matching_rules_change, places_confirm, structures_check
from cases.matching.words import Words, explain
from cases.models import Matching, MatchingRules, Proposal, Sollicitation
from cases.proposals.services import proposal_answer, proposal_withdraw
from cms.partners.book.services import StructureCriteria, profile_set
from cms.partners.conventions.services import partner_suspend, place_close
from cms.partners.models import Place
from cms.values.selectors import values_of
from cms.wall import scope
from referentiel.derogations.services import derogation_revoke
from tests.cases.steps import days_ago, journal_of, open_case, orient, partner, place, refused_on
from tests.cast.assessments import assessment, campaign
from tests.cast.visits import confirmed, waived

A, B = "Les Tilleuls", "Aubépine"


@pytest.fixture
def asked(cast, acting_as):
    """A request of the gendarmerie, tied to a case, read by the coordination."""
    with acting_as("coordination"):
        sollicitation, case = open_case(cast)
        yield Sollicitation.objects.select_related("case", "urgency", "current_place").get(pk=sollicitation.pk), case


def found(sollicitation, rules: Rules | None = None) -> dict[str, Candidate]:
    sollicitation = Sollicitation.objects.select_related("case", "urgency", "current_place").get(pk=sollicitation.pk)
    return {row.code_name: row for row in candidates_for(search_for(sollicitation), rules or Rules())}


def profile(name: str, **changes) -> None:
    facts = {
        "age_min": 11,
        "age_max": 17,
        "sexes": list(values_of("sexe")),
        "forms": list(values_of("forme").filter(parent=None)),
        "takes_at_night": True,
    }
    profile_set(partner=partner(name), criteria=StructureCriteria(**facts | changes))


def only_values(list_code: str, *codes: str) -> list:
    return list(values_of(list_code).filter(code__in=codes))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"age_min": 16}, "age"),
        ({"sexes": "sexe:F"}, "sex"),
        ({"forms": "forme:TRA"}, "form"),
        ({"takes_at_night": False}, "night"),
        ({"contraindications": "contre_indication:ADDICTION"}, "contraindication"),
        ({"containment_id": "contenance:OUVERT"}, "containment"),
        ({"habilitation_id": "habilitation:PJJ"}, "habilitation"),
    ],
)
def test_what_a_structure_cannot_take_in_excludes_it(cast, asked, changes, reason):
    sollicitation, case = asked
    by = cast["coordination"]
    needs_set(case=case, by=by, needs=["vulnerabilite:ADDICTION"])
    case_update_facts(case=case, by=by, containment_id="contenance:CONTENANT")
    legal_frame_set(case=case, frame_id="cadre_juridique:OPP-P", decided_at=days_ago(1), by=by)
    for name in (A, B):
        profile(name, containment_id="contenance:SECURISE", habilitation_id="habilitation:ASE")
    assert not found(sollicitation)[A].excluded
    listed = {
        name: only_values(*value.split(":"))
        for name, value in changes.items()
        if not name.endswith("_id") and isinstance(value, str)
    }
    base = {"containment_id": "contenance:SECURISE", "habilitation_id": "habilitation:ASE"}
    profile(A, **base | changes | listed)
    candidates = found(sollicitation)
    assert candidates[A].excluded == (reason,)
    assert not candidates[B].excluded


def test_an_unknown_fact_excludes_nobody(cast, acting_as):
    with acting_as("coordination"):
        sollicitation, _ = open_case(cast, facts={"identification_level_id": "niveau_identification:SUSP"}, age=None)
        profile(A, sexes=only_values("sexe", "F"))
        assert not found(sollicitation)[A].excluded


@pytest.mark.parametrize(
    ("territory", "radius", "is_out"), [("24", 0, True), ("33", 0, True), ("59", 900, True), ("59", 300, False)]
)
def test_a_structure_in_beside_or_near_a_forbidden_place_is_never_eligible(cast, asked, territory, radius, is_out):
    """Les Tilleuls are in Dordogne (24), beside Gironde (33), some 600 km from the Nord (59)."""
    sollicitation, case = asked
    away = keep_away_add(
        case=case,
        territory_id=territory,
        reason_id="motif_eloignement:RESEAU",
        radius_km=radius,
        by=cast["coordination"],
    )
    assert ("away" in found(sollicitation)[A].excluded) is is_out
    keep_away_lift(keep_away=away, by=cast["coordination"])
    assert not found(sollicitation)[A].excluded


def test_the_place_of_exploitation_is_kept_away_from_by_itself(cast, asked):
    sollicitation, case = asked
    case_update_facts(case=case, by=cast["coordination"], exploitation_place_id="24")
    assert found(sollicitation)[A].excluded == ("away",)


def test_a_place_to_avoid_only_takes_points_away(cast, asked):
    sollicitation, case = asked
    before = found(sollicitation)[A]
    keep_away_add(
        case=case, territory_id="24", reason_id="motif_eloignement:ENTOURAGE", level="avoided", by=cast["coordination"]
    )
    after = found(sollicitation)[A]
    assert not after.excluded
    assert after.is_avoided
    assert after.score == before.score - Rules().avoided_points


@pytest.mark.parametrize(
    ("overseas", "excluded", "tier"),
    [(Overseas.REFUSE, ("overseas",), 0), (Overseas.LAST, (), 2), (Overseas.SAME, (), 0)],
)
def test_the_sea_has_its_own_rule(cast, asked, overseas, excluded, tier):
    """A minor met in La Réunion: both structures are across a sea."""
    sollicitation, case = asked
    for name in (A, B):
        places_confirm(partner=partner(name), free=2, by=cast["coordination"])
    Sollicitation.objects.filter(pk=sollicitation.pk).update(current_place="974")
    row = found(sollicitation, Rules(overseas=overseas))[A]
    assert row.excluded == excluded
    assert row.tier == tier


def test_a_suspension_and_a_convention_that_ended_exclude(cast, asked):
    sollicitation, _ = asked
    partner_suspend(partner=partner(A), starts_on=timezone.localdate(), reason="Travaux")
    assert found(sollicitation)[A].excluded == ("suspended",)
    convention = partner(B).conventions.get()
    convention.ends_on = timezone.localdate() - dt.timedelta(days=1)
    convention.save(update_fields=["ends_on"])
    assert found(sollicitation)[B].excluded == ("convention",)


def test_places_are_open_less_taken_less_held_less_blocked(cast, asked, acting_as):
    sollicitation, _ = asked
    before = found(sollicitation)[A]
    other, case = open_case(cast)
    place(cast, case)
    third, _ = open_case(cast)
    orientation = orient(cast, third)
    places_confirm(partner=partner(A), free=3, by=cast["coordination"])
    row = found(sollicitation)[A]
    assert (row.opened, row.used, row.held) == (before.opened, before.used + 1, before.held + 1)
    assert row.free == 3
    proposal_withdraw(proposal=orientation.proposals.get(), by=cast["coordination"])
    assert found(sollicitation)[A].free == 4


def test_a_hold_ends_by_itself(cast, asked):
    sollicitation, _ = asked
    other, _ = open_case(cast, received_at=days_ago(9))
    orient(cast, other, decided_at=days_ago(8), answer_within=dt.timedelta(days=1))
    assert found(sollicitation)[A].held == found(sollicitation)[B].held


def test_a_structure_without_a_free_place_is_excluded_and_says_its_numbers(cast, asked):
    sollicitation, _ = asked
    places_confirm(partner=partner(A), free=0, by=cast["coordination"])
    row = found(sollicitation)[A]
    assert row.excluded == ("place",)
    sentence = explain(row, search_for(sollicitation), Rules(), Words.load()).against[0]
    assert sentence.startswith("aucune place libre (40 ouvertes")
    assert "empêchées" in sentence


def test_the_freshest_confirmation_comes_first(cast, asked):
    sollicitation, _ = asked
    places_confirm(partner=partner(B), free=2, by=cast["coordination"])
    assert list(found(sollicitation)) == [B, A]
    assert found(sollicitation)[A].tier == 1


def test_between_equals_the_one_that_took_in_less_comes_first(cast, asked):
    sollicitation, _ = asked
    rules = Rules(far_points=0, place_points=0)
    first, second = found(sollicitation, rules)
    _, case = open_case(cast)
    place(cast, case, name=first)
    place(cast, open_case(cast)[1], name=first)
    assert list(found(sollicitation, rules)) == [second, first]


def test_who_refused_this_minor_is_not_asked_again_for_a_while(cast, asked, acting_as):
    sollicitation, _ = asked
    proposal = orient(cast, sollicitation).proposals.get()
    assert found(sollicitation)[A].excluded == ("asked",)
    with acting_as("director_a"):
        proposal_answer(
            proposal=Proposal.objects.get(pk=proposal.pk),
            answer_id="reponse:REFUS",
            refusal_reason_id="motif_refus:GROUPE",
            answered_by=cast["director_a"],
        )
    with acting_as("coordination"):
        row = found(sollicitation)[A]
        assert row.excluded == ("refused",)
        assert "profil incompatible" in explain(row, search_for(sollicitation), Rules(), Words.load()).against[0]
        assert not found(sollicitation, Rules(refused_days=0))[A].excluded


def test_nobody_derogates_from_what_protects(cast, asked):
    sollicitation, case = asked
    keep_away_add(case=case, territory_id="24", reason_id="motif_eloignement:RESEAU", by=cast["coordination"])
    with refused_on("structures", match="département à éviter"):
        orient(cast, sollicitation, derogation="Le directeur est d’accord.")


def test_another_exclusion_needs_a_reason_which_stays_sealed(cast, asked):
    sollicitation, _ = asked
    profile(A, age_min=16)
    with refused_on("derogation", match="16 à 17.{1,4}ans"):
        orient(cast, sollicitation)
    orientation = orient(cast, sollicitation, derogation="Elle connaît déjà l’équipe.")
    matching = Matching.objects.get(orientation=orientation)
    assert matching.derogation == "Elle connaît déjà l’équipe."
    assert [details for action, details in journal_of(orientation.pk) if action == "cases.matching.keep"] == [
        {"rules_number": [None, 0], "derogation": True}
    ] or "Elle connaît" not in str(journal_of(orientation.pk))


def test_what_the_search_answered_is_kept_with_its_rules(cast, asked):
    sollicitation, _ = asked
    version = matching_rules_change(rules=Rules(far_points=9), reason="Plus loin", by=cast["coordination"])
    orientation = orient(cast, sollicitation)
    matching = Matching.objects.get(orientation=orientation)
    assert matching.rules_number == version.number == 1
    kept = [Candidate.from_data(row) for row in matching.candidates]
    assert {row.code_name for row in kept} == {A, B}
    profile(A, age_min=16)
    assert Candidate.from_data(Matching.objects.get(pk=matching.pk).candidates[0]).age_min == 11


def test_a_decision_told_afterwards_is_recorded_as_it_was_taken(cast, acting_as):
    with acting_as("coordination"):
        sollicitation, _ = open_case(cast, received_at=days_ago(3))
        profile(A, age_min=16)
        orientation = orient(cast, sollicitation, decided_at=days_ago(2))
        assert not Matching.objects.filter(orientation=orientation).exists()


@pytest.mark.parametrize(
    "wrong", [{"far_points": -1}, {"far_points": 101}, {"overseas": "maybe"}, {"fresh_hours": "72"}]
)
def test_a_rule_out_of_its_bounds_is_refused(wrong):
    with pytest.raises(ValidationError) as caught:
        Rules(**wrong)
    assert list(wrong) == list(caught.value.message_dict)


def test_the_same_rules_twice_are_refused(cast, acting_as):
    with acting_as("coordination"), refused_on(match="déjà en vigueur"):
        matching_rules_change(rules=Rules(), reason="Pour rien", by=cast["coordination"])


def test_more_places_than_the_network_knows_are_refused(cast, acting_as):
    with acting_as("director_a"), refused_on("free", match="Ouvrez d’abord une place supplémentaire"):
        places_confirm(partner=partner(A), free=60, by=cast["director_a"])


def test_a_place_closed_no_longer_counts(cast, asked):
    sollicitation, _ = asked
    before = found(sollicitation)[A].opened
    place_close(place=Place.objects.filter(partner=partner(A)).last(), on=timezone.localdate())
    assert found(sollicitation)[A].opened == before - 1


@pytest.mark.parametrize("key", ["director_a", "educator_a", "gendarme", "dpo", "trainer"])
def test_rules_and_searches_are_the_coordination_s(cast, asked, acting_as, key):
    sollicitation, _ = asked
    orient(cast, sollicitation)
    matching_rules_change(rules=Rules(far_points=9), reason="Plus loin", by=cast["coordination"])
    with acting_as(key):
        assert not Matching.objects.exists()
        assert not MatchingRules.objects.exists()
        with refused_on(match="pas ouverte"):
            matching_rules_change(rules=Rules(), reason="Par curiosité", by=cast[key])


def test_required_and_ignored_qualities(cast, asked):
    sollicitation, _ = asked
    assert found(sollicitation, Rules(signature=Weight.REQUIRED))[A].excluded == ("signature",)
    assert found(sollicitation, Rules(training=Weight.REQUIRED))[A].excluded == ("training",)
    assert not found(sollicitation, Rules(signature=Weight.IGNORED, training=Weight.IGNORED))[A].excluded


def test_an_imperative_exigence_confirmed_below_three_excludes_and_nobody_alone_sets_it_aside(cast, asked):
    sollicitation, _ = asked
    confirmed("E1.3", "2")
    row = found(sollicitation)[A]
    assert (row.excluded, row.failing) == (("imperative",), ("E1.3:2",))
    search = search_for(sollicitation)
    assert explain(row, search, Rules(), Words.load()).against == ("exigence impérative E1.3 notée 2",)
    confirmed("E1.4", "1")
    row = found(sollicitation)[A]
    assert explain(row, search, Rules(), Words.load()).against == (
        "exigences impératives E1.3 notée 2 et E1.4 notée 1",
    )
    assert found(sollicitation, Rules(imperative="ignored"))[A].is_eligible
    with pytest.raises(ValidationError, match="ne peut pas être interrogée"):
        structures_check(sollicitation, [partner(A)], "Aucune autre place cette nuit.")


def test_a_better_mark_or_a_derogation_puts_a_structure_back(cast, asked):
    sollicitation, _ = asked
    confirmed("E1.3", "2")
    confirmed("E1.4", "1")
    confirmed("E1.4", "3")
    assert found(sollicitation)[A].failing == ("E1.3:2",)
    row = waived("E1.3")
    assert found(sollicitation)[A].is_eligible
    with scope.acting(cast["coordination"]):
        derogation_revoke(derogation=row, reason="Les nuits ne sont plus tenues.", by=cast["coordination"])
    assert found(sollicitation)[A].excluded == ("imperative",)


def test_a_self_mark_excludes_nobody(cast, asked):
    sollicitation, _ = asked
    assessment(campaign())
    assert found(sollicitation)[A].is_eligible


def test_a_search_kept_before_the_rule_is_read_again(cast, asked):
    row = found(asked[0])[A]
    data = row.as_data()
    del data["failing"]
    assert Candidate.from_data(data) == row
