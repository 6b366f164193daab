"""What indicator 6 counts, and what it leaves out."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from cms.values.services import setting_change
from cms.wall import scope
from formation.enums import Period, SessionState, Status
from formation.models import Attendance, Enrolment, HalfDay, Professional, Session, SessionTrainer
from formation.people.selectors.training import makes_aware, rules_in_force, trained_enrolments

FIRST, LAST = dt.date(2026, 1, 1), dt.date(2026, 6, 30)


@pytest.fixture
def held(acting_as, cast):
    """A session held, and the presence of one person in each of its half-days."""

    def run(hours, statuses, *, ended=dt.date(2026, 3, 10), state=SessionState.HELD, **facts):
        with acting_as("coordination"):
            session = Session.objects.create(
                module_code="M1", title="Essai", starts_on=ended - dt.timedelta(days=5), ends_on=ended, state=state,
                is_test=facts.get("is_test", False),
            )  # fmt: skip
            person = Professional.objects.create(
                last_name="Essai",
                first_name="Essai",
                user=facts.get("user"),
                is_test=facts.get("is_test_person", False),
            )
            enrolment = Enrolment.objects.create(session=session, professional=person)
            if facts.get("user"):
                SessionTrainer.objects.create(session=session, trainer=facts["user"])
            for number, (length, status) in enumerate(zip(hours, statuses, strict=True)):
                day, period = divmod(number, 2)
                half_day = HalfDay.objects.create(
                    session=session,
                    day=ended - dt.timedelta(days=5 - day),
                    period=list(Period)[period],
                    hours=Decimal(str(length)),
                )
                half_day.refresh_from_db()
                if status:
                    Attendance.objects.create(
                        enrolment=enrolment, half_day=half_day, status=status, recorded_by=cast["trainer"],
                        recorded_at=timezone.now(), left_at=_left(half_day) if status == L else None,
                    )  # fmt: skip
        return enrolment

    return run


def _left(half_day):
    """Whoever leaves early is there for the first hour."""
    return half_day.begins_at + dt.timedelta(hours=1)


def counted(rule, first=FIRST, last=LAST):
    with scope.acting(scope.FIGURES):
        return list(rule(first, last))


P, L, E, A = Status.PRESENT, Status.LEFT_EARLY, Status.EXCUSED, Status.ABSENT


@pytest.mark.parametrize(
    ("hours", "statuses", "is_trained"),
    [
        ([3.5], [P], True),
        ([3, 3, 3, 3, 3], [P, P, P, P, A], True),
        ([3.5, 3.5, 3.5, 3.5], [P, P, P, E], False),
        ([3.5, 3.5], [P, L], False),
        ([3.5, 1.5], [P, L], True),
        ([3], [P], True),
        ([2.5], [P], False),
        ([3.5], [None], False),
        ([4, 1], [P, A], True),
        ([4, 1.5], [P, A], False),
    ],
)
def test_present_for_four_fifths_of_the_hours(held, hours, statuses, is_trained):
    enrolment = held(hours, statuses)
    assert (enrolment in counted(trained_enrolments)) is is_trained


def test_hours_are_summed_by_the_database(held):
    held([3, 3, 3, 3, 3], [P, P, P, P, A])
    (row,) = counted(trained_enrolments)
    assert (row.hours_present, row.hours_total) == (Decimal("12"), Decimal("15"))


def test_a_short_session_makes_aware_and_does_not_train(held):
    enrolment = held([2.5], [P])
    assert counted(lambda *days: Enrolment.objects.counted(*days).filter(makes_aware(rules_in_force()))) == [enrolment]
    assert counted(trained_enrolments) == []


@pytest.mark.parametrize(("ended", "inside"), [(FIRST, True), (LAST, True), (dt.date(2026, 7, 1), False)])
def test_the_last_day_dates_the_participation(held, ended, inside):
    held([3.5], [P], ended=ended)
    assert len(counted(trained_enrolments)) == inside


@pytest.mark.parametrize(
    "facts",
    [
        {"state": SessionState.PLANNED},
        {"state": SessionState.CANCELLED},
        {"is_test": True},
        {"is_test_person": True},
    ],
)
def test_what_never_counts(held, facts):
    held([3.5], [P], **facts)
    assert counted(trained_enrolments) == []


def test_who_teaches_the_session_never_counts(held, cast):
    held([3.5], [P], user=cast["trainer_b"])
    assert counted(trained_enrolments) == []


def test_the_share_is_a_setting(held, acting_as):
    held([3.5, 3.5], [P, A])
    assert counted(trained_enrolments) == []
    with acting_as("coordination"):
        setting_change(key="formation.trained_share", value=50, changed_by_id=None)
    assert len(counted(trained_enrolments)) == 1
