"""What readers know of numbers: unknowns, the rows that tie them, and the numbers that are published or follow."""

import enum
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field

SMALL = 4
"""The greatest number that is hidden for itself."""


def is_small(n: int) -> bool:
    return 1 <= n <= SMALL


class State(enum.Enum):
    FREE = "free"
    """Of the release that is prepared: shown unless it must be hidden."""
    SHOWN = "shown"
    HIDDEN = "hidden"
    NEVER = "never"
    """Printed nowhere, but it follows from what is."""


@dataclass(frozen=True)
class Number:
    """One number, the sum of `parts`. Shown, it tells the reader that it lies from `low` to `high`."""

    parts: tuple[int, ...]
    n: int
    state: State
    low: int
    high: int
    cost: float = 1.0
    least: int = 1
    most: int | None = None
    """What the reader knows of it when it is hidden."""
    is_small: bool = False
    """It must be held wide: as soon as it is hidden when it may be shown, always when it follows."""
    is_old: bool = False
    """It was published before, or follows from what was."""


Row = Mapping[int, float]
"""Coefficients of unknowns."""


@dataclass
class Programme:
    unknowns: dict[Hashable, int] = field(default_factory=dict)
    equal: list[Row] = field(default_factory=list)
    """Sums that are zero."""
    at_most: list[Row] = field(default_factory=list)
    """Sums that are zero at most."""
    numbers: dict[Hashable, Number] = field(default_factory=dict)

    def unknown(self, key: Hashable) -> int:
        return self.unknowns.setdefault(key, len(self.unknowns))

    def tie(self, whole: Iterable[int], parts: Iterable[int]) -> None:
        """Say that two sums are equal."""
        if row := _difference(whole, parts):
            self.equal.append(row)

    def bound(self, smaller: Iterable[int], larger: Iterable[int]) -> None:
        """Say that a sum is at most another."""
        if row := _difference(smaller, larger):
            self.at_most.append(row)


def _difference(one: Iterable[int], other: Iterable[int]) -> dict[int, float]:
    row: dict[int, float] = {}
    for places, sign in ((one, 1.0), (other, -1.0)):
        for place in places:
            row[place] = row.get(place, 0.0) + sign
    return {place: value for place, value in row.items() if value}
