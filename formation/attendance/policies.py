"""When presences are signed and corrected, and by whom. Row security holds the same rules in the database."""

import datetime as dt

from django.utils import timezone

from formation.common.policies import runs_all_sessions
from formation.enums import SessionState
from formation.sessions.models.sessions import HalfDay

CORRECTION = dt.timedelta(hours=48)
"""A sheet of attendance is proof: it closes two days after each presence was recorded."""


def can_correct_late() -> bool:
    return runs_all_sessions()


def is_locked(recorded_at: dt.datetime, at: dt.datetime | None = None) -> bool:
    return (at or timezone.now()) - recorded_at > CORRECTION


def signing_state_at(half_day: HalfDay, at: dt.datetime, margins: tuple[int, int], *, is_countersigned: bool) -> str:
    """`open`, `early`, `late` or `closed`: whether signatures are taken. `margins`: minutes before and after."""
    before, after = (dt.timedelta(minutes=minutes) for minutes in margins)
    if half_day.session.state != SessionState.PLANNED or is_countersigned:
        return "closed"
    if at < half_day.begins_at - before:
        return "early"
    return "late" if at > half_day.ends_at + after else "open"
