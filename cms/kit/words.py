"""What every screen says the same way: days and moments, and the actions of the journal, of which each app gives the
words in `ready()`.
"""

import datetime as dt
from collections.abc import Mapping

from django.utils import timezone

from cms.kit.templatetags.french import date

NBSP = "\u00a0"
"""No-break space: an hour or a number and its unit never stand on two lines."""
ENDINGS = {"read": "consultation", "export": "export de la liste", "refused": "accès refusé", "age": "âge recalculé"}
"""Actions that every kind of object knows."""

_words: dict[str, str] = {}


def actions_register(words: Mapping[str, str]) -> None:
    _words.update(words)


def action_words(action: str) -> str:
    """« séjour ouvert » for `cases.placement.open`; the code itself when no app has given its words."""
    return _words.get(action) or ENDINGS.get(action.rsplit(".", 1)[-1], action)


def day(value: dt.date | dt.datetime | None) -> str:
    """« 31/12/2026 »; of a moment, its day in Paris."""
    return f"{_local_day(value):%d/%m/%Y}" if value else ""


def day_long(value: dt.date | dt.datetime | None) -> str:
    """« 31 décembre 2026 », « 1er janvier 2027 »."""
    return date(_local_day(value), "j F Y") if value else ""


def month_long(value: dt.date) -> str:
    """« décembre 2026 »."""
    return date(value, "F Y")


def moment(value: dt.datetime | None) -> str:
    """« 31/12/2026 à 14:05 », in Paris."""
    return f"{timezone.localtime(value):%d/%m/%Y à %H:%M}" if value else ""


def hour(value: dt.datetime, *, now: dt.datetime | None = None) -> str:
    """« 23 h 40 », in Paris; « le 27 novembre à 2 h 40 » on another day than now. It follows « avant », « depuis »."""
    at, today = timezone.localtime(value), timezone.localdate(now)
    clock = clock_words(at.hour, at.minute)
    if at.date() == today:
        return clock
    return f"le {date(at, 'j F' if at.year == today.year else 'j F Y')} à {clock}"


def clock_words(hours: int, minutes: int, *, is_short: bool = False) -> str:
    """« 23 h 40 », of a clock or of a length of time; `is_short`: « 23 h » on the hour."""
    whole = f"{hours}{NBSP}h"
    return whole if is_short and not minutes else f"{whole}{NBSP}{minutes:02d}"


def day_iso(value: dt.date | None) -> str | None:
    """`2026-12-31`, as JSON holds a day."""
    return value.isoformat() if value else None


def _local_day(value: dt.date | dt.datetime) -> dt.date:
    return timezone.localdate(value) if isinstance(value, dt.datetime) else value
