"""The programme of one measure: all that was published of it, held together with what is prepared.

Days are cut at the first and last days of the releases. An unknown is a number of events of one piece; of persons, of
those whose first event since the origin falls in the piece. What is published is a sum of unknowns.
"""

import datetime as dt
from collections.abc import Hashable, Iterable, Mapping, Sequence
from math import ceil, floor

import numpy as np

from dashboards.reporting.releases.rules.cells import FAR, Cell, Counts, Days, Keys, Origin
from dashboards.reporting.releases.rules.intervals import Piece, intervals
from dashboards.reporting.releases.rules.plan import BOTH, COARSER, Kind
from dashboards.reporting.releases.rules.programme import Number, Programme, State, is_small

DAY = dt.timedelta(days=1)
CROSS, LINE, APART, HEADLINE = 1.0, 6.0, 30.0, 400.0
"""What hiding a number costs the reader: of a two-way table, of a line, beside the headline, the headline itself."""
HALF_PERCENT = 0.005
TOLERANCE = 1e-6

Details = Mapping[str, Mapping[str, str]]
"""By name of a detail of the lists of values: the class of each value."""


NEW = -1
"""Place of the release that is prepared, the others being numbered."""


class Joint:
    """The programme of one measure."""

    def __init__(self, new: Counts, before: Sequence[tuple[Counts, frozenset[Cell]]], details: Details) -> None:
        self.plan, self.kind, self.details = new.plan, new.kind, details
        self.releases: dict[int, Counts] = {at: counts for at, (counts, _) in enumerate(before)}
        self.hidden = [hidden for _, hidden in before]
        self.releases[NEW] = new
        self.programme = Programme()
        self.pieces, self.fine = self._cut_days()
        self.keys = self._keys()
        self._numbers()
        for origin, piece in self._places():
            self._sums(origin, piece)
        for at in self.releases:
            self._followed_sums(at)
        if self.kind is Kind.PERSONS:
            self._growing()
            self._origins()
        self._remainders()

    # Days

    def _cut_days(self) -> tuple[list[Piece], dict[Piece, list[Piece]]]:
        """Return the pieces between the days of the releases, and the parts of each at the months that are told."""
        if self.kind is Kind.STATE:
            days = sorted({counts.period[1] for counts in self.releases.values()})
            return list(days), {day: [day] for day in days}
        ends = {end for counts in self.releases.values() for end in _ends(counts.period)}
        months = {end for counts in self.releases.values() for days in counts.months for end in _ends(days)}
        bounds, finer = sorted(ends), sorted(ends | months)
        pieces = list(zip(bounds, bounds[1:], strict=False))
        parts = list(zip(finer, finer[1:], strict=False))
        return list(pieces), {
            piece: [part for part in parts if piece[0] <= part[0] and part[1] <= piece[1]] for piece in pieces
        }

    def span(self, at: int) -> list[Piece]:
        """Return the pieces of a release."""
        period = self.releases[at].period
        if self.kind is Kind.STATE:
            return [period[1]]
        first, end = _ends(period)
        return [piece for piece in self.pieces if first <= piece[0] and piece[1] <= end]  # type: ignore[index]

    def _places(self) -> list[tuple[Origin, Piece]]:
        found = {(self.releases[at].origin, piece): None for at in self.releases for piece in self.span(at)}
        return list(found)

    def _covering(self, origin: Origin, piece: Piece, cuts: Keys) -> bool:
        """Return whether a release of this origin tells a table of these cuts over a piece."""
        return any(
            counts.origin == origin and cuts in counts.tables and piece in self.span(at)
            for at, counts in self.releases.items()
        )

    def _keys(self) -> dict[tuple[Origin, Keys], list[Keys]]:
        """Return every class of each table that any release tells: what another one leaves out is zero there."""
        found: dict[tuple[Origin, Keys], dict[Keys, None]] = {}
        for counts in self.releases.values():
            for cuts, lines in counts.tables.items():
                found.setdefault((counts.origin, cuts), {}).update(dict.fromkeys(lines))
        return {place: list(lines) for place, lines in found.items()}

    # Unknowns

    def total(self, origin: Origin, piece: Piece) -> list[int]:
        return [self.programme.unknown((origin, part, ())) for part in self.fine[piece]]

    def one(self, origin: Origin, piece: Piece, cuts: Keys, keys: Keys) -> int:
        return self.programme.unknown((origin, piece, cuts, keys))

    def is_followed(self, cuts: Keys) -> bool:
        return any(cut in self.plan.followed for cut in cuts)

    def parts(self, at: int, cuts: Keys, keys: Keys) -> list[int]:
        """Return the unknowns whose sum a release tells for a class."""
        origin = self.releases[at].origin
        if self.is_followed(cuts):
            return [self.programme.unknown((origin, ("release", at), cuts, keys))]
        return [self.one(origin, piece, cuts, keys) for piece in self.span(at)]

    def all_of(self, at: int) -> list[int]:
        origin = self.releases[at].origin
        return [unknown for piece in self.span(at) for unknown in self.total(origin, piece)]

    # Numbers

    def _numbers(self) -> None:
        for at, counts in self.releases.items():
            cost = HEADLINE if counts.measure == counts.plan.measure else APART
            self._add(at, counts.cell(), self.all_of(at), counts.n, cost, counts.reach)
            for days, n in counts.months.items():
                first, end = _ends(days)
                inside = [
                    self.programme.unknown((counts.origin, part, ()))
                    for parts in self.fine.values()
                    for part in parts
                    if first <= part[0] and part[1] <= end  # type: ignore[index]
                ]
                self._add(at, counts.month(days), inside, n, LINE)
            for cuts, lines in counts.tables.items():
                for keys in self.keys[(counts.origin, cuts)]:
                    cost = CROSS if len(cuts) > 1 else LINE
                    self._add(at, counts.cell(cuts, keys), self.parts(at, cuts, keys), lines.get(keys, 0), cost)
            for code, (part, value) in counts.shares.items():
                self._share(at, code, part, value)

    def _add(
        self, at: int, cell: Cell, parts: Sequence[int], n: int, cost: float, reach: tuple[int, int] = (1, FAR)
    ) -> None:
        state = State.FREE if at == NEW else State.HIDDEN if cell in self.hidden[at] else State.SHOWN
        self.programme.numbers[(at, cell)] = Number(
            tuple(parts),
            n,
            state,
            n,
            n,
            cost,
            least=reach[0],
            most=reach[1],
            is_small=is_small(n),
            is_old=at != NEW,
        )

    def _share(self, at: int, code: str, part: int, value: float) -> None:
        """Add a share as the number of its part, which it tells within a few; the other side follows."""
        counts = self.releases[at]
        n, cuts, keys = counts.n, ("share",), (code,)
        low = max(0, ceil(n * (value - HALF_PERCENT) - TOLERANCE))
        high = min(n, floor(n * (value + HALF_PERCENT) + TOLERANCE))
        parts = [self.one(counts.origin, piece, cuts, keys) for piece in self.span(at)]
        self.programme.numbers[(at, counts.share(code))] = Number(
            tuple(parts),
            part,
            State.FREE if at == NEW else State.SHOWN,
            min(low, part),
            max(high, part),
            APART,
            least=0,
            is_small=is_small(part) or is_small(n - part),
            is_old=at != NEW,
        )

    # Rows

    def _sums(self, origin: Origin, piece: Piece) -> None:
        total = self.total(origin, piece)
        for (where, cuts), lines in self.keys.items():
            if where != origin or self.is_followed(cuts) or not self._covering(origin, piece, cuts):
                continue
            if len(cuts) == 1:
                self.programme.tie(total, [self.one(origin, piece, cuts, keys) for keys in lines])
                continue
            for place, cut in enumerate(cuts):
                for key in dict.fromkeys(keys[place] for keys in lines):
                    inside = [self.one(origin, piece, cuts, keys) for keys in lines if keys[place] == key]
                    self.programme.tie([self.one(origin, piece, (cut,), (key,))], inside)
        self._coarser(origin, piece)
        self._share_sums(origin, piece)
        for tie in self.plan.ties or ():
            sides = [[self._class(origin, piece, one) for one in side] for side in (tie.whole, tie.parts)]
            if all(one is not None for side in sides for one in side):
                self.programme.tie(*([place for one in side for place in one or ()] for side in sides))

    def _class(self, origin: Origin, piece: Piece, one: tuple[str, str]) -> list[int] | None:
        """Return the unknown of a class over a piece: none when nobody is in it, None when nothing tells it there."""
        cuts, keys = (one[0],), (one[1],)
        if self.is_followed(cuts) or not self._covering(origin, piece, cuts):
            return None
        return [self.one(origin, piece, cuts, keys)] if keys in self.keys[(origin, cuts)] else []

    def _share_sums(self, origin: Origin, piece: Piece) -> None:
        for code in self.plan.shares:
            if any(
                code in counts.shares and counts.origin == origin and piece in self.span(at)
                for at, counts in self.releases.items()
            ):
                self.programme.bound([self.one(origin, piece, ("share",), (code,))], self.total(origin, piece))

    def _coarser(self, origin: Origin, piece: Piece) -> None:
        """Tie each class of a coarser cut to those of the finer one, in one release or in several."""
        for rule in COARSER:
            cuts, fine = (rule.code,), (rule.fine,)
            if not (self._covering(origin, piece, cuts) and self._covering(origin, piece, fine)):
                continue
            details = self.details.get(rule.detail)
            if rule.detail and details is None:
                continue
            groups: dict[str, list[int]] = {}
            for keys in self.keys[(origin, fine)]:
                groups.setdefault(rule.class_of(keys[0], details), []).append(self.one(origin, piece, fine, keys))
            wholes = {keys[0]: [self.one(origin, piece, cuts, keys)] for keys in self.keys[(origin, cuts)]}
            if BOTH in groups:
                wholes[BOTH] = [place for key in BOTH.split("+") for place in wholes.pop(key, [])]
            for key in sorted(wholes.keys() | groups.keys()):
                self.programme.tie(wholes.get(key, []), groups.get(key, []))

    def _followed_sums(self, at: int) -> None:
        """Tie classes that depend on the period, inside their own release."""
        counts = self.releases[at]
        for cuts in (cuts for cuts in counts.tables if self.is_followed(cuts)):
            lines = self.keys[(counts.origin, cuts)]
            if len(cuts) == 1:
                self.programme.tie(self.all_of(at), self._places_of(at, cuts, lines))
                continue
            for place, cut in enumerate(cuts):
                for key in dict.fromkeys(keys[place] for keys in lines):
                    inside = self._places_of(at, cuts, [keys for keys in lines if keys[place] == key])
                    self.programme.tie(self.parts(at, (cut,), (key,)), inside)
        for tie in self.plan.ties or ():
            named = {one[0] for one in (*tie.whole, *tie.parts)}
            if self.is_followed(tuple(named)) and all((cut,) in counts.tables for cut in named):
                sides = (
                    [place for cut, key in side for place in self._places_of(at, (cut,), [(key,)])]
                    for side in (tie.whole, tie.parts)
                )
                self.programme.tie(*sides)

    def _places_of(self, at: int, cuts: Keys, lines: Iterable[Keys]) -> list[int]:
        known = self.keys[(self.releases[at].origin, cuts)]
        return [place for keys in lines if keys in known for place in self.parts(at, cuts, keys)]

    def _growing(self) -> None:
        """Nobody leaves some classes when the period grows from the same first day."""
        for cut, key in self.plan.growing:
            told = [at for at, counts in self.releases.items() if (cut,) in counts.tables]
            for short in told:
                for long in told:
                    one, other = self.releases[short].period, self.releases[long].period
                    if one[0] == other[0] and one[1] < other[1]:
                        sides = [self._places_of(at, (cut,), [(key,)]) for at in (short, long)]
                        self.programme.bound(*sides)

    def _origins(self) -> None:
        """Tie persons counted since two first days: who comes for the first time since the earlier one does so since
        the later one as well; who comes back since the later one came in between.
        """
        origins = sorted({counts.origin for counts in self.releases.values() if counts.origin})
        reach = {
            origin: [piece for where, piece in self._places() if where == origin and piece in self.pieces]
            for origin in origins
        }
        for place, early in enumerate(origins):
            for late in origins[place + 1 :]:
                both = [piece for piece in reach[late] if piece in reach[early]]
                between = [piece for piece in reach[early] if piece[1] <= late]  # type: ignore[index]
                if both:
                    self._two_origins(early, late, both, between)

    def _two_origins(self, early: Origin, late: Origin, both: list[Piece], between: list[Piece]) -> None:
        groups: list[Keys | None] = [None]
        groups += [cuts for where, cuts in self.keys if where == early and (late, cuts) in self.keys]
        for cuts in groups:
            if cuts and self.is_followed(cuts):
                continue
            lines = dict.fromkeys(self.keys[(early, cuts)] + self.keys[(late, cuts)]) if cuts else {(): None}
            for keys in lines:
                self._come_back(early, late, both, between, cuts, keys)

    def _come_back(
        self,
        early: Origin,
        late: Origin,
        both: list[Piece],
        between: list[Piece],
        cuts: Keys | None,
        keys: Keys,
    ) -> None:
        def places(origin: Origin, piece: Piece) -> list[int] | None:
            if cuts is None:
                return self.total(origin, piece)
            if not self._covering(origin, piece, cuts):
                return None
            return [self.one(origin, piece, cuts, keys)] if keys in self.keys[(origin, cuts)] else []

        since_late = [places(late, piece) for piece in both]
        since_early = [places(early, piece) for piece in both]
        for one, other in zip(since_early, since_late, strict=True):
            for few, many in zip(one or (), other or (), strict=False):
                self.programme.bound([few], [many])
        came = [places(early, piece) for piece in between]
        if (cuts is None or cuts[0] in self.plan.lasting and len(cuts) == 1) and not any(
            one is None for one in (*since_late, *since_early, *came)
        ):
            self.programme.bound(_all_of(since_late), [*_all_of(since_early), *_all_of(came)])

    # What follows

    def _remainders(self) -> None:
        """Add what is printed nowhere but follows by subtraction, when it is small."""
        for origin in dict.fromkeys(counts.origin for counts in self.releases.values()):
            own = [at for at, counts in self.releases.items() if counts.origin == origin]
            if self.kind is not Kind.STATE:
                self._remainders_of_total(origin, own)
            self._share_remainders(origin, own)
            if self.kind is Kind.STATE:
                continue
            for (where, cuts), lines in self.keys.items():
                if where == origin and not self.is_followed(cuts):
                    told = [at for at in own if cuts in self.releases[at].tables]
                    spans = [(self.span(at), at != NEW) for at in told]
                    for inside, weights, is_old in intervals(self.pieces, spans):
                        for keys in lines:
                            numbers = [self.releases[at].tables[cuts].get(keys, 0) for at in told]
                            places = [self.one(origin, piece, cuts, keys) for piece in inside]
                            self._follows(
                                (origin, cuts, keys, inside[0], len(inside)), places, numbers, weights, is_old
                            )

    def _remainders_of_total(self, origin: Origin, own: Sequence[int]) -> None:
        parts = [part for piece in self.pieces for part in self.fine[piece]]
        spans, numbers = [], []
        for at in own:
            counts = self.releases[at]
            for days, n in ((counts.period, counts.n), *counts.months.items()):
                first, end = _ends(days)
                spans.append(
                    ([part for part in parts if first <= part[0] and part[1] <= end], at != NEW)  # type: ignore[index]
                )
                numbers.append(n)
        for inside, weights, is_old in intervals(parts, spans):
            places = [self.programme.unknown((origin, part, ())) for part in inside]
            self._follows((origin, (), (), inside[0], len(inside)), places, numbers, weights, is_old)

    def _share_remainders(self, origin: Origin, own: Sequence[int]) -> None:
        """Hold what a share leaves in what it does not count, and both sides of what follows of it."""
        for code in self.plan.shares:
            told = [at for at in own if code in self.releases[at].shares]
            spans = [(self.span(at), at != NEW) for at in told]
            sides = [self.releases[at].shares[code][0] for at in told]
            others = [self.releases[at].n - side for at, side in zip(told, sides, strict=True)]
            for inside, weights, is_old in intervals(self.pieces, spans, with_own=True):
                places = [self.one(origin, piece, ("share",), (code,)) for piece in inside]
                n, rest = (round(float(np.dot(weights, numbers))) for numbers in (sides, others))
                if is_small(n) or is_small(rest):
                    key = (origin, "share", code, inside[0], len(inside))
                    self.programme.numbers[("follows", key)] = Number(
                        tuple(places), n, State.NEVER, n, n, is_small=True, is_old=is_old
                    )

    def _follows(
        self, key: Hashable, places: Sequence[int], numbers: Sequence[int], weights: np.ndarray, is_old: bool
    ) -> None:
        n = round(float(np.dot(weights, numbers)))
        if is_small(n):
            number = Number(tuple(places), n, State.NEVER, n, n, is_small=True, is_old=is_old)
            self.programme.numbers[("follows", key)] = number


def _ends(days: Days) -> Days:
    return days[0], days[1] + DAY


def _all_of(groups: Iterable[list[int] | None]) -> list[int]:
    return [place for group in groups for place in group or ()]
