"""Closed periods, what moved since, and what is published."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db.models import DateField, F, Value

from cms.documents.versions.rules.canonical import content_hash
from cms.files.models import Attachment
from cms.users.models import User
from dashboards.figures.selectors.report import counted_ids, every_counted_id
from dashboards.periods import Period
from dashboards.policies import VIEW, figures_check
from dashboards.reporting.enums import Side
from dashboards.reporting.models import ClosedPeriod, Committee, Release, StateQuestion

NOTHING_PUBLISHED = "Rien n’est encore publié : les chiffres d’une période le sont après sa clôture."


@dataclass(frozen=True)
class Moved:
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
    def untold(self) -> str:
        return signs(len(self.new), len(self.gone))

    @property
    def is_told(self) -> bool:
        return not self.new and not self.gone


def signs(added: int, removed: int) -> str:
    """`+2 / −1`, as a revision is written."""
    return " / ".join([*([f"+{added}"] if added else []), *([f"−{removed}"] if removed else [])])


def period_of(closed: ClosedPeriod) -> Period:
    return Period(closed.first, closed.last)


def moved_since(user: User | AnonymousUser, closed: ClosedPeriod) -> list[Moved]:
    """Indicators whose rows are no longer those that were counted."""
    figures_check(user, VIEW)
    return movements(closed, counted_ids(user, period_of(closed)))


def moved_now(closed: ClosedPeriod) -> list[Moved]:
    """The same, for a check that already sees every row."""
    return movements(closed, every_counted_id(period_of(closed)))


def movements(closed: ClosedPeriod, now: dict[str, list[str]]) -> list[Moved]:
    told: dict[str, set[str]] = {}
    for revision in closed.revisions.all():
        told.setdefault(revision.code, set()).symmetric_difference_update([*revision.added, *revision.removed])
    found = []
    for row in closed.rows.order_by("code"):
        before, after = set(row.keys), set(now.get(row.code, ()))
        last = before ^ told.get(row.code, set())
        moved = Moved(
            row.code,
            len(before),
            tuple(sorted(after - before)),
            tuple(sorted(before - after)),
            tuple(sorted(after - last)),
            tuple(sorted(last - after)),
        )
        if moved.added or moved.removed or not moved.is_told:
            found.append(moved)
    return found


def keys_hash(keys: Iterable[str]) -> str:
    return content_hash(sorted(keys))


def closed_periods() -> list[ClosedPeriod]:
    return list(ClosedPeriod.objects.select_related("asked_by", "agreed_by").defer("content"))


def committee_documents(pks: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[Attachment]]:
    """Documents shared on each of these committees, the latest first."""
    found: dict[uuid.UUID, list[Attachment]] = {}
    rows = Attachment.objects.filter(object_kind="committee", object_id__in=list(pks)).kept()
    for row in rows.order_by("-added_at"):
        found.setdefault(row.object_id, []).append(row)
    return found


def published() -> list[Release]:
    """Releases that the reader may see, the latest first."""
    return list(Release.objects.published().defer("content", "comments"))


def release_read(pk: uuid.UUID | None = None) -> Release | None:
    """One release, or the latest."""
    rows = Release.objects.published()
    return rows.filter(pk=pk).first() if pk else rows.first()


def release_of_trace(trace: str) -> Release | None:
    return Release.objects.published().filter(trace=trace.strip().upper()).first()


def release_dated(first: dt.date, last: dt.date) -> Release:
    """The release of these days. Raises `ValidationError` when they are not published, and says what is."""
    found = Release.objects.published().filter(first=first, last=last).first()
    if found:
        return found
    known = ", ".join(f"du {row.first:%d/%m/%Y} au {row.last:%d/%m/%Y}" for row in published())
    raise ValidationError(
        {"du": f"Cette période n’est pas publiée. Périodes publiées : {known}." if known else NOTHING_PUBLISHED}
    )


def questions() -> list[StateQuestion]:
    """Questions between the State and the coordination that the reader may see, those that wait first."""
    rows = StateQuestion.objects.select_related("partner", "asked_by", "answered_by")
    return sorted(rows, key=lambda row: (not row.is_open, row.due_on or dt.date.max, -row.asked_at.timestamp()))


def questions_due(side: Side) -> list[StateQuestion]:
    """Questions of the other side that wait for an answer, the most pressing first."""
    return [row for row in questions() if row.is_open and row.side != side]


def board_lines() -> list[dict[str, Any]]:
    """Questions of the State that wait for an answer, the most pressing first, then closings and releases that wait
    for a second person, in one query: `what`, `pk`, `title`, `who` asks and `due`.
    """
    columns = ("what", "pk", "title", "who", "due")
    asked = StateQuestion.objects.filter(answered_at=None, side=Side.STATE).annotate(
        what=Value("question"), title=F("subject"), who=F("partner__code_name"), due=F("due_on")
    )
    nothing = {"who": Value(""), "due": Value(None, output_field=DateField())}
    decisions = [
        model.objects.filter(agreed_at=None, dismissed_at=None).annotate(what=Value(what), **nothing)
        for model, what in ((ClosedPeriod, "period"), (Release, "release"))
    ]
    first, *others = (rows.order_by().values(*columns) for rows in (asked, *decisions))
    return sorted(
        first.union(*others, all=True), key=lambda row: (row["what"] != "question", row["due"] or dt.date.max)
    )


def committees() -> list[Committee]:
    return list(Committee.objects.all())
