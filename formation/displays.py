"""What a projector shows of a session: the half-day, how many are expected and how many are there. No name."""

import datetime as dt
import uuid
from typing import Any

import segno
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe

from cms.access.displays import display_view_register
from formation.enums import Period, SessionState, Status
from formation.models import Attendance, Enrolment, HalfDay, Session
from formation.selectors import sessions_run

NOON = 13
"""Hour from which the half-day shown is that of the afternoon."""
THERE = (Status.PRESENT, Status.LEFT_EARLY)


def register() -> None:
    display_view_register(
        "attendance",
        label="présences d’une session",
        template="formation/display.html",
        context=attendance_board,
        may_open=may_open,
        hours=12,
        refresh_seconds=30,
    )


def may_open(session_id: uuid.UUID | None) -> bool:
    """Who runs the session, as long as it stands."""
    return (
        session_id is not None and sessions_run().exclude(state=SessionState.CANCELLED).filter(pk=session_id).exists()
    )


def attendance_board(session_id: uuid.UUID | None, at: dt.datetime | None = None) -> dict[str, Any]:
    session = Session.objects.get(pk=session_id)
    half_day = half_day_now(list(session.half_days.order_by("day", "-period")), timezone.localtime(at))
    expected = Enrolment.objects.live().filter(session=session)
    marked = Attendance.objects.filter(enrolment__in=expected, half_day=half_day)
    counts = {"expected": expected.count(), "there": marked.filter(status__in=THERE).count()}
    address = f"{settings.WAGTAILADMIN_BASE_URL}{reverse('formation:session', args=[session.pk])}"
    code = segno.make(address, error="m").svg_inline(omitsize=True, title="Adresse de la session")
    return counts | {
        "title": session.title,
        "module": session.module_code,
        "half_day": half_day,
        "left": counts["expected"] - marked.count(),
        "code": mark_safe(code),  # noqa: S308  drawn here, from an address of ours
    }


def half_day_now(half_days: list[HalfDay], now: dt.datetime) -> HalfDay | None:
    """The half-day under way, else the next one, else the last."""
    period = Period.MORNING if now.hour < NOON else Period.AFTERNOON
    rank = {Period.MORNING: 0, Period.AFTERNOON: 1}
    coming = [row for row in half_days if (row.day, rank[Period(row.period)]) >= (now.date(), rank[period])]
    ordered = sorted(coming or half_days, key=lambda row: (row.day, rank[Period(row.period)]))
    return (ordered[0] if coming else ordered[-1]) if ordered else None
