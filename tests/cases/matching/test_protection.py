"""What protects first: able to admit in time, then distance, then brothers and sisters together."""

import uuid
from dataclasses import fields

import pytest

from cases.files.protection.services import keep_away_add
from cases.files.services import case_update_facts
from cases.matching.enums import Weight
from cases.matching.rules import Rules
from cases.matching.selectors.candidates import Candidate, candidates_for
from cases.matching.selectors.search import Search, search_for
from cases.matching.services import matching_rules_change, places_confirm
from cases.matching.words import Words, explain
from cases.models import Matching, MatchingRules, Sollicitation
from cases.requests.services.sollicitations import sollicitation_close
from cms.partners.book.services import StructureCriteria, partner_change, profile_set
from cms.values.models import Value
from cms.values.selectors import values_of
from cms.values.services import value_change
from tests.cases.steps import days_ago, open_case, orient, partner, place, refused_on

A, B = "Les Tilleuls", "Aubépine"
MULTIPLES = {"place_points": 3, "travel_points": 10}
PROTECTIVE = ("far_points", "avoided_points")


@pytest.fixture
def as_coordination(cast, acting_as):
    with acting_as("coordination"):
        yield cast


def read(sollicitation) -> Sollicitation:
    return Sollicitation.objects.select_related("case", "urgency", "current_place").get(pk=sollicitation.pk)


def found(sollicitation, rules: Rules | None = None, *, is_apart=False) -> dict[str, Candidate]:
    search = search_for(read(sollicitation), is_apart=is_apart)
    return {row.code_name: row for row in candidates_for(search, rules or Rules())}


def said(sollicitation, name: str, rules: Rules | None = None, **how) -> tuple[str, ...]:
    rules = rules or Rules()
    search = search_for(read(sollicitation), **how)
    row = next(row for row in candidates_for(search, rules) if row.code_name == name)
    told = explain(row, search, rules, Words.load())
    return (*told.against, *told.cautions)


def profile(name: str, **changes) -> None:
    facts = {
        "age_min": 11,
        "age_max": 17,
        "sexes": list(values_of("sexe")),
        "forms": list(values_of("forme").filter(parent=None)),
        "takes_at_night": True,
    }
    profile_set(partner=partner(name), criteria=StructureCriteria(**facts | changes))


@pytest.mark.parametrize(
    ("urgency", "days", "sentence"),
    [
        ("urgence:U0", 1, "admet en 1 jour : trop tard pour cette nuit"),
        ("urgence:U1", 5, "admet en 5 jours : trop tard pour cette nuit"),
        ("urgence:U2", 5, "admet en 5 jours : trop tard pour une demande sous 48 heures"),
        ("urgence:U3", 8, "admet en 8 jours : trop tard pour une demande sous 7 jours"),
    ],
)
def test_who_admits_too_late_for_the_urgency_is_out(as_coordination, urgency, days, sentence):
    sollicitation, _ = open_case(as_coordination, urgency_id=urgency)
    profile(A, admission_days=days)
    assert found(sollicitation)[A].excluded == ("delay",)
    assert said(sollicitation, A)[0].replace("\u00a0", " ") == sentence
    assert not [words for words in said(sollicitation, A)[1:] if words.startswith("admet en")]


@pytest.mark.parametrize(
    ("urgency", "days"), [("urgence:U1", 0), ("urgence:U2", 2), ("urgence:U3", 7), ("urgence:U4", 60)]
)
def test_who_admits_in_time_stays_in(as_coordination, urgency, days):
    sollicitation, _ = open_case(as_coordination, urgency_id=urgency)
    profile(A, admission_days=days)
    assert found(sollicitation)[A].is_eligible


def test_the_delay_is_that_promised_for_a_place_not_for_the_first_answer(as_coordination):
    sollicitation, _ = open_case(as_coordination, urgency_id="urgence:U2")
    profile(A, admission_days=4)
    extra = {"answer_within_minutes": 60, "place_within_minutes": 4 * 24 * 60}
    value_change(value=Value.objects.get(pk="urgence:U2"), extra=extra)
    assert found(sollicitation)[A].is_eligible


def test_an_unknown_delay_excludes_nobody_and_is_asked_on_the_phone(as_coordination):
    sollicitation, _ = open_case(as_coordination)
    profile(A, admission_days=None)
    assert found(sollicitation)[A].is_eligible
    assert "délai d’admission inconnu : à vérifier au téléphone" in [
        words.replace("\u00a0", " ") for words in said(sollicitation, A)
    ]


def test_a_network_may_let_the_delay_only_count(as_coordination):
    sollicitation, _ = open_case(as_coordination)
    profile(A, admission_days=5)
    for weight in (Weight.COUNTS, Weight.IGNORED):
        rules = Rules(delay=weight)
        assert found(sollicitation, rules)[A].is_eligible
        assert "admet en 5\u00a0jours" in said(sollicitation, A, rules)
    profile(A, admission_days=0)
    counted, ignored = (
        found(sollicitation, Rules(delay=weight))[A].score for weight in (Weight.COUNTS, Weight.IGNORED)
    )
    assert counted - ignored == Rules().delay_points


def test_rules_stored_before_the_delay_take_its_default(as_coordination):
    version = matching_rules_change(rules=Rules(far_points=9), reason="Avant", by=as_coordination["coordination"])
    data = {name: value for name, value in version.rules.items() if name != "delay"}
    assert Rules.from_data(data).delay == Weight.REQUIRED
    assert MatchingRules.objects.get(pk=version.pk).rules["delay"] == "required"


def test_no_mix_of_other_qualities_is_worth_300_km(db):
    rules = Rules()
    names = [item.name for item in fields(Rules) if item.name.endswith("_points") and item.name not in PROTECTIVE]
    most = sum(getattr(rules, name) * MULTIPLES.get(name, 1) for name in names)
    assert most < 3 * rules.far_points
    assert rules.avoided_points >= rules.far_points


def test_the_farther_structure_comes_first_whatever_the_nearer_one_offers(as_coordination):
    """Exploited in the Nord: Les Tilleuls in the Hautes-Pyrénées, Aubépine in the Rhône, nearer."""
    sollicitation, case = open_case(as_coordination, current_place_id="69")
    case_update_facts(case=case, by=as_coordination["coordination"], exploitation_place_id="59")
    partner_change(partner=partner(A), territory_id="65")
    partner_change(partner=partner(B), territory_id="69")
    profile(A, forms=[], admission_days=None)
    profile(B, takes_siblings=True, has_psychologist=True, admission_days=0, languages=list(values_of("langue")))
    for name in (A, B):
        places_confirm(partner=partner(name), free=1 if name == A else 3, by=as_coordination["coordination"])
    rows = found(sollicitation)
    assert rows[A].away_km - rows[B].away_km >= 200
    assert list(rows)[:2] == [A, B]


def test_a_structure_near_a_place_to_avoid_comes_after(as_coordination):
    sollicitation, case = open_case(as_coordination)
    partner_change(partner=partner(A), territory_id="59")
    partner_change(partner=partner(B), territory_id="75")
    keep_away_add(
        case=case,
        territory_id="59",
        reason_id="motif_eloignement:ENTOURAGE",
        level="avoided",
        by=as_coordination["coordination"],
    )
    for name in (A, B):
        places_confirm(partner=partner(name), free=1, by=as_coordination["coordination"])
    profile(A, has_psychologist=True, admission_days=0, languages=list(values_of("langue")))
    rows = found(sollicitation)
    assert rows[A].is_eligible
    assert list(rows)[:2] == [B, A]


@pytest.fixture
def family(as_coordination):
    """Three of one family, each with a request."""
    group = uuid.uuid4()
    rows = [open_case(as_coordination, group_id=group)[0] for _ in range(3)]
    for name in (A, B):
        profile(name, admission_days=0, takes_siblings=True)
    return [read(row) for row in rows]


def test_brothers_and_sisters_need_places_for_all(as_coordination, family):
    places_confirm(partner=partner(A), free=1, by=as_coordination["coordination"])
    row = found(family[0])[A]
    assert row.excluded == ("place",)
    assert said(family[0], A)[0].startswith("1 place libre pour 3")
    places_confirm(partner=partner(A), free=3, by=as_coordination["coordination"])
    assert found(family[0])[A].is_eligible


def test_separated_on_purpose_each_is_looked_for_alone(as_coordination, family):
    places_confirm(partner=partner(A), free=1, by=as_coordination["coordination"])
    profile(A, admission_days=0, takes_siblings=False)
    assert found(family[0], Rules(siblings=Weight.REQUIRED))[A].excluded == ("siblings", "place")
    assert found(family[0], Rules(siblings=Weight.REQUIRED), is_apart=True)[A].is_eligible
    orientation = orient(as_coordination, family[0], is_apart=True)
    kept = Matching.objects.get(orientation=orientation)
    assert kept.search["is_apart"] is True
    assert "siblings" not in kept.search
    search = Search.from_data(kept.search, case_id=orientation.case_id, at=kept.made_at)
    assert (search.count, search.together) == (3, 1)


def test_together_one_place_is_refused_without_a_reason(as_coordination, family):
    places_confirm(partner=partner(A), free=1, by=as_coordination["coordination"])
    with refused_on("derogation", match="1 place libre pour 3"):
        orient(as_coordination, family[0])


def test_a_search_kept_before_the_choice_is_read_again(as_coordination, family):
    data = search_for(family[0]).as_data()
    del data["is_apart"]
    assert Search.from_data(data, case_id=family[0].case_id, at=days_ago(0)).together == 3


def test_the_place_held_for_a_sister_is_one_of_those_needed(as_coordination, family):
    places_confirm(partner=partner(A), free=3, by=as_coordination["coordination"])
    orient(as_coordination, family[0])
    assert found(family[1])[A].is_eligible
    other, _ = open_case(as_coordination)
    orient(as_coordination, other)
    assert found(family[1])[A].excluded == ("place",)


def test_who_is_placed_or_closed_does_not_count(as_coordination, family):
    by = as_coordination["coordination"]
    assert search_for(family[0]).count == 3
    place(as_coordination, family[1].case)
    assert search_for(read(family[0])).count == 2
    sollicitation_close(sollicitation=read(family[2]), outcome_id="decision:SANS-SUITE", by=by)
    assert search_for(read(family[0])).count == 1
    assert not search_for(read(family[0]), is_apart=True).is_apart
