"""The hours of the demo: a code turns at each of them."""

import datetime as dt

from cms.demo.plan import PARIS
from cms.demo.signing import LONGEST, free_slots

DAY = dt.date(2026, 12, 3)


def at(hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime.combine(DAY, dt.time(hour, minute), PARIS)


def test_no_hour_of_the_day_is_left():
    busy = [(at(9), at(12, 30)), (at(14), at(17, 30))]
    slots = sorted([*busy, *free_slots(DAY, busy)])
    assert slots[0][0] == at(0)
    assert all(before[1] == after[0] for before, after in zip(slots, slots[1:], strict=False))
    assert slots[-1][1] == at(0) + dt.timedelta(days=1)
    assert all(ends - begins <= LONGEST for begins, ends in slots)


def test_an_hour_of_another_place_is_taken_too():
    far = dt.timezone(dt.timedelta(hours=4))
    busy = [(dt.datetime(2026, 12, 2, 23, tzinfo=far), dt.datetime(2026, 12, 3, 5, tzinfo=far))]
    assert free_slots(DAY, busy)[0][0] == at(2)
