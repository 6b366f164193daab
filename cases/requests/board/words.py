"""Words of the board: delays and states."""

import datetime as dt
from dataclasses import dataclass

from cases.enums import Nature, SollicitationState
from cases.requests.models import Sollicitation
from cases.requests.shelter.words import shelter_words
from cms.kit.words import NBSP, clock_words


def elapsed(time: dt.timedelta) -> str:
    """Return a length of time: « 40 min », « 2 h 10 », « 3 jours »."""
    minutes = max(0, int(time.total_seconds() // 60))
    if minutes < 60:
        return f"{minutes}{NBSP}min"
    if minutes < 48 * 60:
        return clock_words(*divmod(minutes, 60))
    return f"{minutes // (24 * 60)}{NBSP}jours"


@dataclass(frozen=True)
class Clock:
    """Where a request stands against its delay, in words; `tone` only repeats them."""

    words: str
    tone: str
    is_late: bool = False


def clock(row: Sollicitation, *, at: dt.datetime) -> Clock:
    """Return where a request stands, from `board_rows`: « Réponse : reste 18 min », then, until a place is obtained,
    « Lieu : en retard de 1 h 12 ».
    """
    if row.first_answered_at is None:
        return _running("Réponse", row.answer_by, at, without="Réponse à la date convenue")
    if row.placed_at:
        return Clock(f"Lieu trouvé en {elapsed(row.placed_at - row.received_at)}", "neutral")
    if row.nature_id == Nature.CARE:
        searching = f"Lieu cherché depuis {elapsed(at - row.received_at)}"
        return _running("Lieu", row.place_by, at, without=searching)
    time = elapsed(row.first_answered_at - row.received_at)
    is_late = bool(row.answer_by and row.first_answered_at > row.answer_by)
    return Clock(f"Répondu en {time}{', hors délai' if is_late else ''}", "neutral")


def _running(name: str, by: dt.datetime | None, at: dt.datetime, *, without: str) -> Clock:
    if by is None:
        return Clock(without, "neutral")
    if by < at:
        return Clock(f"{name} : en retard de {elapsed(at - by)}", "danger", is_late=True)
    return Clock(f"{name} : reste {elapsed(by - at)}", "warning" if by - at < dt.timedelta(minutes=30) else "info")


def waiting_words(row: Sollicitation, *, at: dt.datetime) -> str:
    """Return where the minor waits for a place; empty when nobody said, or once a place is obtained."""
    if row.placed_at or not row.shelter_until:
        return ""
    return shelter_words(row.shelter_until, row.shelter_kind or "", at)


def state_words(row: Sollicitation) -> str:
    state = SollicitationState(row.state).label.capitalize()
    return f"{state}, suivie par {row.taken_by}" if row.taken_by else state
