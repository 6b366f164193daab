"""Two people at once, on real connections."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connections

from cms.access import scope
from cms.users.models import User
from formation.enums import Status
from formation.models import Attendance, Enrolment, HalfDay, Professional, Session
from formation.services import attendance_record, enrol


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
