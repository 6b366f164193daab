"""A period compared with the one before and with the targets of the convention, each difference in words."""

import calendar
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Expression
from django.utils import timezone

from cms.users.models import User
from cms.values.settings import settings_frozen
from cms.wall import scope
from dashboards.figures.selectors.cache import Reading, headlines_stored_or_counted, known_of, reading
from dashboards.figures.selectors.headlines import Headlines, counts_of
from dashboards.figures.selectors.report import Report, report_read
from dashboards.indicators.rules.definitions import DEFINITIONS
from dashboards.indicators.rules.formats import NARROW, french_number
from dashboards.indicators.rules.results import headline_label
from dashboards.indicators.selectors.cube import memory_take
from dashboards.indicators.selectors.lexicon import Lexicon
from dashboards.indicators.selectors.registry import INDICATORS
from dashboards.periods import Period
from dashboards.policies import figures_check

LONGEST_MONTHS = 36
LEAST_BASE = 20
"""A change is said in percents from so many facts in the period before; under that, in numbers alone."""


Past = Callable[[Period, Period | None], Expression]
"""What is known of a period beside its rows: the targets that it has, and what was frozen of the one before, as JSON
that a statement reads on its way. Closed periods and targets stand above figures: they give it.
"""
_past: list[Past] = []


def past_register(past: Past) -> None:
    _past[:] = [past]


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
    """`is_closed`: the period before was closed, and its figures are those that were frozen. `months`: its events, by
    code of indicator, then by first day of the month.
    """

    before: Period | None
    is_closed: bool
    lines: tuple[ComparisonLine, ...]
    months: dict[str, dict[str, int]] = field(default_factory=dict)

    @property
    def has_targets(self) -> bool:
        return any(line.target is not None for line in self.lines)


def compare(user: User | AnonymousUser, report: Report, *, is_cumulative: bool = False) -> Comparison:
    """Compare the headlines of a report with those of the period before. A total since the beginning has none before.

    Raises `PermissionDenied` without the right.
    """
    figures_check(user)
    before = None if is_cumulative else previous(report.period)
    with scope.acting(scope.FIGURES), settings_frozen():
        return _compared(report, before, _reading(report.period, before))


def figures_compared(
    user: User | AnonymousUser, period: Period, *, is_cumulative: bool = False
) -> tuple[Report, Comparison]:
    """Return a report, as `figures_for` does, and its comparison; one statement when nothing moved since both were
    counted. Raises `PermissionDenied` without the right.
    """
    figures_check(user)
    before = None if is_cumulative else previous(period)
    with scope.acting(scope.FIGURES), settings_frozen():
        memory_take()
        seen = _reading(period, before)
        report = report_read(period, seen)
        return report, _compared(report, before, seen)


def not_compared(report: Report) -> Comparison:
    """Return the headlines of a report beside nothing."""
    return Comparison(
        None,
        False,
        tuple(
            ComparisonLine(figure.code, headline_label(result, figure), figure.value, None, None)
            for result in report.results.values()
            for figure in result.headline
        ),
    )


def _reading(period: Period, before: Period | None) -> Reading:
    return reading(period, before, _past[0](period, before) if _past else None)


def _compared(report: Report, before: Period | None, seen: Reading) -> Comparison:
    known: dict[str, Any] = seen.known
    if known is None:
        known = known_of(_past[0](report.period, before)) if _past else {}
    frozen = known.get("closed")
    then = Headlines({})
    if before:
        then = frozen_headlines(frozen) if frozen else headlines_stored_or_counted(before, seen, report.lexicon)
    targets = {item["code"]: item["value"] for item in known.get("targets") or ()}
    lines = tuple(
        ComparisonLine(figure.code, label, figure.value, then.figures.get(figure.code), targets.get(figure.code))
        for result in report.results.values()
        for figure in result.headline
        for label in [headline_label(result, figure)]
    )
    return Comparison(before, bool(frozen), lines, then.months)


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


def frozen_headlines(closed: dict[str, Any]) -> Headlines:
    """Return what was frozen of a period, by code of indicator: its headlines and the rows of its months."""
    return Headlines(
        {figure["code"]: figure["value"] for item in closed.values() for figure in item["headline"]},
        {code: {row["key"]: row["n"] for row in item["months"] or ()} for code, item in closed.items()},
    )


WORDLESS = Lexicon({}, {}, (), {}, {}, {})
"""For counts alone: no label is read, and no breakdown."""
MONTHLY = ("I1", "I2", "I3", "I8")
"""Indicators of the home page."""


def month_so_far(user: User | AnonymousUser) -> tuple[Period, list[ComparisonLine]]:
    """Count the events of the running month, and of the same days of the month before. One statement.

    Raises `PermissionDenied` without the right.
    """
    figures_check(user)
    first = timezone.localdate().replace(day=1)
    month = Period(first, months_after(first, 1) - dt.timedelta(days=1))
    periods = {"": month, "before": previous(month)}
    with scope.acting(scope.FIGURES):
        counts, _ = counts_of(
            {
                f"{code}{when}": INDICATORS[code].population(period, WORDLESS)
                for code in MONTHLY
                for when, period in periods.items()
            }
        )
    return month, [
        ComparisonLine(code, DEFINITIONS[code].short, counts[code], counts[f"{code}before"], None) for code in MONTHLY
    ]


@dataclass(frozen=True)
class MonthlyLine:
    """An indicator month after month, the running one last."""

    code: str
    label: str
    counts: tuple[int, ...]

    @property
    def now(self) -> int:
        return self.counts[-1]


def months_so_far(user: User | AnonymousUser, *, months: int = 12) -> tuple[Period, list[MonthlyLine]]:
    """Count the events of the running month and of those before it, each month as its own report counts it. One
    statement.

    Raises `PermissionDenied` without the right.
    """
    figures_check(user)
    first = timezone.localdate().replace(day=1)
    starts = [months_after(first, number - months + 1) for number in range(months)]
    periods = [Period(start, months_after(start, 1) - dt.timedelta(days=1)) for start in starts]
    with scope.acting(scope.FIGURES):
        counts, _ = counts_of(
            {
                f"{code}:{number}": INDICATORS[code].population(period, WORDLESS)
                for code in MONTHLY
                for number, period in enumerate(periods)
            }
        )
    return periods[-1], [
        MonthlyLine(code, DEFINITIONS[code].short, tuple(counts[f"{code}:{number}"] for number in range(months)))
        for code in MONTHLY
    ]
