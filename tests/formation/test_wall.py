"""Who sees and writes what, in the database itself."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from formation.models import Attendance, Enrolment, HalfDay, Professional, Session, SessionTrainer
from formation.people.rules import PersonFacts
from formation.people.services.people import professional_register


def names(rows, path="first_name"):
    return set(rows.values_list(path, flat=True))


@pytest.mark.parametrize(
    ("key", "people"),
    [
        ("coordination", {"Nadia", "Olivier", "Sarah", "Hugo", "Yanis"}),
        ("trainer", {"Nadia", "Olivier", "Hugo", "Yanis"}),
        ("trainer_b", {"Sarah"}),
        ("director_a", {"Nadia", "Olivier", "Sarah"}),
        ("director_b", {"Hugo"}),
        ("trainee", {"Yanis"}),
        ("educator_a", set()),
        ("former_member", set()),
        ("gendarme", set()),
        ("state_reader", set()),
        ("editor", set()),
        ("dpo", set()),
        ("tech_admin", set()),
    ],
)
def test_each_sees_the_people_of_the_own_scope(acting_as, key, people):
    with acting_as(key):
        assert names(Professional.objects.all()) == people
        assert names(Enrolment.objects.all(), "professional__first_name") == people


def test_everybody_signed_in_reads_sessions_and_nobody_else(acting_as, cast):
    with acting_as("gendarme"):
        assert Session.objects.count() == 2
    assert not Session.objects.exists()


def test_a_trainer_does_not_read_the_employer_that_is_a_structure(acting_as, enrolments):
    with acting_as("trainer"):
        row = Enrolment.objects.select_related("employer").get(pk=enrolments["Nadia"].pk)
        assert row.employer is None


def test_a_trainer_does_not_take_over_the_session_of_another(acting_as, cast, sessions):
    with acting_as("trainer_b"), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        SessionTrainer.objects.create(session=sessions["trainer"], trainer=cast["trainer_b"])


def test_a_trainer_neither_changes_nor_splits_the_session_of_another(acting_as, sessions):
    with acting_as("trainer_b"):
        assert Session.objects.filter(pk=sessions["trainer"].pk).update(capacity=99) == 0
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            HalfDay.objects.create(
                session=sessions["trainer"], day=timezone.localdate(), period="morning", hours=Decimal("1")
            )


def test_nobody_marks_an_enrolment_that_they_do_not_run(acting_as, cast, enrolments, half_days):
    for key in ("trainer_b", "director_a", "trainee"):
        with acting_as(key), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Attendance.objects.create(
                enrolment_id=enrolments["Yanis"].pk,
                half_day_id=half_days[0].pk,
                status="present",
                recorded_by=cast[key],
                recorded_at=timezone.now(),
            )


def test_a_trainer_who_learns_elsewhere_does_not_mark_the_own_presence(acting_as, cast, enrolments, half_days):
    with acting_as("coordination"):
        person = enrolments["Nadia"].professional
        person.user = cast["trainer_b"]
        person.save()
    with acting_as("trainer_b"):
        assert Enrolment.objects.filter(pk=enrolments["Nadia"].pk).exists()
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Attendance.objects.create(
                enrolment_id=enrolments["Nadia"].pk,
                half_day_id=half_days[0].pk,
                status="present",
                recorded_by=cast["trainer_b"],
                recorded_at=timezone.now(),
            )


def test_a_director_enrols_only_the_own_team(acting_as, sessions):
    with acting_as("coordination"):
        hugo = Professional.objects.get(first_name="Hugo")
    with acting_as("director_a"):
        nadia = Professional.objects.get(first_name="Nadia")
        Enrolment.objects.create(session=sessions["trainer_b"], professional=nadia, employer=nadia.employer)
        with pytest.raises(DatabaseError, match="as the person is"), transaction.atomic():
            Enrolment.objects.create(
                session=sessions["trainer_b"], professional_id=hugo.pk, employer_id=nadia.employer_id
            )


def test_a_trainer_reaches_a_known_person_by_mail_and_a_director_does_not(acting_as, cast):
    with acting_as("coordination"):
        known = professional_register(
            PersonFacts(last_name="Royer", first_name="Lise", email="lise@exemple.fr"), by=cast["coordination"]
        )
    facts = {"last_name": "Royer", "first_name": "Lise", "email": "lise@exemple.fr"}
    with acting_as("trainer"):
        assert not Professional.objects.filter(pk=known.pk).exists()
        assert professional_register(PersonFacts(**facts), by=cast["trainer"]) == known
    with acting_as("director_b"), pytest.raises(DatabaseError), transaction.atomic():
        professional_register(PersonFacts(**facts), by=cast["director_b"])


def test_attendance_of_somebody_not_enrolled_is_refused_by_the_database(acting_as, cast, sessions, enrolments):
    constraints_now()
    with acting_as("trainer"), pytest.raises(DatabaseError, match="not enrolled"), transaction.atomic():
        Attendance.objects.create(
            enrolment_id=enrolments["Nadia"].pk,
            half_day=sessions["trainer_b"].half_days.first(),
            status="present",
            recorded_by=cast["trainer"],
            recorded_at=timezone.now(),
        )


def test_capacity_holds_in_the_database(acting_as, sessions):
    with acting_as("coordination"):
        Session.objects.filter(pk=sessions["trainer_b"].pk).update(capacity=1)
        with pytest.raises(DatabaseError, match="session full"), transaction.atomic():
            Enrolment.objects.create(
                session=sessions["trainer_b"], professional=Professional.objects.get(first_name="Hugo")
            )


def test_a_half_day_stays_within_its_session(acting_as, sessions):
    constraints_now()
    with acting_as("trainer"), pytest.raises(DatabaseError, match="outside the session"), transaction.atomic():
        HalfDay.objects.create(
            session=sessions["trainer"],
            day=timezone.localdate() + dt.timedelta(days=30),
            period="morning",
            hours=Decimal("3"),
        )


def constraints_now():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
