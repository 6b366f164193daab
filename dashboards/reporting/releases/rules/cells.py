"""Cells of a frozen report: what is counted, over which days, in which class of each cut, and what each is worth."""

import datetime as dt
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from dashboards.figures.selectors.report import Report
from dashboards.indicators.rules.results import Breakdown, Grid, Result, Row
from dashboards.periods import month_end
from dashboards.reporting.releases.rules.plan import (
    COARSER,
    LEAST_BASE,
    OVERSEAS,
    OVERSEAS_REGIONS,
    PUBLISHED,
    TOGETHER,
    Coarser,
    Kind,
    PublicationPlan,
    level_of,
)

TableName = tuple[str, str]
"""Code of an indicator and of one of its tables."""
Days = tuple[dt.date, dt.date]
Keys = tuple[str, ...]
Origin = dt.date | None
MISSING, MISSING_TOTAL = "missing", "missing_total"
FAR = 1_000_000
TIMES = ("by_month", "by_quarter")
MISSING_CUTS = ("forme", "région")
RENAMED = re.compile(r" au \d{4}-\d{2}-\d{2}$")
"""How older releases named a cell that another one had published with another number."""


@dataclass(frozen=True, order=True)
class Cell:
    """One number.

    `origin` is the first day of the period for persons, who are chosen by their first event since then: two periods
    that begin together share their cells. It is the last day for states. Events have none, and add up over time.
    """

    measure: str
    first: dt.date
    last: dt.date
    origin: dt.date | None
    classes: tuple[tuple[str, str], ...] = ()

    def plain(self) -> list:
        origin = self.origin.isoformat() if self.origin else None
        return [
            self.measure,
            self.first.isoformat(),
            self.last.isoformat(),
            origin,
            [list(one) for one in self.classes],
        ]

    @classmethod
    def read(cls, data: list) -> "Cell":
        measure, first, last, origin, classes = data
        begins, ends = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
        chosen_since = dt.date.fromisoformat(origin) if origin else None
        name = RENAMED.sub("", measure)
        return cls(name, begins, ends, chosen_since, tuple((cut, key) for cut, key in classes))


@dataclass
class Counts:
    """What one measure of a report tells: its number, months, tables by cuts, shares of which it is the whole."""

    measure: str
    plan: PublicationPlan
    kind: Kind
    period: Days
    n: int = 0
    months: dict[Days, int] = field(default_factory=dict)
    tables: dict[Keys, dict[Keys, int]] = field(default_factory=dict)
    codes: dict[Keys, str] = field(default_factory=dict)
    """Code of the table that tells each."""
    shares: dict[str, tuple[int, float]] = field(default_factory=dict)
    """Of each share that may be shown: its part, and its value as it is shown."""

    reach: tuple[int, int] = (1, FAR)
    """What the tables that are told, or not, tell of the number when it is hidden."""

    def cell(self, cuts: Keys = (), keys: Keys = ()) -> Cell:
        first, last = self.period
        return Cell(self.measure, first, last, self.origin, tuple(sorted(zip(cuts, keys, strict=True))))

    def month(self, days: Days) -> Cell:
        return Cell(self.measure, *days, self.origin)

    def share(self, code: str) -> Cell:
        return self.cell(("share",), (code,))

    @property
    def numbers(self) -> dict[Cell, int]:
        months = {self.month(days): n for days, n in self.months.items()}
        lines = {self.cell(cuts, keys): n for cuts, told in self.tables.items() for keys, n in told.items()}
        return {self.cell(): self.n} | months | lines

    @property
    def origin(self) -> dt.date | None:
        return {Kind.EVENTS: None, Kind.PERSONS: self.period[0], Kind.STATE: self.period[1]}[self.kind]


class Cells:
    """The cells of one report, of the tables that are told of it."""

    def __init__(
        self,
        report: Report,
        tables: Collection[TableName] | None = None,
        shares: Mapping[str, float] | None = None,
        untold: Collection[TableName] = (),
    ) -> None:
        self.report = report
        self.untold = set(untold)
        self.tables = set(tables_of(report) if tables is None else tables)
        self.shares = shares
        self.counts: dict[str, Counts] = {}
        for plan in PUBLISHED:
            if not plan.is_open:
                self._indicator(plan, report.results[plan.code])

    def cell(self, plan: PublicationPlan, *classes: tuple[str, str], measure: str = "") -> Cell:
        cuts, keys = zip(*classes, strict=True) if classes else ((), ())
        return self._of(plan, measure or plan.measure).cell(cuts, keys)

    def place(self, plan: PublicationPlan, cut: str, key: str) -> Cell:
        """Return the cell of a class; that of a month is the one of its days: two periods that hold it share it."""
        counts = self._of(plan, plan.measure)
        is_time = cut in TIMES and key
        return counts.month(self._days_of(cut, key)) if is_time else counts.cell((cut,), (key,))

    def is_told(self, plan: PublicationPlan, table: str) -> bool:
        return (plan.code, table) in self.tables

    @property
    def numbers(self) -> dict[Cell, int]:
        return {cell: n for counts in self.counts.values() for cell, n in counts.numbers.items()}

    def without(self, names: Collection[TableName]) -> "Cells":
        """Return the cells of the same report with fewer tables."""
        return Cells(self.report, self.tables - set(names), self.shares, self.untold | set(names))

    def _of(self, plan: PublicationPlan, measure: str) -> Counts:
        found = self.counts.get(measure)
        return found or Counts(measure, plan, plan.apart.get(measure, plan.kind), self._days)

    @property
    def _days(self) -> Days:
        return self.report.period.first, self.report.period.last

    def _days_of(self, cut: str, key: str) -> Days:
        """Return the days of a month, or of a quarter, that the period holds."""
        start, period = dt.date.fromisoformat(key), self.report.period
        last = month_end(start if cut == "by_month" else start.replace(month=start.month + 2))
        return max(start, period.first), min(last, period.last)

    def _add(self, plan: PublicationPlan, measure: str, kind: Kind, n: int) -> Counts:
        self.counts[measure] = Counts(measure, plan, kind, self._days, n)
        return self.counts[measure]

    def _indicator(self, plan: PublicationPlan, result: Result) -> None:
        if (plan.code, plan.measure) not in self.untold:
            self._headline(plan, result)
        for code, kind in plan.apart.items():
            if (plan.code, code) not in self.untold:
                self._add(plan, code, kind, int(result.figure(code).value or 0))
        if self.is_told(plan, MISSING) or self.is_told(plan, MISSING_TOTAL):
            self._missing(plan, result)

    def _headline(self, plan: PublicationPlan, result: Result) -> None:
        counts = self._add(plan, plan.measure, plan.kind, int(result.figure(plan.measure).value or 0))
        counts.reach = self._reach(plan, {MISSING, MISSING_TOTAL}, is_in=False)
        for item in breakdowns_of(plan, result):
            if self.is_told(plan, item.code) and not item.is_state:
                self._breakdown(counts, item)
        for grid in result.grids:
            if grid.cuts and grid.rows and self.is_told(plan, grid.code):
                self._cross(counts, grid)
        for code in plan.shares:
            self._share(counts, result, code)

    def _reach(self, plan: PublicationPlan, names: Collection[str], *, is_in: bool) -> tuple[int, int]:
        """Return the least and the most that a number can be, for whoever knows from how many rows a table leaves."""
        level, months = level_of(self.months), self.months
        least, most = 1, FAR
        for one in (*plan.tables, *plan.crosses):
            if (one.code in names) is not is_in or level < one.level:
                continue
            ratio = months if one.is_monthly else 1
            if self.is_told(plan, one.code):
                least = max(least, one.least * ratio)
                most = min(most, one.below * ratio - 1) if one.below else most
            elif not one.below and one.least:
                most = min(most, one.least * ratio - 1)
        return least, most

    @property
    def months(self) -> int:
        return months_of(self.report)

    def _breakdown(self, counts: Counts, item: Breakdown) -> None:
        lines = dict(lines_of(counts.plan, item))
        if item.code in TIMES:
            counts.months |= {self._days_of(item.code, key): n for key, n in lines.items() if key}
            counts.codes[(item.code,)] = item.code
            return
        counts.tables[(item.code,)] = {(key,): n for key, n in lines.items()}
        counts.codes[(item.code,)] = item.code

    def _cross(self, counts: Counts, grid: Grid) -> None:
        down_cut, across_cut = grid.cuts
        downs, acrosses = grid.keys
        numbers: dict[Keys, int] = {
            (down, across): int(n)
            for down, row in zip(downs, grid.rows, strict=False)
            for across, n in zip(acrosses, row[1:], strict=False)
        }
        _two_way(counts, (down_cut, across_cut), numbers, grid.code)

    def _missing(self, plan: PublicationPlan, result: Result) -> None:
        needs: dict[Keys, int] = {(form, region): n for region, form, n in missing_of(result)}
        if needs and (plan.code, MISSING) not in self.untold:
            counts = self._add(plan, MISSING, Kind.EVENTS, sum(needs.values()))
            counts.reach = self._reach(plan, {MISSING, MISSING_TOTAL}, is_in=True)
            if self.is_told(plan, MISSING):
                _two_way(counts, MISSING_CUTS, needs, MISSING)

    def _share(self, counts: Counts, result: Result, code: str) -> None:
        figure = result.figure(code)
        if figure.value is None or (self.shares is None and counts.n < LEAST_BASE):
            return
        value = round(figure.value, 2) if self.shares is None else self.shares.get(code)
        if value is not None:
            counts.shares[code] = (figure.part if figure.part is not None else round(figure.value * counts.n), value)


def _two_way(counts: Counts, cuts: Keys, numbers: Mapping[Keys, int], code: str) -> None:
    """Note a two-way table and its margins, which it prints."""
    order = (0, 1) if cuts[0] < cuts[1] else (1, 0)
    counts.tables[(cuts[order[0]], cuts[order[1]])] = {
        (keys[order[0]], keys[order[1]]): n for keys, n in numbers.items()
    }
    counts.codes[(cuts[order[0]], cuts[order[1]])] = code
    for place, cut in enumerate(cuts):
        margin: dict[Keys, int] = {}
        for keys, n in numbers.items():
            margin[(keys[place],)] = margin.get((keys[place],), 0) + n
        counts.tables.setdefault((cut,), margin)
        counts.codes.setdefault((cut,), code)


def months_of(report: Report) -> int:
    """Return how many months a period touches."""
    period = report.period
    return (period.last.year - period.first.year) * 12 + period.last.month - period.first.month + 1


def tables_of(report: Report) -> set[TableName]:
    """Return the tables that the plan tells of a period as long, with as many rows."""
    months = months_of(report)
    level = level_of(months)
    needs = sum(n for _, _, n in missing_of(report.results["I2"]))
    told = set[TableName]()
    for plan in PUBLISHED:
        rows = int(report.results[plan.code].figure(plan.measure).value or 0)
        told |= {
            (plan.code, one.code)
            for one in (*plan.tables, *plan.crosses)
            if one.is_told(level, needs if one.code in (MISSING, MISSING_TOTAL) else rows, months)
        }
    return told


def breakdowns_of(plan: PublicationPlan, result: Result) -> list[Breakdown]:
    """Return the breakdowns of the plan that a result has, coarser ones worked out of them, in the plan's order."""
    made = {item.code: item for item in COARSER if item.title}
    found = []
    for code in dict.fromkeys(one.code for one in plan.tables):
        item = result.breakdown(code)
        if code == "by_quarter" and (months := result.breakdown("by_month")) and not months.is_state:
            item = by_quarter(months)
        if item is None and code in made and (fine := result.breakdown(made[code].fine)):
            item = coarse(made[code], fine)
        if item is not None:
            found.append(item)
    return found


def by_quarter(months: Breakdown) -> Breakdown:
    """Return a breakdown by quarter of the year."""
    counts: dict[dt.date, int] = {}
    for row in months.rows:
        day = dt.date.fromisoformat(row.key)
        start = day.replace(day=1, month=day.month - (day.month - 1) % 3)
        counts[start] = counts.get(start, 0) + row.n
    rows = tuple(Row(start.isoformat(), quarter_words(start), n) for start, n in counts.items())
    return replace(months, code="by_quarter", title="Par trimestre", rows=rows)


def quarter_words(start: dt.date) -> str:
    number = (start.month + 2) // 3
    return f"{number}{'er' if number == 1 else 'e'} trimestre {start.year}"


def coarse(rule: Coarser, fine: Breakdown) -> Breakdown:
    """Return a breakdown by the classes of a coarser cut; a class without a row is left out."""
    counts: dict[str, int] = {}
    for row in fine.rows:
        counts[rule.class_of(row.key)] = counts.get(rule.class_of(row.key), 0) + row.n
    rows = [Row(key, label, counts[key]) for key, label in rule.labels.items() if key in counts]
    rows += [Row("", row.label, row.n) for row in fine.rows if not row.key]
    return replace(fine, code=rule.code, title=rule.title, rows=tuple(rows))


def lines_of(plan: PublicationPlan, item: Breakdown) -> list[tuple[str, int]]:
    """Return the keys and counts of a cut, as they are published."""
    lines = [(row.key, row.n) for row in item.rows]
    if (plan.code, item.code) not in TOGETHER:
        return lines
    inland = [(key, n) for key, n in lines if key not in OVERSEAS_REGIONS]
    beyond = [n for key, n in lines if key in OVERSEAS_REGIONS]
    return [*inland, (OVERSEAS, sum(beyond))] if beyond else inland


def missing_of(result: Result) -> list[tuple[str, str, int]]:
    """Return the needs that nobody met, by région and form: (région, form, number)."""
    grid = next((grid for grid in result.grids if grid.code == MISSING), None)
    counts: dict[tuple[str, str], int] = {}
    for region, form, _, n, *_ in grid.rows if grid else ():
        counts[(region, form)] = counts.get((region, form), 0) + n
    return [(region, form, n) for (region, form), n in sorted(counts.items())]


def read_cells(items: Iterable[list]) -> set[Cell]:
    return {Cell.read(item) for item in items}
