"""The rota: one person a rank, exchanges by the two who hold the duties, public holidays."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from cms.notify.duty.rules.holidays import easter, holiday_name
from cms.notify.duty.selectors import next_duties, on_duty, rota_week
from cms.notify.duty.services.duties import duty_add, duty_cancel, swap_answer, swap_propose, swap_withdraw
from cms.notify.models import Duty, DutySwap
from cms.users.roles import Role
from cms.wall import scope
from tests.cast.people import role_hold

pytestmark = pytest.mark.django_db
START = timezone.make_aware(dt.datetime(2035, 5, 7, 8))
HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def managed(cast):
    """Under the coordination, after two weeks that the cast fills."""
    with scope.acting(cast["coordination"]):
        yield


def add(person, rank=1, after=0, hours=12):
    starts_at = START + after * HOUR
    return duty_add(person=person, rank=rank, starts_at=starts_at, ends_at=starts_at + hours * HOUR)


def test_two_duties_of_a_rank_never_overlap(cast):
    add(cast["coordination"])
    with pytest.raises(ValidationError, match="même rang"):
        add(cast["direction"], after=11)
    add(cast["direction"], after=12)


def test_nobody_holds_two_ranks_at_once(cast):
    add(cast["coordination"])
    with pytest.raises(ValidationError, match="autre rang"):
        add(cast["coordination"], rank=2, after=6)


def test_the_database_holds_it_too(cast):
    duty = add(cast["coordination"])
    with pytest.raises(IntegrityError), transaction.atomic():
        Duty.objects.bulk_create(
            [Duty(person=cast["direction"], rank=1, starts_at=duty.starts_at, ends_at=duty.ends_at)]
        )


def test_a_duty_taken_out_leaves_its_hours(cast):
    duty_cancel(duty=add(cast["coordination"]))
    add(cast["direction"])


@pytest.mark.parametrize(
    ("start", "end", "field"),
    [(1, 0, "ends_at"), (0, 15 * 24, "ends_at"), (-100_000, -99_990, "ends_at")],
)
def test_impossible_hours_are_said_at_the_field(start, end, field, cast):
    with pytest.raises(ValidationError) as refused:
        duty_add(person=cast["direction"], rank=3, starts_at=START + start * HOUR, ends_at=START + end * HOUR)
    assert list(refused.value.message_dict) == [field]


@pytest.mark.parametrize("key", ["gendarme", "director_a", "dpo", "trainer"])
def test_only_those_who_may_take_a_request_are_on_duty(key, cast):
    with pytest.raises(ValidationError) as refused:
        add(cast[key])
    assert "person" in refused.value.message_dict


def test_others_write_no_duty(cast):
    with scope.acting(cast["director_a"]), pytest.raises(ValidationError):
        add(cast["coordination"])


def test_an_exchange_moves_both_duties_once_the_other_accepts(cast):
    mine, theirs = add(cast["coordination"]), add(cast["direction"], after=24)
    swap = swap_propose(duty=mine, to=cast["direction"], by=cast["coordination"], in_exchange=theirs)
    assert Duty.objects.get(pk=mine.pk).person == cast["coordination"]
    with scope.acting(cast["direction"]):
        swap_answer(swap=swap, by=cast["direction"], is_accepted=True)
    assert Duty.objects.get(pk=mine.pk).person == cast["direction"]
    assert Duty.objects.get(pk=theirs.pk).person == cast["coordination"]


def test_an_exchange_of_the_same_hours_at_two_ranks_is_possible(cast):
    first, second = add(cast["coordination"]), add(cast["direction"], rank=2)
    swap = swap_propose(duty=first, to=cast["direction"], by=cast["coordination"], in_exchange=second)
    with scope.acting(cast["direction"]):
        swap_answer(swap=swap, by=cast["direction"], is_accepted=True)
    assert Duty.objects.get(pk=first.pk).person == cast["direction"]
    assert Duty.objects.get(pk=second.pk).person == cast["coordination"]


def test_a_gift_that_would_hold_two_ranks_is_refused_and_moves_nothing(cast):
    first = add(cast["coordination"])
    add(cast["direction"], rank=2)
    swap = swap_propose(duty=first, to=cast["direction"], by=cast["coordination"])
    with scope.acting(cast["direction"]), pytest.raises(ValidationError, match="autre rang"):
        swap_answer(swap=swap, by=cast["direction"], is_accepted=True)
    assert Duty.objects.get(pk=first.pk).person == cast["coordination"]
    assert DutySwap.objects.get(pk=swap.pk).answered_at is None


def test_only_the_two_of_an_exchange_decide_of_it(cast):
    role_hold(cast["trainee"], Role.COORDINATION)
    duty = add(cast["coordination"])
    with scope.acting(cast["trainee"]), pytest.raises(ValidationError):
        swap_propose(duty=duty, to=cast["direction"], by=cast["trainee"])
    swap = swap_propose(duty=duty, to=cast["direction"], by=cast["coordination"])
    for by in (cast["trainee"], cast["coordination"]):
        with scope.acting(by), pytest.raises(ValidationError):
            swap_answer(swap=swap, by=by, is_accepted=True)
    with pytest.raises(ValidationError):
        swap_withdraw(swap=swap, by=cast["direction"])
    swap_withdraw(swap=swap, by=cast["coordination"])
    with scope.acting(cast["direction"]), pytest.raises(ValidationError, match="déjà une réponse"):
        swap_answer(swap=swap, by=cast["direction"], is_accepted=True)


def test_one_exchange_waits_for_a_duty(cast):
    duty = add(cast["coordination"])
    swap_propose(duty=duty, to=cast["direction"], by=cast["coordination"])
    with pytest.raises(ValidationError, match="attend déjà"):
        swap_propose(duty=duty, to=cast["direction"], by=cast["coordination"])


def test_who_is_on_duty_now_and_next(cast):
    add(cast["direction"], rank=2)
    add(cast["coordination"], rank=1)
    add(cast["direction"], rank=1, after=12)
    assert [duty.rank for duty in on_duty(at=START + 2 * HOUR)] == [1, 2]
    assert next_duties(at=START + 2 * HOUR)[0].person == cast["direction"]
    assert on_duty(at=START + 30 * HOUR) == []


def test_a_week_shows_holes_and_holidays(cast):
    add(cast["coordination"], after=-8, hours=24)
    week = rota_week(monday=START.date())
    assert [cell.has_hole for cell in week[0].cells] == [False, True, True]
    assert [line.holiday for line in week][:2] == ["", "Victoire de 1945"]


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (1961, (4, 2)),
        (2000, (4, 23)),
        (2024, (3, 31)),
        (2026, (4, 5)),
        (2027, (3, 28)),
        (2038, (4, 25)),
        (2285, (3, 22)),
    ],
)
def test_easter(year, day):
    assert easter(year) == dt.date(year, *day)


def test_the_eleven_public_holidays_of_a_year():
    days = [dt.date(2026, 1, 1) + dt.timedelta(days=number) for number in range(365)]
    found = {day: holiday_name(day) for day in days if holiday_name(day)}
    assert len(found) == 11
    assert found[dt.date(2026, 4, 6)] == "Lundi de Pâques"
    assert found[dt.date(2026, 5, 14)] == "Ascension"
    assert found[dt.date(2026, 5, 25)] == "Lundi de Pentecôte"
