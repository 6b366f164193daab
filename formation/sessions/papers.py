"""The dates of one session as a calendar file: one event a half-day, in universal time, right on every clock."""

import datetime as dt

from django.utils import timezone

from formation.enums import SessionState
from formation.sessions.models.sessions import HalfDay, Session

WIDTH = 73
"""Bytes of a line before it is folded; the standard allows 75, with the space of what follows."""


def session_calendar(session: Session) -> bytes:
    """Write the dates as iCalendar (RFC 5545).

    A postponed session replaces its dates: each event keeps its UID, and its SEQUENCE grows.
    """
    is_over = session.state == SessionState.CANCELLED
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Havre//Formation//FR",
        f"METHOD:{'CANCEL' if is_over else 'PUBLISH'}",
    ]
    for number, half_day in enumerate(session.half_days.all(), 1):
        lines += _event(session, half_day, number, is_over=is_over)
    return "".join(_folded(line) for line in [*lines, "END:VCALENDAR"]).encode()


def _event(session: Session, half_day: HalfDay, number: int, *, is_over: bool) -> list[str]:
    place = "À distance" if session.is_remote else session.venue
    return [
        "BEGIN:VEVENT",
        # Of its rank in the session and not of the row: dates that change keep the event.
        f"UID:{session.pk}-{number}@havre.invalid",
        f"SEQUENCE:{session.sequence + is_over}",
        f"DTSTAMP:{_moment(timezone.now())}",
        f"DTSTART:{_moment(half_day.begins_at)}",
        f"DTEND:{_moment(half_day.ends_at)}",
        f"SUMMARY:{_text(f'Formation {session.module_code}, {half_day.get_period_display()}')}",
        *([f"LOCATION:{_text(place)}"] if place else []),
        f"STATUS:{'CANCELLED' if is_over else 'CONFIRMED'}",
        "END:VEVENT",
    ]


def _moment(at: dt.datetime) -> str:
    return f"{at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    for sign, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n"), ("\r", "")):
        words = words.replace(sign, escaped)
    return words


def _folded(line: str) -> str:
    """Fold a line at `WIDTH` bytes, never inside a character."""
    parts, current = [], ""
    for letter in line:
        if len((current + letter).encode()) > WIDTH:
            parts.append(current)
            current = ""
        current += letter
    return "\r\n ".join([*parts, current]) + "\r\n"
