"""One month, then two more: at the ends of months, in leap years, over a change of year."""

import datetime as dt

import pytest

from cms.data_rights.register.rules import answer_due, extended_due, time_left

day = dt.date.fromisoformat


@pytest.mark.parametrize(
    ("received", "due", "extended"),
    [
        ("2026-03-05", "2026-04-05", "2026-06-05"),
        ("2026-01-31", "2026-02-28", "2026-04-30"),
        ("2028-01-31", "2028-02-29", "2028-04-30"),
        ("2026-01-29", "2026-02-28", "2026-04-29"),
        ("2026-08-31", "2026-09-30", "2026-11-30"),
        ("2026-11-30", "2026-12-30", "2027-02-28"),
        ("2026-12-31", "2027-01-31", "2027-03-31"),
        ("2026-12-01", "2027-01-01", "2027-03-01"),
    ],
)
def test_an_answer_is_due_the_same_day_of_the_month_or_its_last(received, due, extended):
    assert answer_due(day(received)) == day(due)
    assert extended_due(day(received)) == day(extended)


@pytest.mark.parametrize(
    ("due", "said"),
    [
        ("2026-05-10", "aujourd’hui"),
        ("2026-05-11", "dans 1 jour"),
        ("2026-05-22", "dans 12 jours"),
        ("2026-05-09", "en retard de 1 jour"),
        ("2026-05-07", "en retard de 3 jours"),
    ],
)
def test_what_is_left_is_said_in_days(due, said):
    assert time_left(day(due), day("2026-05-10")) == said
