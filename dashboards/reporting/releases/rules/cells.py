"""Cells of a frozen report, and every sum that ties them: within a table, between tables, between periods."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from dashboards.figures.selectors.report import Report
from dashboards.indicators.rules.results import Breakdown, Grid, Result
from dashboards.periods import month_end
from dashboards.reporting.releases.rules.masking import Network, hide
from dashboards.reporting.releases.rules.plan import (
    OVERSEAS,
    OVERSEAS_REGIONS,
    PUBLISHED,
    STATES,
    TOGETHER,
    ZONES,
    PublicationPlan,
)

HEADLINE_COST, MARGIN_COST = 1_000_000, 10_000
MISSING_TITLE = "Ce qui a manqué, par région et forme"


@dataclass(frozen=True, order=True)
class Cell:
    """One number: what is counted, over which days, in which class of each cut.

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
        return cls(measure, begins, ends, chosen_since, tuple((cut, key) for cut, key in classes))


class Cells:
    """The cells of one report."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.numbers: dict[Cell, int] = {}
        self.costs: dict[Cell, int] = {}
        self.sums: list[tuple[Cell, tuple[Cell, ...]]] = []
        self.other: dict[Cell, Cell] = {}
        for plan in PUBLISHED:
            if not plan.is_open:
                self._indicator(plan, report.results[plan.code])

    def cell(self, plan: PublicationPlan, *classes: tuple[str, str], measure: str = "") -> Cell:
        period = self.report.period
        origin = period.first if plan.is_person else None
        if plan.is_state or measure in STATES:
            origin = period.last
        return Cell(measure or plan.measure, period.first, period.last, origin, tuple(sorted(classes)))

    def set_apart(self, published: Mapping[Cell, int]) -> None:
        """Rename the cells that an earlier release published with another number: no sum ties one to the other."""
        self.other = {
            cell: replace(cell, measure=f"{cell.measure} au {self.report.period.last}")
            for cell, number in self.numbers.items()
            if published.get(cell, number) != number
        }
        self.numbers = {self.other.get(cell, cell): number for cell, number in self.numbers.items()}
        self.costs = {self.other.get(cell, cell): cost for cell, cost in self.costs.items()}
        self.sums = [
            (self.other.get(total, total), tuple(self.other.get(part, part) for part in parts))
            for total, parts in self.sums
        ]

    def month(self, plan: PublicationPlan, key: str) -> Cell:
        """Return the cell of a month, which is that of its days: two periods that hold it share it."""
        start = dt.date.fromisoformat(key)
        period = self.report.period
        first, last = max(start, period.first), min(month_end(start), period.last)
        return Cell(plan.measure, first, last, period.first if plan.is_person else None)

    def _add(self, cell: Cell, number: int, cost: int) -> Cell:
        self.numbers.setdefault(cell, number)
        self.costs.setdefault(cell, cost + number)
        return cell

    def _tie(self, total: Cell, parts: Iterable[Cell]) -> None:
        parts = tuple(parts)
        if parts and parts != (total,):
            self.sums.append((total, parts))

    def _indicator(self, plan: PublicationPlan, result: Result) -> None:
        total = self._add(self.cell(plan), int(result.figure(plan.measure).value or 0), HEADLINE_COST)
        for name in plan.cuts:
            item = result.breakdown(name)
            if item is not None and not item.is_state:
                self._cut(plan, item, total)
        for whole, parts in plan.sums.items():
            self._tie_defined(plan, whole, parts)
        for name in plan.crosses:
            grid = next((grid for grid in result.grids if grid.code == name), None)
            if grid is not None and grid.rows:
                self._cross(plan, grid)
        for code in plan.apart:
            self._add(self.cell(plan, measure=code), int(result.figure(code).value or 0), MARGIN_COST)
        for coarse, fine in ZONES.items():
            if coarse in plan.cuts:
                self._zones(plan, result, coarse, fine)
        if plan.code == "I2":
            self._missing(plan, result)

    def _cut(self, plan: PublicationPlan, item: Breakdown, total: Cell) -> None:
        parts = [self._add(self.place(plan, item.code, key), n, MARGIN_COST) for key, n in lines_of(plan, item)]
        self._tie(total, parts)

    def _tie_defined(self, plan: PublicationPlan, whole: tuple[str, str], parts: Iterable[tuple[str, str]]) -> None:
        """Tie what the definition makes equal; a class without a row is not published, and counts for nothing."""
        known = [cell for part in parts if (cell := self.cell(plan, part)) in self.numbers]
        if (total := self.cell(plan, whole)) in self.numbers:
            self._tie(total, known)

    def place(self, plan: PublicationPlan, cut: str, key: str) -> Cell:
        return self.month(plan, key) if cut == "by_month" and key else self.cell(plan, (cut, key))

    def _cross(self, plan: PublicationPlan, grid: Grid) -> None:
        (down_cut, across_cut), (downs, acrosses) = grid.cuts, grid.keys
        for down, row in zip(downs, grid.rows, strict=False):
            for across, n in zip(acrosses, row[1:], strict=False):
                self._add(self.cell(plan, (down_cut, down), (across_cut, across)), n, 0)
            parts = [self.cell(plan, (down_cut, down), (across_cut, across)) for across in acrosses]
            self._tie(self.cell(plan, (down_cut, down)), parts)
        for across in acrosses:
            parts = [self.cell(plan, (down_cut, down), (across_cut, across)) for down in downs]
            self._tie(self.cell(plan, (across_cut, across)), parts)

    def _zones(self, plan: PublicationPlan, result: Result, coarse: str, fine: str) -> None:
        """Tie overseas and mainland to their régions, which the finer cut gives together or one by one."""
        regions = [key for key, _ in lines_of(plan, result.breakdown_always(fine))]
        overseas = {key for key in regions if key in OVERSEAS_REGIONS or key == OVERSEAS}
        inland = [self.cell(plan, (fine, key)) for key in regions if key and key not in overseas]
        zones = {row.key for row in result.breakdown_always(coarse).rows}
        if "metro" in zones:
            self._tie(self.cell(plan, (coarse, "metro")), inland)
        beyond = [self.cell(plan, (coarse, zone)) for zone in ("drom", "com") if zone in zones]
        if beyond and overseas:
            both = self._add(
                self.cell(plan, (coarse, "beyond")), sum(self.numbers[cell] for cell in beyond), MARGIN_COST
            )
            self._tie(both, beyond)
            self._tie(both, [self.cell(plan, (fine, key)) for key in overseas])

    def _missing(self, plan: PublicationPlan, result: Result) -> None:
        for region, form, n in missing_of(result):
            self._add(self.cell(plan, ("région", region), ("forme", form), measure="missing"), n, 0)
        for name in ("région", "forme"):
            groups: dict[str, list[Cell]] = {}
            for cell in [cell for cell in self.numbers if cell.measure == "missing" and len(cell.classes) == 2]:
                groups.setdefault(dict(cell.classes)[name], []).append(cell)
            for key, parts in groups.items():
                total = sum(self.numbers[part] for part in parts)
                self._tie(self._add(self.cell(plan, (name, key), measure="missing"), total, MARGIN_COST), parts)
            if groups:
                everything = self._add(
                    self.cell(plan, measure="missing"),
                    sum(self.numbers[self.cell(plan, (name, key), measure="missing")] for key in groups),
                    HEADLINE_COST,
                )
                self._tie(everything, [self.cell(plan, (name, key), measure="missing") for key in groups])


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
    grid = next((grid for grid in result.grids if grid.code == "missing"), None)
    counts: dict[tuple[str, str], int] = {}
    for region, form, _, n, *_ in grid.rows if grid else ():
        counts[(region, form)] = counts.get((region, form), 0) + n
    return [(region, form, n) for (region, form), n in sorted(counts.items())]


def hidden_cells(new: Cells, before: Iterable[tuple[Cells, set[Cell]]]) -> set[Cell]:
    """Return the cells of a report that must not be shown, given the cells and the hidden cells of earlier releases.

    Raises `DisclosureError` when what was published already tells a small number.
    """
    return hide(network_of(new, before)) & new.numbers.keys()


def network_of(new: Cells, before: Iterable[tuple[Cells, set[Cell]]]) -> Network[Cell]:
    """Return the new cells among all those that were published before, which nothing hides any more."""
    network: Network[Cell] = Network()
    periods = []
    for old, hidden in before:
        old.set_apart(network.numbers)
        for cell, number in old.numbers.items():
            network.add(cell, number)
            (network.hidden if cell in hidden else network.fixed).add(cell)
        _sums(network, old)
        periods.append((old.report.period.first, old.report.period.last))
    network.fixed -= network.hidden
    new.set_apart(network.numbers)
    for cell, number in new.numbers.items():
        network.add(cell, number, cost=new.costs[cell])
    _sums(network, new)
    _between(network, {*periods, (new.report.period.first, new.report.period.last)})
    return network


def _sums(network: Network[Cell], cells: Cells) -> None:
    for total, parts in cells.sums:
        if network.numbers[total] == sum(network.numbers[part] for part in parts):
            network.tie(total, parts)


def _between(network: Network[Cell], days: set[tuple[dt.date, dt.date]]) -> None:
    """Tie each period to those that it contains: what remains follows by subtraction."""
    families: dict[tuple, dict[tuple, Cell]] = {}
    for cell in list(network.numbers):
        if (cell.first, cell.last) in days:
            families.setdefault((cell.measure, cell.origin, cell.classes), {})[(cell.first, cell.last)] = cell
    for family in families.values():
        for one, other in combinations(family.values(), 2):
            small, large = sorted((one, other), key=lambda cell: cell.last - cell.first)
            if large.first <= small.first and small.last <= large.last:
                _rest(network, small, large)


def _rest(network: Network[Cell], small: Cell, large: Cell) -> None:
    remainder = network.numbers[large] - network.numbers[small]
    if remainder < 0:
        return
    day = dt.timedelta(days=1)
    if small.first == large.first:
        first, last = small.last + day, large.last
    elif small.last == large.last:
        first, last = large.first, small.first - day
    else:
        # Both ends remain: their days are told by the two of them together.
        first, last = large.first, large.last
    classes = large.classes if (small.first, small.last) != (first, last) else small.classes
    rest = Cell(large.measure, first, last, large.origin, classes)
    if small.first != large.first and small.last != large.last:
        rest = Cell(f"{large.measure} sauf {small.first}/{small.last}", first, last, large.origin, classes)
    if rest not in network.numbers:
        network.add(rest, remainder)
        network.unpublished.add(rest)
    if network.numbers[rest] == remainder:
        network.tie(large, [small, rest])
