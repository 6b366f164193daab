"""Who sees and writes which row about a minor, whatever the code above asks."""

import datetime as dt
import uuid

import pytest
from django.http import Http404
from django.utils import timezone

from cases.arrival.selectors import linking_get
from cases.files.selectors import case_get
from cases.incidents.selectors import incident_get, incidents_of_actor
from cases.models import (
    Absence,
    AuthorityNotice,
    Case,
    CaseForm,
    CaseIdentity,
    Incident,
    IncidentDetail,
    Linking,
    Orientation,
    Placement,
    Proposal,
    Sollicitation,
    SollicitationDetail,
    SollicitationForm,
)
from cases.proposals.selectors import orientation_get, proposal_get, proposals_waiting
from cases.requests.selectors import sollicitation_board, sollicitation_get, sollicitations_of_requester
from cases.stays.selectors import placement_get, placements_of_structure, structure_people_present
from cms.journal.services import refusals_take
from cms.wall import scope
from cms.wall.models import Grant, Level, RevealReason
from cms.wall.reveals.services import reveal_open
from tests.cases.steps import days_ago, held_by, send, walled
from tests.cast.people import PEOPLE
from tests.cast.situations import ROWS

EVERYTHING = set(ROWS)
SEEN = {
    "coordination": EVERYTHING,
    "direction": EVERYTHING,
    "director_a": {
        "case_a",
        "placement_a",
        "proposal_a",
        "proposal_placed_a",
        "incident_a",
        "linking_a",
        "journey_a",
        "circuit_a",
        "step_a",
    },  # fmt: skip
    "educator_a": {"circuit_a", "step_a", "case_a", "placement_a", "incident_a", "incident_a_confidential"},
    "director_b": {
        "case_b",
        "placement_b",
        "proposal_b",
        "proposal_placed_b",
        "incident_b",
        "linking_b",
        "journey_b",
        "step_b",
    },  # fmt: skip
    "gendarme": {"sollicitation_a", "grid_a", "placement_a", "linking_a", "journey_a"},
    # Paid by this authority, though the gendarmerie asked: the linking and the stay, without the file.
    "ase": {"sollicitation_b", "sollicitation_open", "grid_b", "placement_b", "linking_b", "journey_b", "step_b"}
    # The minor of the gendarmerie is entrusted to it: it pays, and answers for steps of the circuit.
    | {"linking_a", "placement_a", "circuit_a", "step_a", "incident_b_service"}
    # What happens to the minors whom it has in charge; never what was declared in confidence.
    | {"incident_a", "incident_b"},
    "transmitter": {"sollicitation_transmitted"},
}
WORDS = {
    CaseIdentity: {},
    SollicitationDetail: {
        "coordination": {"sollicitation_a", "sollicitation_b", "sollicitation_open", "sollicitation_transmitted"},
        "gendarme": {"sollicitation_a"},
        "ase": {"sollicitation_b", "sollicitation_open"},
    },
    IncidentDetail: {
        "coordination": {"incident_a", "incident_a_confidential", "incident_b", "incident_b_service"},
        "director_a": {"incident_a"},
        "educator_a": {"incident_a", "incident_a_confidential"},
        "director_b": {"incident_b"},
        "ase": {"incident_b_service"},
    },
}
GET = {
    Case: case_get,
    Sollicitation: sollicitation_get,
    Orientation: orientation_get,
    Proposal: proposal_get,
    Placement: placement_get,
    Incident: incident_get,
    Linking: linking_get,
}


@pytest.mark.parametrize("key", PEOPLE)
def test_each_of_the_cast_sees_its_rows_and_no_other(acting_as, rows, key):
    with acting_as(key):
        seen = {name for name, row in rows.items() if type(row).objects.filter(pk=row.pk).exists()}
        assert seen == SEEN.get(key, set())
        if key not in ("coordination", "direction"):
            for model in GET:
                assert model.objects.count() == len([name for name in seen if ROWS[name][0] is model])


@pytest.mark.parametrize("key", PEOPLE)
def test_each_of_the_cast_reads_its_words_and_no_other(acting_as, rows, key):
    with acting_as(key):
        for model, readers in WORDS.items():
            expected = readers.get("coordination" if key == "direction" else key, set())
            seen = {name for name, row in rows.items() if model.objects.filter(pk=row.pk).exists()}
            assert seen == expected


def test_forms_follow_their_owner(acting_as, rows):
    with acting_as("gendarme"):
        assert set(SollicitationForm.objects.values_list("sollicitation", flat=True)) == {rows["sollicitation_a"].pk}
        assert not CaseForm.objects.exists()
    with acting_as("educator_a"):
        assert not SollicitationForm.objects.exists()
        assert set(CaseForm.objects.values_list("case", flat=True)) == {rows["case_a"].pk}


def test_without_scope_nothing_is_read(db, rows):
    for model in (*GET, *WORDS, SollicitationForm, CaseForm, Absence, AuthorityNotice):
        assert not model.objects.exists()


@pytest.mark.parametrize("key", ["director_a", "gendarme", "transmitter", "state_reader"])
def test_a_row_out_of_scope_is_not_found_and_the_refusal_is_kept(acting_as, rows, key):
    with acting_as(key):
        for name, row in rows.items():
            get = GET.get(type(row))
            if get is None:
                continue  # read with the linking that it belongs to
            if name in SEEN.get(key, set()):
                assert get(pk=row.pk, action="test").pk == row.pk
                continue
            refusals_take()
            with pytest.raises(Http404):
                get(pk=row.pk, action="test")
            [refusal] = refusals_take()
            assert (refusal.kind, refusal.object_id) == (type(row)._meta.model_name, row.pk)


def test_selectors_of_a_structure(acting_as, rows):
    with acting_as("director_a"):
        assert list(placements_of_structure()) == [rows["placement_a"]]
        assert placements_of_structure()[0].case == rows["case_a"]
        assert list(structure_people_present(day=timezone.localdate())) == [rows["placement_a"]]
        assert not structure_people_present(day=timezone.localdate() - dt.timedelta(days=30)).exists()
        assert list(proposals_waiting()) == [rows["proposal_a"]]
        assert list(incidents_of_actor()) == [rows["incident_a"]]
    with acting_as("educator_a"):
        assert not proposals_waiting().exists()
        assert set(incidents_of_actor()) == {rows["incident_a"], rows["incident_a_confidential"]}


def test_selectors_of_a_requester(acting_as, rows):
    with acting_as("ase"):
        assert set(sollicitations_of_requester()) == {rows["sollicitation_b"], rows["sollicitation_open"]}
    with acting_as("transmitter"):
        assert list(sollicitations_of_requester()) == [rows["sollicitation_transmitted"]]
    with acting_as("coordination"):
        assert not sollicitations_of_requester().exists()


@pytest.mark.parametrize("more", [0, 5])
def test_the_board_asks_three_questions_whatever_its_length(cast, acting_as, rows, django_assert_num_queries, more):
    with acting_as("coordination"):
        for number in range(more):
            send(cast["coordination"], urgency_id=f"urgence:U{number % 4}")
        with django_assert_num_queries(3):
            board = list(sollicitation_board())
            [form.form.label for sollicitation in board for form in sollicitation.forms.all()]
    order = [(sollicitation.urgency.position, sollicitation.received_at) for sollicitation in board]
    assert order == sorted(order)
    assert len(board) == 4 + more


def test_an_ended_grant_closes_the_case_at_once(acting_as, rows):
    with acting_as("coordination"):
        Grant.objects.filter(object_id=rows["case_a"].pk).update(ends_at=timezone.now())
    with acting_as("director_a"):
        assert not Case.objects.filter(pk=rows["case_a"].pk).exists()


def test_identity_asks_for_a_reveal_even_at_its_own_level(cast, acting_as, rows):
    with acting_as("coordination"):
        Grant.objects.create(
            object_kind="case",
            object_id=rows["case_a"].pk,
            user=cast["director_a"],
            level=Level.IDENTITY,
            reason="Essai",
            starts_at=days_ago(1),
        )
    with acting_as("director_a"):
        assert not CaseIdentity.objects.exists()
        reveal_open(kind="case", object_id=rows["case_a"].pk, by=cast["director_a"], reason=RevealReason.DANGER)
        assert CaseIdentity.objects.get().last_name == "MARQUEUR-NOM-A"


def sollicitation_values(user, requester_id, **changes):
    now = timezone.now()
    values = {
        "reference": f"S-{uuid.uuid4().hex[:8]}",
        "requester_id": requester_id,
        "requester_type_id": "acteur:GN-BT",
        "submitted_by": user,
        "channel_id": "canal:PORTAIL",
        "nature_id": "nature:PEC",
        "urgency_id": "urgence:U1",
        "received_at": now,
        "received_on": timezone.localdate(now),
    }
    return values | changes


def test_a_forged_requester_case_author_or_relance_is_refused(cast, acting_as, rows):
    own, other = rows["sollicitation_a"].requester_id, rows["sollicitation_b"].requester_id
    forged = [
        (other, {}),
        (own, {"case": rows["case_a"]}),
        (own, {"submitted_by": cast["ase"]}),
        (own, {"relance_of": rows["sollicitation_b"]}),
    ]
    with acting_as("gendarme"):
        Sollicitation.objects.create(**sollicitation_values(cast["gendarme"], own))
        for requester_id, changes in forged:
            with walled():
                Sollicitation.objects.create(**sollicitation_values(cast["gendarme"], requester_id, **changes))


def test_a_requester_adds_nothing_to_what_is_followed(acting_as, rows):
    with acting_as("gendarme"):
        with walled():
            SollicitationForm.objects.create(sollicitation=rows["sollicitation_a"], form_id="forme:MEN")
        assert Sollicitation.objects.update(urgency_id="urgence:U0") == 0
    with acting_as("ase"), walled():
        SollicitationForm.objects.create(sollicitation=rows["sollicitation_a"], form_id="forme:MEN")


def test_a_structure_writes_nothing_but_its_answer(cast, acting_as, rows):
    answer = {"answer_id": "reponse:ACC", "answered_at": timezone.now(), "answered_by": cast["director_a"]}
    with acting_as("director_a"):
        own = Proposal.objects.filter(pk=rows["proposal_a"].pk)
        for values in (
            answer | {"answer_by": timezone.now()},
            answer | {"answered_by": cast["director_b"]},
            answer | {"confirmed_at": timezone.now()},
            {"partner_id": rows["placement_b"].partner_id},
        ):
            with held_by("proposal_frozen"):
                own.update(**values)
        assert own.update(**answer) == 1
        with held_by("proposal_frozen"):
            own.update(answer_id="reponse:ATTENTE")
        assert Proposal.objects.filter(pk=rows["proposal_b"].pk).update(**answer) == 0
    with acting_as("educator_a"):
        assert Proposal.objects.update(**answer) == 0


def test_a_structure_changes_nothing_of_a_stay_but_its_confirmation(cast, acting_as, rows):
    with acting_as("director_a"):
        for values in ({"arrived_on": dt.date(2025, 1, 1)}, {"confirmed_at": None}, {"convention": None}):
            with held_by("placement_frozen"):
                Placement.objects.filter(pk=rows["placement_a"].pk).update(**values)
        assert Placement.objects.filter(pk=rows["placement_b"].pk).update(ended_on=None) == 0
        with walled():
            Placement.objects.create(
                case=rows["case_a"],
                partner_id=rows["placement_a"].partner_id,
                legal_frame_id="cadre_juridique:AE",
                arrived_at=timezone.now(),
                arrived_on=timezone.localdate(),
                outside_reason_id="motif_hors_convention:URGENCE",
            )


def test_absences_are_kept_by_the_team_alone(acting_as, rows):
    today = timezone.localdate()
    with acting_as("gendarme"), walled():
        Absence.objects.create(placement=rows["placement_a"], starts_on=today)
    with acting_as("educator_a"):
        Absence.objects.create(placement=rows["placement_a"], starts_on=today)
        with walled():
            Absence.objects.create(placement=rows["placement_b"], starts_on=today)


def test_a_forged_incident_is_refused(cast, acting_as, rows):
    now = timezone.now()

    def declare(**changes):
        values = {
            "reference": f"I-{uuid.uuid4().hex[:8]}",
            "partner_id": rows["placement_a"].partner_id,
            "declared_by": cast["educator_a"],
            "incident_type_id": "type_incident:FUG",
            "severity_id": "gravite:G3",
            "occurred_at": now,
            "noticed_at": now,
            "declared_at": now,
            "declared_on": timezone.localdate(now),
        }
        return Incident.objects.create(**values | changes)

    with acting_as("educator_a"):
        incident = declare()
        for changes in (
            {"partner_id": rows["placement_b"].partner_id},
            {"declared_by": cast["director_a"]},
            {"placement": rows["placement_b"]},
        ):
            with walled():
                declare(**changes)
        assert Incident.objects.filter(pk=incident.pk).update(is_confidential=True) == 0
    with acting_as("director_a"):
        with walled():
            IncidentDetail.objects.create(incident=incident, narrative="Réécrit par un autre")
        with walled():
            AuthorityNotice.objects.create(
                incident=rows["incident_b"], authority_id="autorite:FSI", told_at=now, told_by=cast["director_a"]
            )
        with walled():
            AuthorityNotice.objects.create(
                incident=incident, authority_id="autorite:FSI", told_at=now, told_by=cast["educator_a"]
            )


@pytest.mark.parametrize("key", ["director_a", "educator_a", "gendarme", "ase", "dpo", "trainer", "state_reader"])
def test_cases_orientations_and_grants_are_written_by_the_coordination_alone(cast, acting_as, rows, key):
    now = timezone.now()
    with acting_as(key):
        assert Case.objects.update(sex_id="sexe:M") == 0
        with walled():
            Case.objects.create(reference="M-2000-0001", opened_on=timezone.localdate())
        with walled():
            CaseForm.objects.create(case=rows["case_a"], form_id="forme:MEN")
        with walled():
            CaseIdentity.objects.create(case=rows["case_open"], last_name="Intrus")
        with walled():
            Orientation.objects.create(
                case=rows["case_a"],
                sollicitation=rows["sollicitation_a"],
                decision_id="decision:RESEAU",
                decided_at=now,
                decided_on=timezone.localdate(now),
                decided_by=cast[key],
                identification_level_id="niveau_identification:SUSP",
            )
        with walled():
            Grant.objects.create(
                object_kind="case", object_id=rows["case_b"].pk, user=cast[key], level=40, reason="Intrus"
            )


def test_figures_read_everything_and_write_nothing(acting_as, rows):
    with acting_as(scope.FIGURES):
        assert Case.objects.count() == 3
        assert Case.objects.update(sex_id="sexe:M") == 0
        with walled():
            Case.objects.create(reference="M-2000-0001", opened_on=timezone.localdate())
