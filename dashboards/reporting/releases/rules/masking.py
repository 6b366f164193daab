"""Masking of small numbers, so that nobody can compute them from all that was ever published.

A number from 1 to 4 is hidden; then, as long as what is published holds a hidden number within fewer than four values,
the cheapest published numbers that let it move are hidden too. The reader knows every row of the programme, that no
unknown is negative, and that a zero is always shown, so that a hidden number is at least 1.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from dashboards.reporting.releases.rules.programme import Number, Programme, State
from dashboards.reporting.releases.rules.solver import Solver, truth_of

WIDTH = 3.0
"""A hidden number keeps at least so much between the least and the most that it can be: as wide as « de 1 à 4 »."""
TOLERANCE = 1e-6
ROOM = 60.0
"""How far a hidden number is let move: nothing is unbounded, and no answer needs more."""
PROBES = 6
HIDING_SLOPE = 40
"""A number so large costs twice as much to hide as a small one of the same kind."""


@dataclass(frozen=True)
class Outcome:
    hidden: frozenset[Hashable]
    """Of the numbers that may be shown, those that must not be."""
    held: tuple[Hashable, ...]
    """Numbers that nothing of the release can hide any more: it must say less."""


def protect(programme: Programme) -> Outcome:
    """Return what a release must hide, given all that was published."""
    return _Search(programme).run()


class _Search:
    """Look for numbers to hide. Each solution met is a witness: what readers hold for possible, that widens every
    hidden number that it moves. A witness stays good, since hidden numbers only grow.
    """

    def __init__(self, programme: Programme) -> None:
        self.programme = programme
        self.keys = list(programme.numbers)
        self.numbers = list(programme.numbers.values())
        self.truth = truth_of(programme)
        self.needs = [WIDTH] * len(self.numbers)
        self.eased: set[int] = set()
        self.hidden = {at for at, one in enumerate(self.numbers) if self._starts_hidden(one)}
        self.own = {at for at, one in enumerate(self.numbers) if one.state is State.FREE}
        self.solver = Solver(programme, self.truth, self._limits(), self._showable())
        now = np.array([float(one.n) for one in self.numbers])
        self.least, self.most = now.copy(), now.copy()
        self.witnesses = [now]

    def _starts_hidden(self, one: Number) -> bool:
        return one.state is State.HIDDEN or (one.state is State.FREE and one.is_small)

    def _showable(self) -> dict[int, float]:
        """Return what each number that may still be shown costs to hide."""
        return {
            at: self.numbers[at].cost * (1 + self.numbers[at].n / HIDING_SLOPE)
            for at in sorted(self.own - self.hidden)
            if self.numbers[at].n or self.numbers[at].low != self.numbers[at].high
        }

    def _limits(self) -> list[tuple[float, float]]:
        return [self._limit(at, one) for at, one in enumerate(self.numbers)]

    def _limit(self, at: int, one: Number) -> tuple[float, float]:
        if one.state is State.NEVER:
            return one.n - ROOM, one.n + ROOM
        if one.state is State.SHOWN or (one.state is State.FREE and one.n == one.low == one.high == 0):
            return one.low, one.high
        room = one.n + ROOM
        return min(one.least, one.n), room if one.most is None else min(room, max(one.most, one.n))

    def targets(self) -> list[int]:
        """Return what must be wide: all that is hidden, shares apart unless a side is small, and what follows."""
        return [
            at
            for at, one in enumerate(self.numbers)
            if (at in self.hidden and (one.least or one.is_small)) or (one.state is State.NEVER and one.is_small)
        ]

    def narrow(self) -> list[int]:
        return [at for at in self.targets() if self.most[at] - self.least[at] < self.needs[at] - TOLERANCE]

    def run(self) -> Outcome:
        self._probe()
        while narrow := self.narrow():
            at = narrow[0]
            if not self._widen(at) and not self._ease(at) and not self._push(at):
                return Outcome(frozenset(), (self.keys[at],))
        self._show_again()
        return Outcome(frozenset(self.keys[at] for at in self.hidden & self.own), ())

    def _probe(self) -> None:
        """Settle most numbers at once: push all that are narrow down, then up, with nothing more hidden."""
        self.solver.close()
        for turn in range(PROBES):
            narrow = self.narrow()
            if not narrow:
                break
            sign = 1.0 if turn % 2 else -1.0
            # Half of them one way and half the other, the third time: all of one sum cannot grow together.
            signs = {at: -sign if turn > 1 and place % 2 else sign for place, at in enumerate(narrow)}
            self._note(self.solver.best(signs))
        self.solver.open()

    def _widen(self, at: int) -> bool:
        """Let a number be wide at the least cost, hiding what moves with it. Return whether it can."""
        up = self.solver.cheapest(at, self.least[at] + self.needs[at], None)
        if up is None or up.cost > TOLERANCE:
            down = self.solver.cheapest(at, None, self.most[at] - self.needs[at])
            up = min((one for one in (up, down) if one is not None), key=lambda one: one.cost, default=None)
        if up is None:
            return False
        self._take(up.numbers, up.moved)
        return True

    def _ease(self, at: int) -> bool:
        """Ask no more of an old number than what the earlier releases left it."""
        is_corrected = bool(self.truth.numbers[at])
        if at in self.eased or not (self.numbers[at].is_old or is_corrected):
            return False
        self.eased.add(at)
        if is_corrected:  # another number of the same name, since a correction: nothing follows from one to the other
            self.needs[at] = 0.0
            return True
        before = Solver(self.programme, self.truth, self._limits(), {}, without=self.own)
        ends = [before.best({at: sign})[at] for sign in (-1.0, 1.0)]
        self.needs[at] = max(0.0, min(WIDTH, ends[1] - ends[0]) - TOLERANCE)
        return self.needs[at] < WIDTH - 2 * TOLERANCE

    def _push(self, at: int) -> bool:
        """Take a number as low, then as high, as everything hidden would let it. Return whether that is enough."""
        found = [self.solver.furthest(at, sign) for sign in (-1.0, 1.0)]
        if found[1].numbers[at] - found[0].numbers[at] < self.needs[at] - TOLERANCE:
            return False
        for one in found:
            self._take(one.numbers, one.moved)
        return True

    def _take(self, numbers: Any, moved: Iterable[int]) -> None:
        for at in moved:
            self.hidden.add(at)
            self.solver.free(at)
        self._note(numbers)

    def _note(self, numbers: Any) -> None:
        self.least, self.most = np.minimum(self.least, numbers), np.maximum(self.most, numbers)
        self.witnesses.append(numbers)

    def _show_again(self) -> None:
        """Show, dearest first, each number that was hidden for others, when the witnesses that leave it where it is
        still hold every one of them.
        """
        seen = np.array(self.witnesses)
        spare = [at for at in self.hidden & self.own if not self.numbers[at].is_small]
        for at in sorted(spare, key=lambda at: (-self.numbers[at].cost, -self.numbers[at].n, at)):
            one = self.numbers[at]
            kept = seen[(seen[:, at] >= one.low - TOLERANCE) & (seen[:, at] <= one.high + TOLERANCE)]
            others = [place for place in self.targets() if place != at]
            widths = kept[:, others].max(axis=0) - kept[:, others].min(axis=0)
            if (widths >= np.array([self.needs[place] for place in others]) - TOLERANCE).all():
                self.hidden.discard(at)
                seen = kept
