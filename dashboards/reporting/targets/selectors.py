"""Targets of a year of the convention."""

import datetime as dt

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Expression, F, Func, JSONField, Subquery, Value
from django.db.models.functions import JSONObject

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


class FrozenHeadlines(Func):
    """Headlines and months of each indicator, out of the content of a closed period."""

    template = """(SELECT jsonb_object_agg(r.key, jsonb_build_object('headline', r.value -> 'headline',
        'months', jsonb_path_query_first(r.value, '$.breakdowns[*] ? (@.code == "by_month").rows')))
        FROM jsonb_each(%(expressions)s -> 'results') r)"""
    output_field = JSONField()


def known_beside(period: Period, before: Period | None) -> Expression:
    """Return, as JSON, the targets of a period, and the headlines frozen of the one before it when it was closed."""
    targets = Target.objects.filter(year=year_of(period.first, period.last) or 0)
    closed = ClosedPeriod.objects.agreed().order_by()
    closed = closed.filter(first=before.first, last=before.last) if before else closed.none()
    return JSONObject(
        targets=ArraySubquery(targets.values(row=JSONObject(code=F("code"), value=F("value")))),
        closed=Subquery(closed.values(row=FrozenHeadlines(F("content")))[:1])
        if before
        else Value(None, output_field=JSONField()),
    )


def year_period(year: int) -> Period:
    start = convention_start()
    return Period(years_after(start, year - 1), years_after(start, year) - dt.timedelta(days=1))
