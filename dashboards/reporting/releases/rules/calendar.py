"""The calendar of releases: periods that all begin on the first day of the year of the convention, and grow."""

import datetime as dt

from dashboards.periods import Period, years_after

QUARTERS = (3, 6, 9, 12)
"""Months of the periods: one origin a year, so that persons nest, and no period is in two years."""


def year_of(day: dt.date, start: dt.date) -> dt.date:
    """Return the first day of the year of the calendar that holds a day, the convention beginning on `start`."""
    first = years_after(start, day.year - start.year)
    return first if first <= day else years_after(start, day.year - start.year - 1)


def steps(day: dt.date, start: dt.date) -> list[Period]:
    """Return the four periods of the year that holds a day."""
    first = year_of(day, start)
    return [Period(first, _months_after(first, months) - dt.timedelta(days=1)) for months in QUARTERS]


def is_step(period: Period, start: dt.date) -> bool:
    return period in steps(period.first, start)


def next_step(period: Period, start: dt.date) -> Period:
    """Return the first period of the calendar that holds the last day of another one."""
    return next(step for step in steps(period.last, start) if period.last <= step.last)


def _months_after(day: dt.date, months: int) -> dt.date:
    count = day.year * 12 + day.month - 1 + months
    return day.replace(year=count // 12, month=count % 12 + 1, day=min(day.day, 28))
