"""Orientations, sheets and answers (definition of indicator 2)."""

import datetime as dt
import json

import pytest
from django.utils import timezone

from cases.enums import Decision
from cases.files.services import case_update_facts
from cases.models import Proposal
from cases.proposals.services import orientation_cancel, proposal_answer, proposal_confirm, proposal_withdraw
from tests.cases.steps import days_ago, journal_of, open_case, orient, place, refused_on, send

BOTH = ("Les Tilleuls", "Aubépine")


def answer(user, proposal, code="ACC", **changes):
    if code in ("ACC", "ACC-COND"):
        changes = {"available_from": changes.get("at") or timezone.now()} | changes
    return proposal_answer(proposal=proposal, answer_id=f"reponse:{code}", answered_by=user, **changes)


@pytest.fixture
def asked(cast, acting_as):
    """An orientation sent to both structures, three days ago."""
    with acting_as("coordination"):
        sollicitation, case = open_case(cast, received_at=days_ago(4), urgency_id="urgence:U2")
        orientation = orient(cast, sollicitation, BOTH, decided_at=days_ago(3))
    return orientation


def proposal_of(orientation, name):
    return Proposal.objects.get(orientation_id=orientation.pk, partner__code_name=name)


def test_level_and_age_are_frozen(cast, acting_as):
    with acting_as("coordination"):
        sollicitation, case = open_case(cast)
        orientation = orient(cast, sollicitation)
        case_update_facts(case=case, by=cast["coordination"], identification_level_id="niveau_identification:JUD")
        orientation.refresh_from_db()
        assert orientation.identification_level_id == "niveau_identification:SUSP"
        assert orientation.age_at_decision == 15
        assert sollicitation.state == "oriented"
        assert sollicitation.first_answered_at == orientation.decided_at


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("structures", {"names": ()}),
        ("structures", {"names": ("Brigade 12",)}),
        ("structures", {"decision_id": Decision.ORDINARY}),
        ("decision", {"decision_id": "decision:APPUI"}),
        ("decided_at", {"decided_at": days_ago(-1)}),
        ("decided_at", {"decided_at": days_ago(30)}),
        ("needs", {"needs": ["vulnerabilite:RIEN"]}),
        ("ordinary_service", {"ordinary_service_id": "sexe:F"}),
    ],
)
def test_an_orientation_that_contradicts_itself_is_refused(cast, acting_as, field, changes):
    with acting_as("coordination"):
        sollicitation, _ = open_case(cast)
        with refused_on(field):
            orient(cast, sollicitation, **changes)


def test_an_orientation_needs_a_case_and_a_level(cast, acting_as):
    with acting_as("coordination"):
        with refused_on(match="Rattachez"):
            orient(cast, send(cast["coordination"]))
        sollicitation, _ = open_case(cast, facts={})
        with refused_on("identification_level"):
            orient(cast, sollicitation)


def test_ordinary_services_are_an_orientation_without_sheet(cast, acting_as):
    with acting_as("coordination"):
        sollicitation, _ = open_case(cast)
        orientation = orient(
            cast, sollicitation, (), decision_id=Decision.ORDINARY, ordinary_service_id="type_structure:FDE"
        )
        assert not orientation.proposals.exists()


def test_the_sheet_tells_neither_who_nor_where(cast, acting_as, rows):
    with acting_as("coordination"):
        case = rows["case_open"]
        sheet = Proposal.objects.get(pk=rows["proposal_a"].pk).sheet
    text = json.dumps(sheet, ensure_ascii=False)
    for secret in ("MARQUEUR", case.reference, str(case.pk), "Nord", '"59"', rows["sollicitation_open"].reference):
        assert secret not in text
    assert sheet["sex"] == {"code": "sexe:F", "label": "Féminin"}
    assert sheet["forms"][0] == {"code": "forme:SEX", "label": "Exploitation sexuelle", "is_main": True}
    assert sheet["adhesion"]["code"] == "adhesion:ACCEPTE"
    assert sheet["containment"]["code"] == "contenance:CONTENANT"
    assert sheet["urgency"]["code"] == "urgence:U2"


def test_needs_are_frozen_on_the_sheet(cast, acting_as):
    with acting_as("coordination"):
        sollicitation, _ = open_case(cast)
        orientation = orient(cast, sollicitation, needs=["vulnerabilite:GROSSESSE"])
        assert [need["label"] for need in orientation.proposals.get().sheet["needs"]] == ["Grossesse"]


def test_a_structure_answers_once_under_its_own_scope(cast, acting_as, asked):
    with acting_as("director_a"):
        proposal = proposal_of(asked, "Les Tilleuls")
        with refused_on("condition"):
            answer(cast["director_a"], proposal, "ACC-COND")
        answer(cast["director_a"], proposal, "ACC-COND", condition="Seulement avec un éducateur de nuit.")
        with refused_on(match="déjà reçu"):
            answer(cast["director_a"], proposal)
    assert journal_of(proposal.pk)[-1][0] == "cases.proposal.answer"


def test_a_structure_never_answers_for_another(cast, acting_as, asked):
    with acting_as("coordination"):
        proposal = proposal_of(asked, "Aubépine")
    with acting_as("director_a"), refused_on(match="votre compte"):
        answer(cast["director_a"], proposal)
    with acting_as("educator_a"), refused_on(match="votre compte"):
        answer(cast["educator_a"], proposal)


def test_a_refusal_has_a_reason_and_only_a_refusal(cast, acting_as, asked):
    with acting_as("director_a"):
        proposal = proposal_of(asked, "Les Tilleuls")
        with refused_on("refusal_reason"):
            answer(cast["director_a"], proposal, "REFUS")
        with refused_on("refusal_reason"):
            answer(cast["director_a"], proposal, refusal_reason_id="motif_refus:PLACE")
        answer(cast["director_a"], proposal, "REFUS", refusal_reason_id="motif_refus:PLACE")


def test_a_late_answer_is_taken_and_shown_as_late(cast, acting_as, asked):
    with acting_as("director_a"):
        assert answer(cast["director_a"], proposal_of(asked, "Les Tilleuls")).is_late
    with acting_as("director_b"):
        in_time = answer(cast["director_b"], proposal_of(asked, "Aubépine"), at=days_ago(2))
        assert not in_time.is_late
    assert in_time.answer_by == asked.decided_at + dt.timedelta(hours=48)


def test_one_acceptance_is_kept_and_the_others_are_thanked(cast, acting_as, asked):
    with acting_as("director_a"):
        answer(cast["director_a"], proposal_of(asked, "Les Tilleuls"))
    with acting_as("coordination"):
        kept, other = proposal_of(asked, "Les Tilleuls"), proposal_of(asked, "Aubépine")
        with refused_on(match="favorable"):
            proposal_confirm(proposal=other, by=cast["coordination"])
        proposal_confirm(proposal=kept, by=cast["coordination"])
        with refused_on(match="déjà retenue"):
            proposal_confirm(proposal=kept, by=cast["coordination"])
    with acting_as("director_b"), refused_on(match="Merci"):
        answer(cast["director_b"], proposal_of(asked, "Aubépine"))


def test_a_structure_that_gives_up_frees_the_orientation(cast, acting_as, asked):
    with acting_as("director_a"):
        answer(cast["director_a"], proposal_of(asked, "Les Tilleuls"))
    with acting_as("coordination"):
        kept = proposal_confirm(proposal=proposal_of(asked, "Les Tilleuls"), by=cast["coordination"])
        proposal_withdraw(proposal=kept, by=cast["coordination"])
        assert (kept.confirmed_at, kept.answer_id) == (None, "reponse:ACC")
        with refused_on(match="plus cours"):
            proposal_confirm(proposal=kept, by=cast["coordination"])


def test_a_cancelled_orientation_takes_its_sheets_back(cast, acting_as, asked):
    with acting_as("coordination"):
        orientation_cancel(orientation=asked, by=cast["coordination"])
        assert not Proposal.objects.pending().filter(orientation=asked).exists()
        asked.sollicitation.refresh_from_db()
        assert asked.sollicitation.state == "in_charge"
        with refused_on(match="déjà annulée"):
            orientation_cancel(orientation=asked, by=cast["coordination"])


def test_an_orientation_followed_by_a_stay_holds(cast, acting_as, asked):
    with acting_as("coordination"):
        place(cast, asked.case, orientation=asked)
        with refused_on(match="séjour"):
            orientation_cancel(orientation=asked, by=cast["coordination"])


def test_the_coordination_alone_decides(cast, acting_as, rows):
    for key in ("director_a", "ase"):
        with acting_as(key):
            with refused_on(match="votre compte"):
                orient(cast, rows["sollicitation_open"], ())
            with refused_on(match="votre compte"):
                proposal_confirm(proposal=rows["proposal_a"], by=cast[key])
            with refused_on(match="votre compte"):
                orientation_cancel(orientation=rows["orientation_open"], by=cast[key])
