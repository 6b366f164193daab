"""Somebody with every release on the table and a solver. It reads the published data alone, by its own model, and
imports nothing of what protects: a mistake of one is not a mistake of the other.

What it knows: the published definitions (what is an event, a person, a state; which classes make up a coarser one;
what decision and outcome have to do with each other), that a zero is always shown, and how days nest.
"""

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np

from tests.dashboards.reporting.releases.reading import (
    FINER,
    KEPT,
    PERSONS,
    SLIDES,
    STATES,
    Class,
    Sheet,
    Span,
    apart_of,
    coarse_of,
    missing_of,
    sheet_of,
)


@dataclass(frozen=True)
class Finding:
    """A number that is not printed: `begins` is the first day since when persons are chosen."""

    measure: str
    begins: dt.date | None
    span: Span
    what: Class
    least: float
    most: float
    is_cell: bool


class Attack:
    """One measure over every release. Unknowns: how many of each class fall in each stretch of days that any printed
    bound cuts; persons once for each first day since when they are chosen.
    """

    def __init__(
        self, measure: str, sheets: Sequence[Sheet], *, is_person: bool = False, is_state: bool = False
    ) -> None:
        self.measure, self.sheets, self.is_person, self.is_state = measure, list(sheets), is_person, is_state
        self.columns: dict[Any, int] = {}
        self.rows: list[tuple[dict[int, float], float, float]] = []
        self.asked: list[tuple[Any, dict[int, float], bool]] = []
        days = {day for sheet in self.sheets for span, _ in sheet.cells for day in span}
        cuts = sorted(days)
        self.stretches = list(zip(cuts, cuts[1:], strict=False))
        self.classes: dict[Any, dict[tuple[str, ...], dict[Class, None]]] = {}
        for sheet in self.sheets:
            for _, what in sheet.cells:
                named = tuple(cut for cut, _ in what)
                self.classes.setdefault(self.begins(sheet), {}).setdefault(named, {})[what] = None
        for sheet in self.sheets:
            self.read(sheet)
        for begins in self.classes:
            self.add_up(begins)
        for sheet in self.sheets:
            self.add_up_sliding(sheet)
        if self.is_person:
            self.returning()
        self.follow()

    def begins(self, sheet: Sheet) -> Any:
        return sheet.span[1] if self.is_state else sheet.span[0] if self.is_person else None

    def inside(self, span: Span) -> list[Span]:
        return [one for one in self.stretches if span[0] <= one[0] and one[1] <= span[1]]

    def slides(self, what: Class) -> bool:
        return any((self.measure, cut) in SLIDES for cut, _ in what)

    def column(self, key: Any) -> int:
        return self.columns.setdefault(key, len(self.columns))

    def sum_of(self, sheet: Sheet, span: Span, what: Class) -> dict[int, float]:
        begins = self.begins(sheet)
        if self.is_state:
            return {self.column((begins, what)): 1.0}
        if self.slides(what):
            return {self.column((begins, sheet.span, what)): 1.0}
        return {self.column((begins, one, what)): 1.0 for one in self.inside(span)}

    def read(self, sheet: Sheet) -> None:
        """Every number that is printed, and the zero of every class that another release has and this one has not."""
        told = dict(sheet.cells)
        for named in sheet.cuts:
            for what in self.classes[self.begins(sheet)].get(named, ()):
                told.setdefault((sheet.span, what), 0)
        for (span, what), value in told.items():
            total = self.sum_of(sheet, span, what)
            if value is None:
                self.rows.append((total, 1.0, math.inf))
                self.asked.append(((self.begins(sheet), span, what), total, True))
            else:
                self.rows.append((total, value, value))
        whole = sheet.cells[(sheet.span, ())]
        for share, value in sheet.shares.items():
            if whole is None:
                continue
            part = self.sum_of(sheet, sheet.span, (("share", share),))
            low, high = math.ceil(whole * (value - 0.005) - 1e-9), math.floor(whole * (value + 0.005) + 1e-9)
            self.rows.append((part, max(0, low), min(whole, high)))
            for one in self.inside(sheet.span):
                self.difference(
                    {self.column((self.begins(sheet), one, (("share", share),))): 1.0},
                    {self.column((self.begins(sheet), one, ())): 1.0},
                    at_most=True,
                )

    def difference(self, one: dict[int, float], other: dict[int, float], *, at_most: bool = False) -> None:
        row = dict(one)
        for place, value in other.items():
            row[place] = row.get(place, 0.0) - value
        self.rows.append((row, -math.inf if at_most else 0.0, 0.0))

    def told_over(self, begins: Any, one: Any, named: tuple[str, ...]) -> bool:
        return any(
            self.begins(sheet) == begins and named in sheet.cuts and (self.is_state or one in self.inside(sheet.span))
            for sheet in self.sheets
        )

    def add_up(self, begins: Any) -> None:
        spots = [None] if self.is_state else self.stretches
        for spot in spots:

            def at(what: Class, spot: Any = spot) -> dict[int, float]:
                return {self.column((begins, what) if self.is_state else (begins, spot, what)): 1.0}

            for named, classes in self.classes[begins].items():
                if (
                    not named
                    or self.slides(tuple((cut, "") for cut in named))
                    or not self.told_over(begins, spot, named)
                ):
                    continue
                if len(named) == 1:
                    self.difference(at(()), _all(at(what) for what in classes))
                    continue
                for cut in named:
                    for key in {dict(what)[cut] for what in classes}:
                        parts = _all(at(what) for what in classes if dict(what)[cut] == key)
                        self.difference(at(((cut, key),)), parts)
            for cut, fine in FINER.items():
                if self.told_over(begins, spot, (cut,)) and self.told_over(begins, spot, (fine,)):
                    self.join(begins, cut, fine, at)

    def join(self, begins: Any, cut: str, fine: str, at: Any) -> None:
        groups: dict[str, dict[int, float]] = {}
        for what in self.classes[begins][(fine,)]:
            groups.setdefault(coarse_of(cut, what[0][1]), {}).update(at(what))
        wholes: dict[str, dict[int, float]] = {}
        for what in self.classes[begins][(cut,)]:
            key = "*" if "*" in groups and what[0][1] in ("drom", "com") else what[0][1]
            wholes.setdefault(key, {}).update(at(what))
        for key in groups.keys() | wholes.keys():
            self.difference(wholes.get(key, {}), groups.get(key, {}))

    def add_up_sliding(self, sheet: Sheet) -> None:
        """Inside one release: outcomes and what was decided; two-way tables with outcomes."""
        begins = self.begins(sheet)
        for named in sheet.cuts:
            classes = self.classes[begins][named]
            if not self.slides(tuple((cut, "") for cut in named)):
                continue
            if len(named) == 1:
                self.difference(
                    self.sum_of(sheet, sheet.span, ()), _all(self.sum_of(sheet, sheet.span, what) for what in classes)
                )
                continue
            for cut in named:
                for key in {dict(what)[cut] for what in classes}:
                    parts = _all(self.sum_of(sheet, sheet.span, what) for what in classes if dict(what)[cut] == key)
                    self.difference(self.sum_of(sheet, sheet.span, ((cut, key),)), parts)
        if self.measure == "I2" and ("by_decision",) in sheet.cuts and ("by_outcome",) in sheet.cuts:
            for decision, outcomes in (
                ("decision:DROIT-COMMUN", ("ordinary",)),
                ("decision:RESEAU", ("accepted", "pending", "unsolved")),
            ):
                sides = [
                    _all(
                        self.sum_of(sheet, sheet.span, ((cut, key),))
                        for key in keys
                        if ((cut, key),) in self.classes[begins][(cut,)]
                    )
                    for cut, keys in (("by_decision", (decision,)), ("by_outcome", outcomes))
                ]
                self.difference(*sides)
            accepted = (("by_outcome", "accepted"),)
            for other in self.sheets:
                if self.begins(other) == begins and other.span[1] > sheet.span[1] and ("by_outcome",) in other.cuts:
                    short, long = (self.sum_of(one, one.span, accepted) for one in (sheet, other))
                    self.difference(short, long, at_most=True)

    def returning(self) -> None:
        """Persons chosen since two days: the first event since the earlier one is also the first since the later one,
        and whoever came back had come in between.
        """
        ends = {
            begins: max(sheet.span[1] for sheet in self.sheets if sheet.span[0] == begins) for begins in self.classes
        }
        for early in ends:
            for late in ends:
                if not early < late:
                    continue
                both = self.inside((late, min(ends[early], ends[late])))
                came = self.inside((early, late)) if ends[early] >= late else []
                for named in {(), *self.classes[early]} & {(), *self.classes[late]}:
                    if self.slides(tuple((cut, "") for cut in named)):
                        continue
                    for what in self.classes[early].get(named, {}).keys() | self.classes[late].get(named, {}).keys():
                        self.compare(early, late, both, came, what)

    def compare(self, early: Any, late: Any, both: list[Span], came: list[Span], what: Class) -> None:
        named = tuple(cut for cut, _ in what)
        known = [
            one for one in both if not named or all(self.told_over(begins, one, named) for begins in (early, late))
        ]
        for one in known:
            self.difference(
                {self.column((early, one, what)): 1.0}, {self.column((late, one, what)): 1.0}, at_most=True
            )
        if known != both or not both or (named and (named[0] not in KEPT or len(named) > 1)):
            return
        if named and not all(self.told_over(early, one, named) for one in came):
            return
        since = _all({self.column((late, one, what)): 1.0} for one in both)
        before = _all({self.column((early, one, what)): 1.0} for one in (*both, *came))
        self.difference(since, before, at_most=True)

    def follow(self) -> None:
        """What follows by subtraction: every run of stretches that the printed spans make up."""
        if self.is_state:
            return
        for begins, tables in self.classes.items():
            own = [sheet for sheet in self.sheets if self.begins(sheet) == begins]
            for named, classes in tables.items():
                if self.slides(tuple((cut, "") for cut in named)):
                    continue
                spans = [span for sheet in own for span, what in sheet.cells if not what] if not named else []
                spans += [sheet.span for sheet in own if named in sheet.cuts]
                for run in self.runs(spans):
                    for what in classes:
                        total = _all({self.column((begins, one, what)): 1.0} for one in self.inside(run))
                        self.asked.append(((begins, run, what), total, False))
            if any(sheet.shares for sheet in own):
                self.follow_shares(begins, [sheet for sheet in own if sheet.shares])

    def follow_shares(self, begins: Any, own: Sequence[Sheet]) -> None:
        for run in (*self.runs([sheet.span for sheet in own]), *(sheet.span for sheet in own)):
            for sign in (1.0, -1.0):
                part = _all({self.column((begins, one, (("share", "off"),))): sign} for one in self.inside(run))
                rest = {} if sign > 0 else _all({self.column((begins, one, ())): 1.0} for one in self.inside(run))
                key = (begins, run, (("share", "off" if sign > 0 else "rest"),))
                self.asked.append((key, part | rest, False))

    def runs(self, spans: Iterable[Span]) -> list[Span]:
        spans = list(dict.fromkeys(spans))
        matrix = np.array([[float(one in self.inside(span)) for one in self.stretches] for span in spans])
        found = []
        for start, (first, _) in enumerate(self.stretches):
            for end, (_, last) in list(enumerate(self.stretches))[start:]:
                wanted = np.array([float(start <= place <= end) for place in range(len(self.stretches))])
                if (first, last) in spans or not len(spans):
                    continue
                if np.linalg.matrix_rank(np.vstack([matrix, wanted])) == np.linalg.matrix_rank(matrix):
                    found.append((first, last))
        return found

    def findings(self, enough: float) -> list[Finding]:
        """The least and the most of each number, asked no further once they are wider apart than `enough`."""
        solver, found = _Solver(len(self.columns), self.rows), []
        for (begins, span, what), total, is_cell in self.asked:
            least, most = solver.ends(total, enough)
            found.append(Finding(self.measure, begins, span, what, least, most, is_cell))
        return found


def _all(parts: Iterable[dict[int, float]]) -> dict[int, float]:
    total: dict[int, float] = {}
    for part in parts:
        for place, value in part.items():
            total[place] = total.get(place, 0.0) + value
    return total


class _Solver:
    def __init__(self, width: int, rows: Sequence[tuple[dict[int, float], float, float]]) -> None:
        self.model = highspy.Highs()
        self.model.setOptionValue("output_flag", False)
        self.model.setOptionValue("threads", 1)
        self.width = width
        self.seen: list[Any] = []
        for _ in range(width):
            self.model.addVar(0.0, 1e5)
        for row, low, high in rows:
            ends = [end if math.isfinite(end) else math.copysign(highspy.kHighsInf, end) for end in (low, high)]
            places = [place for place, value in row.items() if value]
            self.model.addRow(*ends, len(places), places, [row[place] for place in places])

    def ends(self, total: dict[int, float], enough: float) -> tuple[float, float]:
        places, weights = np.array(list(total), dtype=int), np.array(list(total.values()))
        if self.seen:
            known = np.array([point[places] @ weights for point in self.seen])
            if known.max() - known.min() >= enough:
                return float(known.min()), float(known.max())
        found = []
        for sense in (highspy.ObjSense.kMinimize, highspy.ObjSense.kMaximize):
            self.model.changeObjectiveSense(sense)
            for place, weight in total.items():
                self.model.changeColCost(place, weight)
            self.model.run()
            if self.model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
                self.model.clearSolver()  # begun from the answer before, it may lose its way
                self.model.run()
            status = self.model.getModelStatus()
            assert status == highspy.HighsModelStatus.kOptimal, f"the attacker's model is wrong: {status}"
            point = np.array(self.model.getSolution().col_value)
            self.seen.append(point)
            found.append(float(point[places] @ weights))
            for place in total:
                self.model.changeColCost(place, 0.0)
        return found[0], found[1]


APART_EVENTS = ("I1.young", "I1.advice", "I1.information", "I1.relance", "I6.participations")
APART_STATES = ("I3.stock", "I4.places", "I4.suspended", "I8.silent")


def attacks(contents: Sequence[dict[str, Any]]) -> Iterable[Attack]:
    """One attack a measure, over all the releases."""
    for code in ("I1", "I2", "I3", "I4", "I6", "I8"):
        sheets = [sheet for content in contents if (sheet := sheet_of(content, code))]
        yield Attack(code, sheets, is_person=code in PERSONS, is_state=code in STATES)
    if needs := [sheet for content in contents if (sheet := missing_of(content))]:
        yield Attack("missing", needs)
    for code in (*APART_EVENTS, *APART_STATES):
        if sheets := [sheet for content in contents if (sheet := apart_of(content, code))]:
            yield Attack(code, sheets, is_state=code in APART_STATES)
