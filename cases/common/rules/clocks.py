"""A clock that runs towards a moment: what is left, how much of the delay is used, and whether it is soon or late."""

import datetime as dt
from dataclasses import dataclass

from cms.kit.words import NBSP, clock_words

SOON = dt.timedelta(minutes=30)
LAST_QUARTER = 0.75
BAR_STEPS = 20
"""The bar of a clock grows by twentieths: each is a class, since no style is written in a page."""


@dataclass(frozen=True)
class Running:
    """`left` is what is left, or by how much it is late. `used` counts twentieths of the delay."""

    left: str
    tone: str
    used: int

    @property
    def is_late(self) -> bool:
        return self.tone == "late"


def running(due_at: dt.datetime, since: dt.datetime | None, now: dt.datetime) -> Running:
    """Return where a delay stands: soon in its last quarter, or under half an hour."""
    used = _used(due_at, since, now)
    if due_at < now:
        return Running(length(now - due_at), "late", BAR_STEPS)
    is_soon = due_at - now < SOON or used >= LAST_QUARTER * BAR_STEPS
    return Running(length(due_at - now), "soon" if is_soon else "", used)


def _used(due_at: dt.datetime, since: dt.datetime | None, now: dt.datetime) -> int:
    if since is None or due_at <= since:
        return 0
    share = (now - since) / (due_at - since)
    return max(1, min(BAR_STEPS, round(share * BAR_STEPS)))


def length(time: dt.timedelta) -> str:
    """Return « 26 min », « 2 h 06 », « 20 h », « 3 jours »: minutes under one hour, hours under two days."""
    minutes = max(0, int(time.total_seconds() // 60))
    if minutes < 60:
        return f"{minutes}{NBSP}min"
    hours, rest = divmod(minutes, 60)
    if hours < 10:
        return clock_words(hours, rest)
    return f"{hours}{NBSP}h" if hours < 48 else f"{hours // 24}{NBSP}jours"
