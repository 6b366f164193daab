"""Words of the board: delays and states."""

import datetime as dt
from dataclasses import dataclass

from cases.enums import SollicitationState
from cases.requests.models import Sollicitation


def elapsed(time: dt.timedelta) -> str:
    """Return a length of time: « 40 min », « 2 h 10 », « 3 jours »."""
    minutes = max(0, int(time.total_seconds() // 60))
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 48 * 60:
        return f"{minutes // 60} h {minutes % 60:02d}"
    return f"{minutes // (24 * 60)} jours"


@dataclass(frozen=True)
class Clock:
    """Where a request stands against its delay, in words; `tone` only repeats them."""

    words: str
    tone: str
    is_late: bool = False


def clock(row: Sollicitation, *, at: dt.datetime) -> Clock:
    """Return « En retard de 12 min », « Reste 18 min », « Répondu en 9 min ». `row` comes from `board_rows`."""
    if row.first_answered_at:
        time = elapsed(row.first_answered_at - row.received_at)
        is_late = bool(row.answer_by and row.first_answered_at > row.answer_by)
        return Clock(f"Répondu en {time}{', hors délai' if is_late else ''}", "neutral")
    if row.answer_by is None:
        return Clock("À la date convenue", "neutral")
    if row.answer_by < at:
        return Clock(f"En retard de {elapsed(at - row.answer_by)}", "danger", is_late=True)
    remaining = row.answer_by - at
    return Clock(f"Reste {elapsed(remaining)}", "warning" if remaining < dt.timedelta(minutes=30) else "info")


def state_words(row: Sollicitation) -> str:
    state = SollicitationState(row.state).label.capitalize()
    return f"{state}, suivie par {row.taken_by}" if row.taken_by else state
