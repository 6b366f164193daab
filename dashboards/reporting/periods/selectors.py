"""Closed periods, and what changed in their figures since."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from cms.documents.versions.rules.canonical import content_hash
from cms.users.models import User
from dashboards.figures.selectors.report import counted_ids, every_counted_id, report
from dashboards.periods import Period
from dashboards.policies import VIEW, figures_check
from dashboards.reporting.periods.models import ClosedPeriod
from dashboards.reporting.periods.rules import figures_of, freeze


@dataclass(frozen=True)
class FigureMovement:
    """Rows that entered and left a figure since it was frozen. `explained` by revisions, the rest not yet."""

    code: str
    frozen: int
    added: tuple[str, ...]
    removed: tuple[str, ...]
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    """What no revision has told yet."""

    @property
    def words(self) -> str:
        return signs(len(self.added), len(self.removed))

    @property
    def unexplained(self) -> str:
        return signs(len(self.new), len(self.gone))

    @property
    def is_explained(self) -> bool:
        return not self.new and not self.gone


def signs(added: int, removed: int) -> str:
    """Return `+2 / −1`, as a revision is written."""
    return " / ".join([*([f"+{added}"] if added else []), *([f"−{removed}"] if removed else [])])


def period_of(closed: ClosedPeriod) -> Period:
    return Period(closed.first, closed.last)


def movements_since(user: User | AnonymousUser, closed: ClosedPeriod) -> list[FigureMovement]:
    """List the indicators whose rows are no longer those that were counted."""
    figures_check(user, VIEW)
    return movements(closed, counted_ids(user, period_of(closed)))


def movements_now(closed: ClosedPeriod) -> list[FigureMovement]:
    """Return the same, for a check that already sees every row."""
    return movements(closed, every_counted_id(period_of(closed)))


def movements(closed: ClosedPeriod, now: dict[str, list[str]]) -> list[FigureMovement]:
    explained: dict[str, set[str]] = {}
    for revision in closed.revisions.all():
        explained.setdefault(revision.code, set()).symmetric_difference_update([*revision.added, *revision.removed])
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
        )
        if moved.added or moved.removed or not moved.is_explained:
            changes.append(moved)
    return changes


def keys_hash(keys: Iterable[str]) -> str:
    return content_hash(sorted(keys))


def period_closed(period: Period) -> ClosedPeriod | None:
    """Return the closed period of exactly these days."""
    return ClosedPeriod.objects.agreed().filter(first=period.first, last=period.last).first()


def closed_periods() -> list[ClosedPeriod]:
    return list(ClosedPeriod.objects.select_related("asked_by", "agreed_by").defer("content"))


def same_figures(closed: ClosedPeriod) -> bool:
    """Return whether the figures of today are those that were frozen."""
    return figures_of(freeze(report(period_of(closed)))) == figures_of(closed.content)
