"""What a projector shows of a session: the half-day, how many are expected and how many are there. No name."""

import datetime as dt
import uuid
from typing import Any

from django.utils import timezone

from cms.kit.addresses import address_of
from cms.sessions.displays import display_view_register
from formation.attendance.models import Attendance, Signature
from formation.attendance.rules import scan_seconds_left, scan_token, typed_code
from formation.attendance.services.signatures import signing_state
from formation.enums import SessionState, Status
from formation.sessions.models.sessions import Enrolment, HalfDay, Session
from formation.sessions.selectors import sessions_run

THERE = (Status.PRESENT, Status.LEFT_EARLY)


def register() -> None:
    display_view_register(
        "attendance",
        label="présences d’une session",
        template="formation/attendance/display.html",
        context=attendance_board,
        may_open=may_open,
        hours=12,
        refresh_seconds=30,
    )


def may_open(session_id: uuid.UUID | None) -> bool:
    """Tell whether the actor runs this session, which is not cancelled."""
    return (
        session_id is not None and sessions_run().exclude(state=SessionState.CANCELLED).filter(pk=session_id).exists()
    )


def attendance_board(session_id: uuid.UUID | None, at: dt.datetime | None = None) -> dict[str, Any]:
    if session_id is None:
        raise Session.DoesNotExist
    session = Session.objects.get(pk=session_id)
    at = at or timezone.now()
    half_day = half_day_now(list(session.half_days.order_by("begins_at")), at)
    expected = Enrolment.objects.live().filter(session=session)
    marked = Attendance.objects.filter(enrolment__in=expected, half_day=half_day)
    counts = {"expected": expected.count(), "there": marked.filter(status__in=THERE).count()}
    if half_day and signing_state(half_day, at) == "open":
        counts |= _codes(half_day, at)
    return counts | {
        "session": session,
        "title": session.title,
        "module": session.module_code,
        "half_day": half_day,
        "left": counts["expected"] - marked.count(),
    }


def _codes(half_day: HalfDay, at: dt.datetime) -> dict[str, Any]:
    """Return what the room scans or types; the screen reloads when the code changes."""
    token, typed = scan_token(half_day.pk, at), typed_code(half_day.pk, at)
    return {
        "scanned": token,
        "typed": f"{typed[:3]} {typed[3:]}",
        "typing": address_of("signing_short").partition("://")[2].rstrip("/"),
        "refresh_seconds": scan_seconds_left(at),
        "signed": Signature.objects.filter(half_day=half_day).count(),
    }


def half_day_now(half_days: list[HalfDay], now: dt.datetime) -> HalfDay | None:
    """Return the half-day under way, else the next one, else the last."""
    coming = [row for row in half_days if row.ends_at > now]
    return coming[0] if coming else half_days[-1] if half_days else None
