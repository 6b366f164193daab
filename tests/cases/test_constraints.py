"""What the database refuses by itself, even from code that forgets the services."""

import datetime as dt

import pytest
from django.utils import timezone

from cases.models import (
    Absence,
    AuthorityNotice,
    Case,
    CaseForm,
    Incident,
    Orientation,
    Placement,
    Proposal,
    Sollicitation,
    SollicitationForm,
)
from cms.partners.models import Convention
from cms.users.models import User
from tests.cases.steps import days_ago, held_by, open_case, settle
from tests.cast.linkings import placement_let_in

TODAY = timezone.localdate()


@pytest.fixture
def coordinated(cast, acting_as, rows):
    """The rows, under the scope of the coordination: row security lets everything through."""
    with acting_as("coordination"):
        yield rows


def change(model, pk, **values):
    model.objects.filter(pk=pk).update(**values)
    settle()


def stay(rows, **changes):
    """A direct write of a stay of the minor who has none yet."""
    arrived_at = days_ago(1)
    values = {
        "case": rows["case_open"],
        "partner": rows["placement_a"].partner,
        "convention": rows["placement_a"].convention,
        "legal_frame_id": "cadre_juridique:AE",
        "arrived_at": arrived_at,
        "arrived_on": timezone.localdate(arrived_at),
    }
    placement = Placement.objects.create(**values | changes)
    placement_let_in(placement, by=User.objects.get(email="coordination@havre.example"))
    settle()


def test_a_plain_stay_passes(coordinated):
    stay(coordinated)


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("placement_no_overlap", lambda rows: {"case": rows["case_b"]}),
        (
            "placement_dates_in_order",
            lambda rows: {"ended_on": TODAY - dt.timedelta(days=9), "end_reason_id": "motif_fin:PREVUE"},
        ),
        ("placement_end_has_reason", lambda rows: {"ended_on": TODAY}),
        ("placement_convention_or_reason", lambda rows: {"convention": None}),
        ("placement_convention_or_reason", lambda rows: {"outside_reason_id": "motif_hors_convention:RENOUV"}),
        ("placement_convention_in_force", lambda rows: {"convention": rows["placement_b"].convention}),
        ("placement_place_of_partner", lambda rows: {"place": rows["placement_b"].partner.places.last()}),
        ("placement_same_case", lambda rows: {"orientation": rows["orientation_a"]}),
        ("placement_day_of_arrival", lambda rows: {"arrived_on": TODAY - dt.timedelta(days=5)}),
        ("placement_legal_frame_list", lambda rows: {"legal_frame_id": "sexe:F"}),
        ("placement_confirmed_after_arrival", lambda rows: {"confirmed_at": days_ago(3)}),
    ],
)
def test_stays(coordinated, constraint, changes):
    with held_by(constraint):
        stay(coordinated, **changes(coordinated))


@pytest.mark.parametrize(
    "convention",
    [
        {"ends_on": TODAY - dt.timedelta(days=2)},
        {"denounced_on": TODAY - dt.timedelta(days=1)},
        {"starts_on": TODAY},
        {"signed_on": TODAY},
    ],
)
def test_a_stay_under_a_convention_not_in_force(coordinated, convention):
    Convention.objects.filter(pk=coordinated["placement_a"].convention_id).update(**convention)
    with held_by("placement_convention_in_force"):
        stay(coordinated)


def test_one_minor_in_a_place(coordinated):
    bed = coordinated["placement_a"].partner.places.first()
    change(Placement, coordinated["placement_a"].pk, place=bed)
    with held_by("placement_one_per_place"):
        stay(coordinated, place=bed)


@pytest.mark.parametrize(
    ("constraint", "model", "row", "values"),
    [
        (
            "case_dates_in_order",
            Case,
            "case_a",
            {"closed_on": dt.date(2020, 1, 1), "closing_reason_id": "motif_cloture:AUTRE"},
        ),
        ("case_closed_has_reason", Case, "case_a", {"closed_on": TODAY}),
        ("case_birth_year_plausible", Case, "case_a", {"birth_year": 1950}),
        ("case_birth_month_plausible", Case, "case_a", {"birth_month": 13}),
        ("case_birth_month_plausible", Case, "case_a", {"birth_year": None}),
        ("case_sex_list", Case, "case_a", {"sex_id": "nature:PEC"}),
        ("sollicitation_urgency_list", Sollicitation, "sollicitation_a", {"urgency_id": "sexe:F"}),
        ("sollicitation_day_of_reception", Sollicitation, "sollicitation_a", {"received_on": TODAY}),
        (
            "sollicitation_answer_after_reception",
            Sollicitation,
            "sollicitation_a",
            {"first_answered_at": days_ago(99)},
        ),
        ("sollicitation_closed_has_outcome", Sollicitation, "sollicitation_a", {"state": "closed"}),
        ("sollicitation_closed_after_reception", Sollicitation, "sollicitation_a", {"closed_at": days_ago(99)}),
        ("sollicitation_age_plausible", Sollicitation, "sollicitation_a", {"age_at_reception": 26}),
        ("orientation_cancelled_after_decision", Orientation, "orientation_a", {"cancelled_at": days_ago(99)}),
        ("orientation_day_of_decision", Orientation, "orientation_a", {"decided_on": dt.date(2020, 1, 1)}),
        (
            "proposal_refusal_has_reason",
            Proposal,
            "proposal_a",
            {"answer_id": "reponse:REFUS", "answered_at": timezone.now() + dt.timedelta(hours=1)},
        ),
        ("proposal_answer_is_dated", Proposal, "proposal_a", {"answer_id": "reponse:ACC"}),
        (
            "proposal_answer_after_sending",
            Proposal,
            "proposal_a",
            {"answer_id": "reponse:ACC", "answered_at": days_ago(9)},
        ),
        ("proposal_confirmed_is_accepted", Proposal, "proposal_a", {"confirmed_at": timezone.now()}),
        ("proposal_frozen", Proposal, "proposal_a", {"sheet": {"age": 12}}),
        ("proposal_frozen", Proposal, "proposal_a", {"sent_at": days_ago(9)}),
        ("incident_dates_in_order", Incident, "incident_a", {"occurred_at": timezone.now()}),
        ("incident_acknowledged_after_declared", Incident, "incident_a", {"acknowledged_at": days_ago(9)}),
        ("incident_closed_is_dated", Incident, "incident_a", {"state": "closed"}),
        ("incident_day_of_declaration", Incident, "incident_a", {"declared_on": dt.date(2020, 1, 1)}),
    ],
)
def test_changes(coordinated, constraint, model, row, values):
    with held_by(constraint):
        change(model, coordinated[row].pk, **values)


@pytest.mark.parametrize(
    ("constraint", "model", "row", "column", "other"),
    [
        ("sollicitation_not_its_own_relance", Sollicitation, "sollicitation_a", "relance_of_id", "sollicitation_a"),
        ("sollicitation_relance_same_service", Sollicitation, "sollicitation_a", "relance_of_id", "sollicitation_b"),
        ("orientation_same_case", Orientation, "orientation_a", "sollicitation_id", "sollicitation_b"),
        ("placement_same_case", Placement, "placement_a", "orientation_id", "orientation_b"),
        ("incident_same_partner", Incident, "incident_a", "placement_id", "placement_b"),
    ],
)
def test_a_row_of_somebody_else(coordinated, constraint, model, row, column, other):
    with held_by(constraint):
        change(model, coordinated[row].pk, **{column: coordinated[other].pk})


def test_an_oriented_sollicitation_keeps_its_case(cast, coordinated):
    _, other = open_case(cast)
    with held_by("sollicitation_case_of_orientations"):
        change(Sollicitation, coordinated["sollicitation_a"].pk, case=other)


def test_the_sheet_takes_nothing_that_tells_where(coordinated):
    sent = coordinated["proposal_a"]
    with held_by("proposal_sheet_is_anonymous"):
        Proposal.objects.create(
            orientation=coordinated["orientation_a"],
            partner=coordinated["proposal_b"].partner,
            sheet=sent.sheet | {"territory": "59"},
            sent_at=sent.sent_at,
            answer_by=sent.answer_by,
        )


def test_a_structure_is_asked_once_and_one_is_kept(coordinated):
    sent = coordinated["proposal_a"]
    again = {"orientation_id": sent.orientation_id, "sheet": {}, "sent_at": sent.sent_at, "answer_by": sent.answer_by}
    with held_by("proposal_once_per_structure"):
        Proposal.objects.create(partner_id=sent.partner_id, **again)
    at = timezone.now()
    accepted = {"answer_id": "reponse:ACC", "answered_at": at, "confirmed_at": at}
    with held_by("proposal_one_confirmed"):
        change(Proposal, sent.pk, **accepted)
        change(Proposal, coordinated["proposal_b"].pk, **accepted)


def test_one_principal_form_and_each_form_once(coordinated):
    for model, owner, name in (
        (CaseForm, {"case": coordinated["case_a"]}, "caseform"),
        (SollicitationForm, {"sollicitation": coordinated["sollicitation_a"]}, "sollicitationform"),
    ):
        with held_by(f"{name}_one_main"):
            model.objects.create(form_id="forme:MEN", is_main=True, **owner)
        with held_by(f"{name}_unique"):
            model.objects.create(form_id="forme:SEX", **owner)
        with held_by(f"{name}_form_list"):
            model.objects.create(form_id="sexe:F", **owner)


def test_absences_stay_within_the_stay_and_apart(coordinated):
    placement = coordinated["placement_a"]
    with held_by("absence_within_stay"):
        Absence.objects.create(placement=placement, starts_on=placement.arrived_on - dt.timedelta(days=1))
    Absence.objects.create(placement=placement, starts_on=placement.arrived_on)
    with held_by("absence_no_overlap"):
        Absence.objects.create(placement=placement, starts_on=TODAY)
    with held_by("absence_dates_in_order"):
        change(Absence, placement.absences.get().pk, ends_on=placement.arrived_on - dt.timedelta(days=1))


def test_an_authority_of_another_list(cast, coordinated):
    with held_by("notice_authority_list"):
        AuthorityNotice.objects.create(
            incident=coordinated["incident_a"],
            authority_id="sexe:F",
            told_at=timezone.now(),
            told_by=cast["coordination"],
        )
