"""Structures invited to a session: whom it aims at, who is told, once and again, and what ends it."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone

from cms.notify.inbox.services.messages import notifications_send
from cms.notify.models import Obligation
from cms.partners.models import Partner
from cms.wall import scope
from formation.closure.services import session_cancel, session_postpone
from formation.models import Professional, Session, SessionInvitation
from formation.people.rules import OwnFacts
from formation.people.services.own import enrol_own
from formation.people.services.people import enrol
from formation.sessions.invitations.selectors import invitations_open, structures_invitable
from formation.sessions.invitations.services import invitation_decline, invitations_lapse, structures_invite
from tests.retention.steps import erase_what_is_due, time_passes

TILLEULS, AUBEPINE = "Les Tilleuls", "Aubépine"


@pytest.fixture
def session(cast):
    """The session to come of the other trainer, in ten days; both structures of the cast are invited to it."""
    with scope.acting(cast["coordination"]):
        return Session.objects.get(trainers__email="trainer-b@havre.example")


@pytest.fixture
def fresh(cast, session):
    """The same, before anybody was invited."""
    with scope.acting(cast["coordination"]):
        [row] = Session.objects.filter(pk=session.pk)
        row.pk = None
        row._state.adding = True
        row.save()
        return row


def house(name: str) -> Partner:
    return Partner.objects.get(code_name=name)


def told() -> set[tuple[str, str]]:
    with scope.acting(scope.NOTIFY):
        rows = Obligation.objects.open().filter(kind="training_invitation").select_related("person")
        return {(row.person.email.partition("@")[0], row.due_on.isoformat()) for row in rows}


def test_the_direction_alone_is_told_and_a_second_invitation_adds_nothing(cast, acting_as, session):
    day = session.starts_on.isoformat()
    assert told() == {("director-a", day), ("director-b", day)}
    with acting_as("coordination"):
        assert structures_invite(session=session, structures=[house(AUBEPINE)], by=cast["coordination"]) == 0
    assert len(told()) == 2


def test_a_message_leaves_then_one_reminder_and_no_more(cast, session, mailoutbox):
    morning = timezone.localtime().replace(hour=10, minute=0)  # what is owed at night leaves in the morning
    notifications_send()
    for days in (1, 5, 9, 10, 11):
        notifications_send(at=morning + dt.timedelta(days=days))
    sent = [message for message in mailoutbox if "proposée à votre équipe" in message.subject]
    addresses = [message.to[0] for message in sent]
    assert sorted(addresses) == ["director-a@havre.example", "director-b@havre.example"], (
        "à dix jours de la session, le premier message tient lieu de rappel"
    )
    assert all(TILLEULS not in message.body and session.title not in message.body for message in sent)


def test_whoever_enrols_answers(cast, acting_as, session):
    with acting_as("director_b"):
        assert [row.session for row in invitations_open()] == [session]
        person = Professional.objects.get(employer=house(AUBEPINE))
        enrol(session=session, professional=person, by=cast["director_b"])
        assert not invitations_open().exists()
    assert {name for name, _ in told()} == {"director-a"}
    with acting_as("director_a"):
        assert not invitations_open().exists(), "une personne de l’équipe était déjà inscrite"


def test_a_member_who_enrols_alone_answers_for_the_team(cast, acting_as, session):
    with acting_as("educator_a"):
        enrol_own(session=session, by=cast["educator_a"], facts=OwnFacts(profession_id="profession:EDUC-SPE"))
    assert {name for name, _ in told()} == {"director-b"}


def test_declining_is_said_once_and_leaves_the_door_open(cast, acting_as, session):
    with acting_as("director_b"):
        row = SessionInvitation.objects.get()
        row = invitation_decline(invitation=row, why="Plutôt en mai.", by=cast["director_b"])
        with pytest.raises(ValidationError, match="déjà déclinée"):
            invitation_decline(invitation=row, why="", by=cast["director_b"])
        assert not invitations_open().exists()
        person = Professional.objects.get(employer=house(AUBEPINE))
        enrol(session=session, professional=person, by=cast["director_b"])
    assert {name for name, _ in told()} == {"director-a"}


def test_another_day_is_told_again_to_who_has_not_answered(cast, acting_as, session):
    with acting_as("trainer_b"):
        later = session.starts_on + dt.timedelta(days=20)
        moves = {half.pk: (later, half.starts_at or dt.time(9 if half.period == "morning" else 14))
                 for half in session.half_days.all()}  # fmt: skip
        session_postpone(session=session, moves=moves, by=cast["trainer_b"])
    assert told() == {("director-b", later.isoformat())}, "l’autre équipe a déjà quelqu’un d’inscrit"


def test_nothing_is_awaited_of_a_session_called_off_or_begun(cast, acting_as, session):
    invitations_lapse(session.starts_on - dt.timedelta(days=1))
    assert len(told()) == 2
    invitations_lapse(session.starts_on)
    assert told() == set()
    with acting_as("coordination"):
        session_cancel(session=session, by=cast["coordination"])
        with pytest.raises(ValidationError, match="ne peut plus"):
            structures_invite(session=session, structures=[house(AUBEPINE)], by=cast["coordination"])


@pytest.mark.parametrize(
    ("aims", "expected"),
    [
        ({}, {TILLEULS, AUBEPINE}),
        ({"aimed_territories": ["00"]}, set()),
        ({"audiences": ["groupe_profession:EDUC"]}, {TILLEULS, AUBEPINE}),
        ({"audiences": ["groupe_profession:JUST"]}, set()),
    ],
)
def test_a_session_aims_at_structures_by_place_and_by_profession(acting_as, fresh, aims, expected):
    for name, value in aims.items():
        setattr(fresh, name, value)
    with acting_as("coordination"):
        found = {row.code_name: row.is_aimed for row in structures_invitable(fresh)}
        assert {TILLEULS, AUBEPINE} <= found.keys()
        assert {name for name in (TILLEULS, AUBEPINE) if found[name]} == expected


def test_the_coordination_alone_invites(cast, acting_as, fresh):
    with acting_as("trainer"), pytest.raises(PermissionDenied):
        structures_invite(session=fresh, structures=[], by=cast["trainer"])


def test_a_direction_reads_and_declines_its_own_invitation_alone(cast, acting_as, session):
    with acting_as("director_b"):
        [row] = SessionInvitation.objects.all()
        assert row.partner.code_name == AUBEPINE
        with pytest.raises(DatabaseError), transaction.atomic():
            SessionInvitation.objects.filter(pk=row.pk).update(partner=cast["director_b"].memberships.get().partner_id,
                                                               invited_at=timezone.now())  # fmt: skip
    for key in ("educator_a", "trainer_b", "gendarme", "trainee", "state_reader"):
        with acting_as(key):
            assert not SessionInvitation.objects.exists(), key


def test_the_pages_lead_from_the_invitation_to_the_enrolment(client_of, cast, acting_as, session):
    home = client_of("director_b").get("/").content.decode()
    assert "Formations proposées à votre équipe" in home
    assert f"/formation/sessions/{session.pk}/inscrire/" in home
    page = client_of("coordination").get(f"/formation/sessions/{session.pk}/").content.decode()
    assert page.count("Sans réponse") == 1
    assert page.count("Équipe inscrite") == 1
    with acting_as("director_b"):
        row = SessionInvitation.objects.get()
    path = f"/formation/invitations/{row.pk}/decliner/"
    assert client_of("director_a").get(path).status_code == 404
    assert client_of("director_b").post(path, {"why": "Plutôt en mai."}).status_code == 302
    page = client_of("coordination").get(f"/formation/sessions/{session.pk}/").content.decode()
    assert "Plutôt en mai." in page
    assert "Formations proposées à votre équipe" not in client_of("director_b").get("/").content.decode()


def test_an_invitation_leaves_two_years_after_its_session(cast, acting_as):
    time_passes(3 * 365, tables="formation_session formation_sessioninvitation")
    erase_what_is_due()
    with acting_as("coordination"):
        assert not SessionInvitation.objects.exists()
