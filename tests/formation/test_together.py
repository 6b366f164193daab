"""Two people at once, on real connections."""

import datetime as dt
import threading
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connections
from django.utils import timezone

from cms.access import scope
from cms.access.constraints import sentence_for
from cms.users.models import User
from formation.enums import Period, Status, Way
from formation.models import Attendance, Enrolment, HalfDay, Professional, Session
from formation.services import attendance_record, attestations_issue, enrol, session_close, session_plan
from formation.services.signing import signature_give


def account(key):
    return User.objects.get(email=f"{key}@havre.example")


def both(*acts):
    """Run each act in a thread with its own connection, all starting together; answers what each said."""
    barrier, results = threading.Barrier(len(acts)), {}

    def run(number, act):
        try:
            barrier.wait(timeout=20)
            results[number] = act()
        except ValidationError as error:
            results[number] = error.messages[0]
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


@pytest.fixture
def session(committed):
    with scope.acting(account("coordination")):
        return Session.objects.get(module_code="M4")


def test_the_last_place_is_taken_once(session):
    with scope.acting(account("coordination")):
        Session.objects.filter(pk=session.pk).update(capacity=5)
        sarah = Professional.objects.get(first_name="Sarah")
        other = Professional.objects.create(last_name="Petit", first_name="Zoé", employer=None)

    def take(person, key):
        def act():
            with scope.acting(account(key)):
                enrol(session=Session.objects.get(pk=session.pk), professional=person, by=account(key))
            return "pris"

        return act

    results = both(take(sarah, "director-a"), take(other, "coordination"))
    assert sorted(result == "pris" for result in results.values()) == [False, True]
    assert any("complète" in result for result in results.values())
    with scope.acting(account("coordination")):
        assert Enrolment.objects.live().filter(session=session).count() == 5


def test_two_recordings_of_one_half_day_follow_each_other(session):
    with scope.acting(account("coordination")):
        half_day = HalfDay.objects.filter(session=session).first()
        enrolments = list(Enrolment.objects.filter(session=session).values_list("pk", flat=True))

    def record(key, status):
        def act():
            with scope.acting(account(key)):
                marks = dict.fromkeys(enrolments, status)
                return len(attendance_record(session=session, half_day=half_day, marks=marks, by=account(key)))

        return act

    results = both(record("trainer", Status.PRESENT), record("coordination", Status.EXCUSED))
    assert results == {0: 4, 1: 4}
    with scope.acting(account("coordination")):
        statuses = set(Attendance.objects.filter(half_day=half_day).values_list("status", flat=True))
        assert Attendance.objects.filter(half_day=half_day).count() == 4
    assert len(statuses) == 1


def plan_now(start_minutes: int = -10):
    begins = timezone.localtime(timezone.now() + dt.timedelta(minutes=start_minutes))
    trainer = account("trainer-b")
    with scope.acting(trainer):
        return session_plan(
            module_code="M1",
            starts_on=begins.date(),
            ends_on=begins.date(),
            half_days=[(begins.date(), Period.MORNING, Decimal("2"), begins.time())],
            trainers=[trainer],
            planned_by=trainer,
        )


def test_two_telephones_sign_one_person_once_and_one_trainer_is_planned_once(committed):
    session = plan_now()
    with scope.acting(account("coordination")):
        nadia = Professional.objects.get(first_name="Nadia")
        enrol(session=session, professional=nadia, by=account("coordination"))
        half_day = session.half_days.get()

    def sign():
        return signature_give(half_day=half_day, way=Way.QR, name="Nadia Bensaïd").is_new

    assert sorted(both(sign, sign, sign).values()) == [False, False, True]

    def planned():
        try:
            plan_now(start_minutes=600)
        except IntegrityError as error:
            return sentence_for(error)
        return "planifiée"

    results = list(both(planned, planned).values())
    assert sorted(result == "planifiée" for result in results) == [False, True]
    assert any("autre session" in result for result in results)


def test_two_issues_at_once_make_one_attestation(committed):
    session = plan_now()
    trainer = account("trainer-b")
    with scope.acting(account("coordination")):
        nadia = Professional.objects.get(first_name="Nadia")
        enrolment = enrol(session=session, professional=nadia, by=account("coordination"))
    with scope.acting(trainer):
        half_day = session.half_days.get()
        attendance_record(session=session, half_day=half_day, marks={enrolment.pk: Status.PRESENT}, by=trainer)
        session_close(session=session, by=trainer)

    def issue():
        with scope.acting(trainer):
            return len(attestations_issue(session=session, by=trainer))

    assert sorted(both(issue, issue).values()) == [0, 1]
