"""A period compared with the one before and with the targets of the convention, each difference in words."""

import calendar
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from cms.territory.enums import Zone
from cms.users.models import User
from cms.wall import scope
from dashboards.figures.selectors.report import Report
from dashboards.indicators.enums import COUNTED
from dashboards.indicators.rules.definitions import DEFINITIONS
from dashboards.indicators.rules.formats import NARROW, french_number
from dashboards.indicators.rules.results import headline_label
from dashboards.indicators.rules.statements import statement_of
from dashboards.indicators.selectors import (
    coverage,
    incidents,
    orientations,
    partners,
    placements,
    professionals,
    sollicitations,
    strategy,
)
from dashboards.indicators.selectors.lexicon import Lexicon
from dashboards.periods import Period
from dashboards.policies import figures_check, whole_scope_check

if TYPE_CHECKING:
    from dashboards.reporting.models import ClosedPeriod

LONGEST_MONTHS = 36
LEAST_BASE = 20
"""A change is said in percents from so many facts in the period before; under that, in numbers alone."""


class Past(NamedTuple):
    """What is known of a period beside its rows. Closed periods and targets stand above figures: they give it."""

    closed: "Callable[[Period], ClosedPeriod | None]"
    targets: Callable[[Period], dict[str, int]]


_past: list[Past] = []


def past_register(past: Past) -> None:
    _past[:] = [past]


def _closed(period: Period) -> "ClosedPeriod | None":
    return _past[0].closed(period) if _past else None


def _promised(period: Period) -> dict[str, int]:
    return _past[0].targets(period) if _past else {}


@dataclass(frozen=True)
class ComparisonLine:
    """One figure now, in the period before, and its target. `None`: nothing to compare with."""

    code: str
    label: str
    now: int
    before: int | None
    target: int | None

    @property
    def difference(self) -> str:
        """`12 de plus (+15 %)`, `3 de moins (−4 %)`, `sans changement`; no percentage of a handful."""
        if self.before is None:
            return ""
        gap = self.now - self.before
        if not gap:
            return "sans changement"
        words = f"{french_number(abs(gap))} de {'plus' if gap > 0 else 'moins'}"
        rate = round(100 * abs(gap) / self.before) if self.before >= LEAST_BASE else 0
        return f"{words} ({'+' if gap > 0 else '−'}{french_number(rate)}{NARROW}%)" if rate else words

    @property
    def progress(self) -> str:
        """Return in words how far the figure is from its target."""
        if self.target is None:
            return ""
        gap = self.now - self.target
        if gap >= 0:
            return f"atteinte, {french_number(gap)} de plus" if gap else "atteinte"
        reached = french_number(100 * self.now / self.target) if self.target else "0"
        return f"{reached}{NARROW}% atteints, il en manque {french_number(-gap)}"


@dataclass(frozen=True)
class Comparison:
    """`closed`: the period before was closed, and its figures are those that were frozen."""

    before: Period | None
    closed: "ClosedPeriod | None"
    lines: tuple[ComparisonLine, ...]

    @property
    def has_targets(self) -> bool:
        return any(line.target is not None for line in self.lines)


def compare(user: User | AnonymousUser, report: Report, *, is_cumulative: bool = False) -> Comparison:
    """Compare the headlines of a report with those of the period before. A total since the beginning has none before.

    Raises `PermissionDenied` without the right.
    """
    figures_check(user)
    before = None if is_cumulative else previous(report.period)
    closed, then = _then(before, report.lexicon) if before else (None, {})
    targets = _promised(report.period)
    lines = tuple(
        ComparisonLine(figure.code, label, figure.value, then.get(figure.code), targets.get(figure.code))
        for result in report.results.values()
        for figure in result.headline
        for label in [headline_label(result, figure)]
    )
    return Comparison(before, closed, lines)


def _then(before: Period, lexicon: Lexicon | None) -> "tuple[ClosedPeriod | None, dict[str, int]]":
    """Return what was frozen when that period was closed, what is counted today otherwise."""
    closed = _closed(before)
    return closed, frozen_headlines(closed) if closed else _headlines_of(before, lexicon)


def previous(period: Period) -> Period:
    """Return as many months, or days, before. A current period is compared with the same part of the one before."""
    months = whole_months(period)
    if months is None:
        length = period.last - period.first + dt.timedelta(days=1)
        return Period(period.first - length, period.as_of - length)
    last = period.first - dt.timedelta(days=1)
    if period.as_of < period.last:
        last = min(last, months_after(period.as_of, -months))
    return Period(months_after(period.first, -months), last)


def whole_months(period: Period) -> int | None:
    """Return how many whole months a period lasts, from its first day; `None` when it does not end with one."""
    following = period.last + dt.timedelta(days=1)
    return next((n for n in range(1, LONGEST_MONTHS + 1) if months_after(period.first, n) == following), None)


def months_after(day: dt.date, months: int) -> dt.date:
    """Return the same day, that many months later, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def frozen_headlines(closed: "ClosedPeriod") -> dict[str, int]:
    """Return the frozen headlines, by code of figure."""
    results = closed.content["results"].values()
    return {figure["code"]: figure["value"] for result in results for figure in result["headline"]}


def _headlines_of(period: Period, lexicon: Lexicon | None) -> dict[str, int]:
    with scope.acting(scope.FIGURES):
        return headlines(period, lexicon or Lexicon.read())


def headlines(period: Period, lexicon: Lexicon) -> dict[str, int]:
    """Count the headline figures alone, in one statement: those of `report`, on the same querysets."""
    whole_scope_check()
    counts = _counts(
        {
            "I1": sollicitations.population(period, lexicon),
            "I2": orientations.population(period, lexicon),
            "I3": placements.population(period, lexicon),
            "I4.authorities": partners.authorities(period.as_of),
            "I6.trained": professionals.population(period, lexicon),
            PERSONS: professionals.supported(period, lexicon),
            TEAMS: professionals.teams(period, lexicon),
            "I7": strategy.population(period, lexicon),
            "I8": incidents.population(period, lexicon),
        },
        coverage.covered_statement([period.as_of]),
    )
    supported = counts.pop(PERSONS) + counts.pop(TEAMS)
    covered = {code.removeprefix(PLACE): counts.pop(code) for code in list(counts) if code.startswith(PLACE)}
    zones = {place.code: place.zone for place in lexicon.territories.values()}
    return {
        **counts,
        "I4.structures": sum(covered.values()),
        "I5": sum(zones[place] in coverage.COUNTED_ZONES for place in covered),
        "I5.overseas": sum(zones[place] == Zone.DROM for place in covered),
        "I6.supported": supported,
    }


WORDLESS = Lexicon({}, {}, (), {}, {}, {})
"""For counts alone: no label is read, and no breakdown."""
MONTHLY = {
    "I1": sollicitations.population,
    "I2": orientations.population,
    "I3": placements.population,
    "I8": incidents.population,
}


def month_so_far(user: User | AnonymousUser) -> tuple[Period, list[ComparisonLine]]:
    """Count the events of the running month, and of the same days of the month before. One statement.

    Raises `PermissionDenied` without the right.
    """
    figures_check(user)
    first = timezone.localdate().replace(day=1)
    month = Period(first, months_after(first, 1) - dt.timedelta(days=1))
    periods = {"": month, "before": previous(month)}
    with scope.acting(scope.FIGURES):
        counts = _counts(
            {
                f"{code}{when}": population(period, WORDLESS)
                for code, population in MONTHLY.items()
                for when, period in periods.items()
            }
        )
    return month, [
        ComparisonLine(code, DEFINITIONS[code].short, counts[code], counts[f"{code}before"], None) for code in MONTHLY
    ]


PERSONS, TEAMS, PLACE = "persons", "teams", "place:"
COUNTED_LINES = {PERSONS: professionals.PERSONS, TEAMS: professionals.TEAMS}


def _counts(querysets: dict[str, QuerySet], covered: tuple[str, list] | None = None) -> dict[str, int]:
    """Count rows on the counted line of each queryset, and structures of each territory; a team counts its heads."""
    parts, params = [], []
    for code, rows in querysets.items():
        columns = ("line", "head_count") if code == TEAMS else ("line",)
        rows = rows if rows.query.distinct_fields else rows.order_by()
        statement, values = statement_of(rows, columns)
        measure = "coalesce(sum(head_count), 0)" if code == TEAMS else "count(*)"
        # Names and measures are written in this module; what comes from the reader is in `params`.
        parts.append(f"SELECT %s AS code, {measure} FROM ({statement}) r WHERE line = %s")  # noqa: S608
        params += [code, *values, COUNTED_LINES.get(code, COUNTED)]
    if covered:
        statement, values = covered
        parts.append(f"SELECT %s || place, sum(n) FROM ({statement}) c(day, place, n) GROUP BY place")  # noqa: S608
        params += [PLACE, *values]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), params)
        return {code: int(n) for code, n in cursor.fetchall()}
