"""Masking of a release beside all that was published: measure by measure, since they share no exact sum."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from typing import cast

from dashboards.reporting.releases.rules.cells import Cell, Cells, Counts, Days, TableName
from dashboards.reporting.releases.rules.masking import protect
from dashboards.reporting.releases.rules.together import Details, Joint


@dataclass(frozen=True)
class Told:
    """An earlier release, as readers know it: its cells, and those that it hid."""

    cells: Cells
    hidden: frozenset[Cell]

    @property
    def period(self) -> Days:
        return self.cells.report.period.first, self.cells.report.period.last


@dataclass
class Masked:
    """What a release hides, and the tables that it leaves out since nothing could hide what they tell."""

    cells: Cells
    hidden: set[Cell]
    withheld: list[TableName] = field(default_factory=list)


def masked(new: Cells, before: Sequence[Told], details: Details | None = None) -> Masked:
    """Return what a release must hide so that, beside all that was published, it tells no small number."""
    found = Masked(new, set())
    beside = _beside((new.report.period.first, new.report.period.last), before)
    for measure in list(new.counts):
        _mask_measure(found, measure, beside, details or {})
    return found


def _mask_measure(found: Masked, measure: str, beside: Sequence[Told], details: Details) -> None:
    while True:
        counts = found.cells.counts.get(measure)
        if counts is None:
            return
        told = [(one.cells.counts[measure], one.hidden) for one in beside if measure in one.cells.counts]
        joint = Joint(counts, told, details)
        outcome = protect(joint.programme)
        if not outcome.held:
            found.hidden |= {cell for _, cell in cast(set[tuple[str, Cell]], outcome.hidden)}
            return
        names = [(counts.plan.code, _to_leave_out(counts, outcome.held[0]))]
        found.withheld += names
        found.cells = found.cells.without(names)


def _beside(days: Days, before: Sequence[Told]) -> list[Told]:
    """Return the releases whose days meet those of the new one, directly or through others: the rest tells nothing."""
    first, last = days
    beside = [one for one in before if one.period[0] <= last and first <= one.period[1]]
    reach = min([first, *(one.period[0] for one in beside)]), max([last, *(one.period[1] for one in beside)])
    return beside if reach == days else _beside(reach, before)


def _to_leave_out(counts: Counts, held: Hashable) -> str:
    """Return the next table to leave out: a two-way one first, with the cuts of the number that is held; after all
    others the measure itself, whose zero would tell too much.
    """
    named = _cuts_of(held)
    left = [(len(cuts) < 2, not named & set(cuts), code) for cuts, code in counts.codes.items()]
    return min(left)[2] if left else counts.measure


def _cuts_of(held: Hashable) -> set[str]:
    """Return the cuts of a number that is printed, or of one that follows."""
    what = held[1] if isinstance(held, tuple) else None
    if isinstance(what, Cell):
        return {cut for cut, _ in what.classes}
    return set(what[1]) if isinstance(what, tuple) and isinstance(what[1], tuple) else set()
