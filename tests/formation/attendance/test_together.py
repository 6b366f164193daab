"""Two people at once, on real connections."""

import datetime as dt
import threading
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connections
from django.db.models import Q, Sum
from django.utils import timezone

from cms.kit.constraints import sentence_for
from cms.users.models import User
from cms.wall import scope
from formation.attendance.services.attendance import attendance_record
from formation.attendance.services.signatures import signature_give
from formation.attestations.services.attestations import attestations_issue
from formation.closure.services import session_close
from formation.enums import Period, Status, Way
from formation.models import Attendance, Enrolment, HalfDay, Professional, Session
from formation.people.services.people import enrol
from formation.sessions.services.sessions import SessionFacts, session_plan


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


def sums() -> dict:
    """Hours followed, added up again from the presences."""
    present = Q(attendances__status=Status.PRESENT)
    rows = Enrolment.objects.annotate(sum=Sum("attendances__half_day__hours", filter=present, default=0))
    return {row.pk: (row.hours_present, row.sum) for row in rows}


def test_two_half_days_recorded_at_once_both_count_and_a_change_takes_its_hours_away(session):
    with scope.acting(account("coordination")):
        first, second = HalfDay.objects.filter(session=session).order_by("begins_at")[:2]
        enrolments = list(Enrolment.objects.filter(session=session).values_list("pk", flat=True))

    def record(key, half_day, status):
        def act():
            with scope.acting(account(key)):
                marks = dict.fromkeys(enrolments, status)
                attendance_record(session=session, half_day=half_day, marks=marks, by=account(key), reason="Erreur.")

        return act

    both(record("trainer", first, Status.PRESENT), record("coordination", second, Status.PRESENT))
    with scope.acting(account("coordination")):
        assert {sums()[pk] for pk in enrolments} == {(first.hours + second.hours,) * 2}
    record("coordination", first, Status.ABSENT)()
    with scope.acting(account("coordination")):
        assert {sums()[pk] for pk in enrolments} == {(second.hours,) * 2}
        assert all(kept == summed for kept, summed in sums().values())
        kept = {row.pk: row.total_hours for row in Session.objects.all()}
        assert kept == {row.pk: row.sum for row in Session.objects.annotate(sum=Sum("half_days__hours", default=0))}
        # What the application sends for the sums is left out.
        Enrolment.objects.filter(pk__in=enrolments).update(hours_present=99)
        Session.objects.filter(pk=session.pk).update(total_hours=99)
        assert {sums()[pk][0] for pk in enrolments} == {second.hours}
        assert Session.objects.get(pk=session.pk).total_hours == kept[session.pk]


def plan_now(start_minutes: int = -10):
    begins = timezone.localtime(timezone.now() + dt.timedelta(minutes=start_minutes))
    trainer = account("trainer-b")
    with scope.acting(trainer):
        return session_plan(
            SessionFacts(
                module_code="M1",
                starts_on=begins.date(),
                ends_on=begins.date(),
                half_days=[(begins.date(), Period.MORNING, Decimal("2"), begins.time())],
                trainers=[trainer],
            ),
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
    session = plan_now(start_minutes=-125)
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
