"""The linear programme behind the masking: one model of HiGHS, never built again while numbers are hidden."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np

from dashboards.reporting.releases.rules.programme import Programme

TOLERANCE = 1e-6
MISCOUNT = 3.0
"""What it costs to leave a published number, beside a row or a sign: corrections are sought in the rows first."""
REACH = 1000.0
"""Weight of the number that is pushed, beside the cost of what moves with it."""


@dataclass(frozen=True)
class Truth:
    """Values of the unknowns that agree best with the true numbers, and what each row then misses.

    A correction between two closings, or a row that breaks a rule, leaves a gap. Whoever reads is assumed to know it.
    """

    unknowns: Any
    equal: Any
    at_most: Any
    numbers: Any


@dataclass(frozen=True)
class Found:
    numbers: Any
    moved: tuple[int, ...]
    cost: float


def truth_of(programme: Programme) -> Truth:
    """Return values of the unknowns at the true numbers, with as few gaps as can be."""
    width = len(programme.unknowns)
    table = _Table(width)
    table.upper = [highspy.kHighsInf] * width
    table.split = {column: table.column(0.0, highspy.kHighsInf, 1.0) for column in range(width)}
    for row in programme.equal:
        table.row(row, 0.0, 0.0, [(table.column(0.0, highspy.kHighsInf, 1.0), sign) for sign in (1.0, -1.0)])
    for row in programme.at_most:
        table.row(row, -highspy.kHighsInf, 0.0, [(table.column(0.0, highspy.kHighsInf, 1.0), -1.0)])
    for one in programme.numbers.values():
        slack = [(table.column(0.0, highspy.kHighsInf, MISCOUNT), sign) for sign in (1.0, -1.0)]
        table.row(dict.fromkeys(one.parts, 1.0), one.n, one.n, slack)
    model = table.model()
    _run(model)
    values = np.array(model.getSolution().col_value)
    unknowns = values[:width] - np.array([values[table.split[column]] for column in range(width)])
    unknowns[np.abs(unknowns) < TOLERANCE] = 0.0

    def sums(rows: Iterable[Mapping[int, float]]) -> Any:
        found = np.array([sum(unknowns[place] * value for place, value in row.items()) for row in rows])
        return np.where(np.abs(found) < TOLERANCE, 0.0, found) if len(found) else found

    told = np.array([one.n for one in programme.numbers.values()])
    made = sums(dict.fromkeys(one.parts, 1.0) for one in programme.numbers.values())
    gaps = told - made if len(told) else told
    return Truth(unknowns, sums(programme.equal), sums(programme.at_most), np.where(np.abs(gaps) < TOLERANCE, 0, gaps))


class _Table:
    """Columns and rows of a programme, before the solver takes them."""

    def __init__(self, width: int) -> None:
        self.lower, self.upper, self.costs = [0.0] * width, [0.0] * width, [0.0] * width
        self.starts, self.places, self.values = [0], list[int](), list[float]()
        self.least, self.most = list[float](), list[float]()
        self.split: dict[int, int] = {}

    def column(self, lower: float, upper: float, cost: float = 0.0) -> int:
        self.lower.append(lower)
        self.upper.append(upper)
        self.costs.append(cost)
        return len(self.lower) - 1

    def row(self, row: Mapping[int, float], least: float, most: float, more: Sequence[tuple[int, float]] = ()) -> None:
        for place, value in row.items():
            self.places.append(place)
            self.values.append(value)
            if place in self.split:
                self.places.append(self.split[place])
                self.values.append(-value)
        for place, value in more:
            self.places.append(place)
            self.values.append(value)
        self.starts.append(len(self.places))
        self.least.append(least)
        self.most.append(most)

    def model(self) -> highspy.Highs:
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(self.lower), len(self.least)
        lp.col_cost_ = np.array(self.costs, dtype=np.double)
        lp.col_lower_, lp.col_upper_ = np.array(self.lower, dtype=np.double), np.array(self.upper, dtype=np.double)
        lp.row_lower_, lp.row_upper_ = np.array(self.least, dtype=np.double), np.array(self.most, dtype=np.double)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.array(self.starts, dtype=np.int32)
        lp.a_matrix_.index_ = np.array(self.places, dtype=np.int32)
        lp.a_matrix_.value_ = np.array(self.values, dtype=np.double)
        model = highspy.Highs()
        model.setOptionValue("output_flag", False)
        model.setOptionValue("threads", 1)
        model.passModel(lp)
        return model


def _run(model: highspy.Highs, *, is_feasible: bool = False) -> bool:
    """Solve, and return whether there is a solution; asked again when there must be one, since the truth is. Raises
    `RuntimeError` when the solver gives up.
    """
    model.run()
    status = model.getModelStatus()
    if status == highspy.HighsModelStatus.kOptimal:
        return True
    if status == highspy.HighsModelStatus.kInfeasible and not is_feasible:
        return False
    model.clearSolver()  # begun from the solution before, it may lose its way; from scratch it does not
    model.run()
    status = model.getModelStatus()
    if status not in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kInfeasible):
        raise RuntimeError(f"the solver gave up: {status}")
    return bool(status == highspy.HighsModelStatus.kOptimal)


class Solver:
    """What numbers may be, for a reader who knows the rows and what is shown.

    Each number that may be shown has two deviations, from where it is shown: closed, it stays there; open, it moves
    for a cost.
    """

    def __init__(
        self,
        programme: Programme,
        truth: Truth,
        limits: Sequence[tuple[float, float]],
        showable: Mapping[int, float],
        without: Iterable[int] = (),
    ) -> None:
        self.first = len(programme.unknowns)
        self.limits = list(limits)
        self.numbers = len(programme.numbers)
        dropped = set(without)
        table = _Table(self.first)
        for column in range(self.first):
            table.lower[column], table.upper[column] = min(0.0, truth.unknowns[column]), highspy.kHighsInf
        for at, (low, high) in enumerate(limits):
            table.column(*((-highspy.kHighsInf, highspy.kHighsInf) if at in dropped else (low, high)))
        for row, offset in zip(programme.equal, truth.equal, strict=True):
            table.row(row, offset, offset)
        for row, offset in zip(programme.at_most, truth.at_most, strict=True):
            table.row(row, -highspy.kHighsInf, max(0.0, offset))
        for at, (one, gap) in enumerate(zip(programme.numbers.values(), truth.numbers, strict=True)):
            table.row(dict.fromkeys(one.parts, -1.0) | {self.first + at: 1.0}, gap, gap)
        self.deviations: dict[int, tuple[int, int]] = {}
        self.costs = dict(showable)
        self.reach = {at: high - low for at, (low, high) in enumerate(limits)}
        shown = list(programme.numbers.values())
        for at in showable:
            pair = table.column(0.0, self.reach[at]), table.column(0.0, self.reach[at])
            self.deviations[at] = pair
            table.row({self.first + at: 1.0}, shown[at].low, shown[at].high, [(pair[0], -1.0), (pair[1], 1.0)])
        self.model = table.model()

    def close(self) -> None:
        for at in self.costs:
            for column in self.deviations[at]:
                self.model.changeColBounds(column, 0.0, 0.0)

    def open(self) -> None:
        for at, cost in self.costs.items():
            for column in self.deviations[at]:
                self.model.changeColBounds(column, 0.0, self.reach[at])
                self.model.changeColCost(column, cost)

    def free(self, at: int) -> None:
        """Let a number move at no cost: it is hidden."""
        if self.costs.pop(at, None) is not None:
            for column in self.deviations[at]:
                self.model.changeColCost(column, 0.0)

    def best(self, signs: Mapping[int, float]) -> Any:
        """Return every number, where those of `signs` are pushed up (1) or down (-1) together."""
        for at, sign in signs.items():
            self.model.changeColCost(self.first + at, -sign)
        if not _run(self.model, is_feasible=True):
            raise RuntimeError("what was published agrees with nothing")
        for at in signs:
            self.model.changeColCost(self.first + at, 0.0)
        return self._values()[0]

    def cheapest(self, at: int, low: float | None, high: float | None) -> Found | None:
        """Return the cheapest way to bring a number over `low`, or under `high`; None when there is none."""
        least, most = self.limits[at]
        wanted = (least if low is None else low), (most if high is None else high)
        if wanted[0] > wanted[1]:
            return None
        self.model.changeColBounds(self.first + at, *wanted)
        found = self._found() if _run(self.model) else None
        self.model.changeColBounds(self.first + at, least, most)
        return found

    def furthest(self, at: int, sign: float) -> Found:
        """Return how far a number goes down (-1) or up (1), whatever moves with it."""
        weight = REACH * (1.0 + sum(self.costs.values()))
        self.model.changeColCost(self.first + at, -sign * weight)
        if not _run(self.model, is_feasible=True):
            raise RuntimeError("what was published agrees with nothing")
        found = self._found()
        self.model.changeColCost(self.first + at, 0.0)
        return found

    def _found(self) -> Found:
        numbers, values = self._values()
        moves = {at: sum(values[column] for column in self.deviations[at]) for at in self.costs}
        moved = tuple(at for at, move in moves.items() if move > TOLERANCE)
        return Found(numbers, moved, sum(self.costs[at] * moves[at] for at in moved))

    def _values(self) -> tuple[Any, Any]:
        values = np.array(self.model.getSolution().col_value)
        return values[self.first : self.first + self.numbers], values
