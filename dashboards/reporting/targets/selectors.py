"""Targets of a year of the convention."""

import datetime as dt

from dashboards.periods import Period, convention_start, years_after
from dashboards.reporting.periods.models import ClosedPeriod
from dashboards.reporting.targets.models import Target


def year_of(first: dt.date, last: dt.date) -> int | None:
    """Return the number of the convention year that these days are, exactly."""
    start = convention_start()
    for number in range(1, 11):
        if years_after(start, number - 1) == first and years_after(start, number) - dt.timedelta(days=1) == last:
            return number
    return None


def targets_of(closed: ClosedPeriod) -> dict[str, int]:
    """Return the targets of the convention year that a closed period is, by figure; none for another period."""
    return targets_promised(Period(closed.first, closed.last))


def targets_promised(period: Period) -> dict[str, int]:
    year = year_of(period.first, period.last)
    return dict(Target.objects.filter(year=year).values_list("code", "value")) if year else {}


def year_period(year: int) -> Period:
    start = convention_start()
    return Period(years_after(start, year - 1), years_after(start, year) - dt.timedelta(days=1))
