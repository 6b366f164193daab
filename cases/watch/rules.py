"""A row of the queue: who, what waits now, until when, and the one thing to do."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from django.utils import timezone

from cases.common.rules.clocks import running


class Kind(StrEnum):
    """What waits. The icon of the row and the order among rows that fall due together."""

    ANSWER = "answer"
    """A structure accepts: the minor may leave tonight."""
    NEAR = "near"
    """A minor stays too near a place to keep away from: late from the first minute, without a clock."""
    CALL = "call"
    REQUEST = "request"
    SEARCH = "search"
    CONDITION = "condition"
    SILENCE = "silence"
    MESSAGE = "message"
    INCIDENT = "incident"
    RUNAWAY = "runaway"
    VOICE = "voice"
    FRAME = "frame"
    SETTLING = "settling"


ICONS = {
    Kind.ANSWER: "check",
    Kind.NEAR: "warning",
    Kind.CALL: "mobile-alt",
    Kind.REQUEST: "mail",
    Kind.SEARCH: "search",
    Kind.CONDITION: "comment",
    Kind.SILENCE: "history",
    Kind.MESSAGE: "comment",
    Kind.INCIDENT: "warning",
    Kind.RUNAWAY: "warning",
    Kind.VOICE: "openquote",
    Kind.FRAME: "calendar-alt",
    Kind.SETTLING: "edit",
}


@dataclass(frozen=True)
class Act:
    """The one button of a row. `is_direct`: it is done at once, without a page in between."""

    label: str
    url: str
    is_direct: bool = False


@dataclass(frozen=True)
class Pill:
    label: str
    tone: str = ""


@dataclass(frozen=True)
class WatchRow:
    """`key` names the row in the page: it stays while the row waits. `since` is when the delay began to run."""

    key: str
    kind: Kind
    who: str
    reference: str
    url: str
    what: str
    act: Act
    where: str = ""
    pill: Pill | None = None
    due_at: dt.datetime | None = None
    since: dt.datetime | None = None
    case_id: uuid.UUID | None = None
    also: tuple["WatchRow", ...] = field(default=())
    """What else waits for the same minor."""

    @property
    def icon(self) -> str:
        return ICONS[self.kind]

    @property
    def is_accepted(self) -> bool:
        return self.kind is Kind.ANSWER

    @property
    def turn(self) -> int:
        """What comes before any clock: an acceptance, with or without a condition, then a minor who is too near."""
        return {Kind.ANSWER: 0, Kind.CONDITION: 0, Kind.NEAR: 1}.get(self.kind, 2)


@dataclass(frozen=True)
class RowClock:
    """`left` is what is left, or by how much it is late; `until` the hour. `used` counts twentieths of the delay."""

    left: str
    until: str
    tone: str
    used: int


def row_clock(row: WatchRow, now: dt.datetime, *, until: str) -> RowClock | None:
    """Return where a row stands against its delay; None when nothing was promised."""
    if row.due_at is None:
        return None
    clock = running(row.due_at, row.since, now)
    return RowClock(clock.left, "de retard" if clock.is_late else until, clock.tone, clock.used)


def rows_ordered(rows: Iterable[WatchRow]) -> list[WatchRow]:
    """Order rows by turn, then by the moment that falls due; one row for each minor."""
    far = dt.datetime.max.replace(tzinfo=dt.UTC)
    ordered = sorted(rows, key=lambda row: (row.turn, row.due_at or far))
    first: dict[object, WatchRow] = {}
    for row in ordered:
        name: object = row.case_id or row.key
        if name in first:
            first[name] = replace(first[name], also=(*first[name].also, row))
        else:
            first[name] = row
    return list(first.values())


def tomorrow_evening(now: dt.datetime) -> dt.datetime:
    """Return the end of tomorrow in Paris: what falls due later waits for another day."""
    return timezone.make_aware(dt.datetime.combine(timezone.localdate(now) + dt.timedelta(days=2), dt.time()))


def is_now(row: WatchRow, now: dt.datetime) -> bool:
    """Return whether a row belongs to « Maintenant »: before any clock, late, or due before the end of today."""
    if row.turn < 2 or row.due_at is None:
        return row.turn < 2
    return timezone.localdate(row.due_at) <= timezone.localdate(now)
