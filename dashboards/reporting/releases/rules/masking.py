"""Masking of small numbers, so that nobody can compute them from the others.

Cells are tied by sums: a total and its lines, two tables that share a line, two periods one inside the other. A cell
from 1 to 4 is hidden; then, as long as what is published holds a hidden cell within fewer than four values, the
cheapest published cell tied to it is hidden too. What can be held is worked out by linear programming over every sum,
with what the reader knows: no number is negative, and a zero is always shown, so a hidden cell is at least 1.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import highspy

SMALL = 4
"""The greatest number that is hidden for itself."""
WIDTH = 3
"""A hidden cell keeps at least so much between the least and the most that it can be: as wide as « de 1 à 4 »."""
TOLERANCE = 1e-6

Key = TypeVar("Key", bound=Hashable)


class DisclosureError(Exception):
    """What was published before already tells the number: no release may add to it."""


@dataclass(frozen=True)
class Sum(Generic[Key]):
    """`total` is the sum of `parts`."""

    total: Key
    parts: tuple[Key, ...]

    @property
    def cells(self) -> tuple[Key, ...]:
        return (self.total, *self.parts)


Ties = dict[Key, list[Sum[Key]]]
"""Of each cell, the sums that it is in."""


@dataclass
class Network(Generic[Key]):
    """Numbers and the sums that tie them.

    `fixed` were published before and are not hidden any more; `hidden` were not published; `unpublished` are never
    shown at all, but follow from sums, as what remains of a year once one half is known.
    """

    numbers: dict[Key, int] = field(default_factory=dict)
    sums: set[Sum[Key]] = field(default_factory=set)
    fixed: set[Key] = field(default_factory=set)
    hidden: set[Key] = field(default_factory=set)
    unpublished: set[Key] = field(default_factory=set)
    costs: dict[Key, int] = field(default_factory=dict)
    """What hiding a cell costs the reader; its own number when nothing is said."""

    def add(self, key: Key, number: int, *, cost: int | None = None) -> None:
        self.numbers.setdefault(key, number)
        if cost is not None:
            self.costs[key] = cost

    def tie(self, total: Key, parts: Iterable[Key]) -> None:
        """Say that `total` is the sum of `parts`. Raises `ValueError` when it is not."""
        one = Sum(total, tuple(sorted(parts, key=repr)))
        if self.numbers[total] != sum(self.numbers[part] for part in one.parts):
            raise ValueError(f"{total} is not the sum of its parts")
        self.sums.add(one)


def hide(network: Network[Key]) -> set[Key]:
    """Return every cell that must not be shown, those that never were among them. Raises `DisclosureError`."""
    hidden = set(network.hidden | network.unpublished)
    hidden |= {key for key, number in network.numbers.items() if 1 <= number <= SMALL and key not in network.fixed}
    ties: Ties[Key] = defaultdict(list)
    for one in network.sums:
        for key in one.cells:
            ties[key].append(one)
    safe: set[Key] = set()
    while True:
        held = _first_held(network, hidden, safe, ties)
        if held is None:
            return hidden - network.unpublished
        chosen = _cheapest(network, hidden, held, ties)
        hidden.add(chosen)
        group = component(chosen, hidden, ties)
        safe.difference_update(group)


def _first_held(network: Network[Key], hidden: set[Key], safe: set[Key], ties: Ties[Key]) -> Key | None:
    """Return a hidden cell that the published ones hold too closely; note in `safe` those that they do not."""
    for key in sorted(hidden - safe, key=repr):
        if key in safe:
            continue
        group = component(key, hidden, ties)
        wanted = [cell for cell in group if must_be_wide(network, cell)]
        tight = too_tight(network, group, wanted, ties)
        if tight is not None:
            return tight
        safe.update(group)
    return None


def must_be_wide(network: Network[Key], key: Key) -> bool:
    """Return whether a cell must stay wide: one never shown only if it is small, one hidden always."""
    return key not in network.unpublished or 1 <= network.numbers[key] <= SMALL


def component(start: Key, hidden: set[Key], ties: Ties[Key]) -> list[Key]:
    """Return the hidden cells that sums tie to `start`, directly or through others."""
    seen, waiting = {start}, [start]
    while waiting:
        for one in ties[waiting.pop()]:
            for key in one.cells:
                if key in hidden and key not in seen:
                    seen.add(key)
                    waiting.append(key)
    return sorted(seen, key=repr)


def too_tight(network: Network[Key], group: Sequence[Key], wanted: Sequence[Key], ties: Ties[Key]) -> Key | None:
    """Return the first of `wanted` whose least and most are closer than `WIDTH`, given all that is published."""
    solver = _Solver(network, group, {one for key in group for one in ties[key]})
    return next((key for key in wanted if not solver.is_wide(key)), None)


class _Solver(Generic[Key]):
    """What each hidden cell of a group can be. Every solution met narrows what is left to ask."""

    def __init__(self, network: Network[Key], group: Sequence[Key], sums: set[Sum[Key]]) -> None:
        self.places = {key: place for place, key in enumerate(group)}
        self.least = [float(network.numbers[key]) for key in group]
        self.most = list(self.least)
        self.model = highspy.Highs()
        self.model.setOptionValue("output_flag", False)
        self.model.setOptionValue("threads", 1)
        for key in group:
            self.model.addVar(0.0 if key in network.unpublished else 1.0, highspy.kHighsInf)
        for one in sorted(sums, key=repr):
            signs = dict.fromkeys(one.parts, 1.0) | {one.total: -1.0}
            unknown = [key for key in one.cells if key in self.places]
            known = -sum(signs[key] * network.numbers[key] for key in one.cells if key not in self.places)
            self.model.addRow(
                known, known, len(unknown), [self.places[key] for key in unknown], [signs[key] for key in unknown]
            )

    def is_wide(self, key: Key) -> bool:
        place = self.places[key]
        for sense in (highspy.ObjSense.kMinimize, highspy.ObjSense.kMaximize):
            if self.most[place] - self.least[place] >= WIDTH - TOLERANCE:
                return True
            self.model.changeColCost(place, 1.0)
            self.model.changeObjectiveSense(sense)
            # From scratch: begun from the solution before, an unbounded programme may end without saying so.
            self.model.clearSolver()
            self.model.run()
            status = self.model.getModelStatus()
            self.model.changeColCost(place, 0.0)
            if status in (highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible):
                return True
            if status != highspy.HighsModelStatus.kOptimal:
                raise RuntimeError(f"the solver gave up: {status}")
            for at, number in enumerate(self.model.getSolution().col_value):
                self.least[at] = min(self.least[at], number)
                self.most[at] = max(self.most[at], number)
        return self.most[place] - self.least[place] >= WIDTH - TOLERANCE


def _cheapest(network: Network[Key], hidden: set[Key], held: Key, ties: Ties[Key]) -> Key:
    """Return the cheapest published cell among those tied to a hidden cell of the same group, the nearest first.

    Zeros stay: a hidden cell that might be zero would say less than the rule promises.
    """
    near = [held]
    rest = [key for key in component(held, hidden, ties) if key != held]
    for around in (near, rest):
        candidates = {
            key
            for cell in around
            for one in ties[cell]
            for key in one.cells
            if key not in hidden and key not in network.fixed and network.numbers[key] > 0
        }
        if candidates:
            return min(candidates, key=lambda key: (network.costs.get(key, network.numbers[key]), repr(key)))
    raise DisclosureError(held)
