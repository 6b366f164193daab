"""Closed periods, and what changed in their figures since."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser

from cms.documents.versions.rules.canonical import content_hash
from cms.users.models import User
from dashboards.figures.selectors.report import counted_ids, every_counted_id, figures_for, report
from dashboards.indicators.rules.formats import french_number
from dashboards.indicators.rules.plain import result_of
from dashboards.indicators.rules.results import Result
from dashboards.periods import Period
from dashboards.policies import VIEW
from dashboards.reporting.periods.models import ClosedPeriod
from dashboards.reporting.periods.rules import cells_of, figures_of, freeze


@dataclass(frozen=True)
class CellMovement:
    """One number that is no longer the frozen one. `told`: the number of the latest revision, or the frozen one."""

    key: str
    words: str
    frozen: int | float
    now: int | float
    told: int | float

    @property
    def is_explained(self) -> bool:
        return self.now == self.told

    def __str__(self) -> str:
        return f"{self.words} : {french_number(self.frozen)} → {french_number(self.now)}"


@dataclass(frozen=True)
class FigureMovement:
    """What moved in a figure since it was frozen: rows that entered and left, numbers that a correction changed.
    Some of it is explained by revisions, the rest not yet.
    """

    code: str
    frozen: int
    added: tuple[str, ...]
    removed: tuple[str, ...]
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    """What no revision has told yet."""
    cells: tuple[CellMovement, ...] = ()

    @property
    def words(self) -> str:
        moved = sum(cell.now != cell.frozen for cell in self.cells)
        return signs(len(self.added), len(self.removed)) or corrected(moved)

    @property
    def unexplained(self) -> str:
        return signs(len(self.new), len(self.gone)) or corrected(len(self.unexplained_cells))

    @property
    def unexplained_cells(self) -> list[CellMovement]:
        return [cell for cell in self.cells if not cell.is_explained]

    @property
    def is_explained(self) -> bool:
        return not self.new and not self.gone and not self.unexplained_cells


def signs(added: int, removed: int) -> str:
    """Return `+2 / −1`, as a revision is written."""
    return " / ".join([*([f"+{added}"] if added else []), *([f"−{removed}"] if removed else [])])


def corrected(n: int) -> str:
    """Return `3 valeurs corrigées`: an attribute of counted rows changed, and no row entered or left."""
    return f"{n} valeur{'s' if n > 1 else ''} corrigée{'s' if n > 1 else ''}" if n else ""


def period_of(closed: ClosedPeriod) -> Period:
    return Period(closed.first, closed.last)


def movements_since(user: User | AnonymousUser, closed: ClosedPeriod) -> list[FigureMovement]:
    """List the indicators whose rows or numbers are no longer those that were counted."""
    period = period_of(closed)
    results = figures_for(user, period, right=VIEW).results
    return movements(closed, counted_ids(user, period), results)


def movements_now(closed: ClosedPeriod) -> list[FigureMovement]:
    """Return the same, for a check that already sees every row."""
    period = period_of(closed)
    return movements(closed, every_counted_id(period), report(period).results)


def movements(closed: ClosedPeriod, now: dict[str, list[str]], results: Mapping[str, Result]) -> list[FigureMovement]:
    explained: dict[str, set[str]] = {}
    told: dict[str, dict[str, int | float]] = {}
    for revision in closed.revisions.order_by("noted_at", "pk"):
        explained.setdefault(revision.code, set()).symmetric_difference_update([*revision.added, *revision.removed])
        told.setdefault(revision.code, {}).update(revision.cells)
    changes = []
    for row in closed.rows.order_by("code"):
        before, after = set(row.keys), set(now.get(row.code, ()))
        last = before ^ explained.get(row.code, set())
        moved = FigureMovement(
            row.code,
            len(before),
            tuple(sorted(after - before)),
            tuple(sorted(before - after)),
            tuple(sorted(after - last)),
            tuple(sorted(last - after)),
            _cells_moved(closed.content["results"][row.code], results[row.code], told.get(row.code, {})),
        )
        if moved.added or moved.removed or moved.cells:
            changes.append(moved)
    return changes


def _cells_moved(frozen: dict[str, Any], now: Result, told: Mapping[str, int | float]) -> tuple[CellMovement, ...]:
    """Return the numbers that are not the frozen ones, or not those last told. Numbers counted by another version of
    the definition are not compared: the rule moved, not the rows.
    """
    if frozen["definition"]["version"] != now.definition.version:
        return ()
    before, after = cells_of(result_of(frozen)), cells_of(now)
    moved = []
    for key in sorted(before.keys() | after.keys()):
        words = (after.get(key) or before[key]).words
        was, is_now = (cells[key].n if key in cells else 0 for cells in (before, after))
        if is_now != was or is_now != told.get(key, was):
            moved.append(CellMovement(key, words, was, is_now, told.get(key, was)))
    return tuple(moved)


def keys_hash(keys: Iterable[str]) -> str:
    return content_hash(sorted(keys))


def closed_periods() -> list[ClosedPeriod]:
    return list(ClosedPeriod.objects.select_related("asked_by", "agreed_by").defer("content"))


def same_figures(closed: ClosedPeriod) -> bool:
    """Return whether the figures of today are those that were frozen."""
    return figures_of(freeze(report(period_of(closed)))) == figures_of(closed.content)
