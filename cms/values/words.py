"""How a screen and a protocol say the delays that degrees of urgency promise."""

import re

from cms.kit.words import NBSP
from cms.values.models import Value

PROMISE = re.compile(r"\{(réponse|lieu):(\w+)\}")
KEYS = {"réponse": "answer_within_minutes", "lieu": "place_within_minutes"}

HOUR, DAY = 60, 24 * 60


def length_words(minutes: int) -> str:
    """Return a length of time as a promise says it: « 30 minutes », « 4 heures », « 48 heures », « 7 jours »."""
    if minutes % DAY == 0 and minutes > 2 * DAY:
        return f"{minutes // DAY}{NBSP}jours"
    if minutes % HOUR == 0:
        hours = minutes // HOUR
        return f"{hours}{NBSP}heure{'s' if hours > 1 else ''}"
    return f"{minutes}{NBSP}minutes"


def promise_words(urgency: Value, key: str = "answer_within_minutes") -> str:
    """Return the delay that a degree of urgency promises; empty when it promises none.

    The minutes of the list « Degrés d’urgence » are the one source: form, receipt, board and protocol read them.
    """
    minutes = urgency.extra.get(key)
    return length_words(minutes) if minutes else ""


def promises_fill(text: str) -> str:
    """Return a text with its promises: « {réponse:U0} » is the delay of the first answer, « {lieu:U0} » of a place.

    A degree that promises nothing, or that is not in the list, is left as it is written: its author sees it.
    """
    if not PROMISE.search(text):
        return text
    degrees = {value.code: value for value in Value.objects.of_list("urgence")}

    def said(match: re.Match[str]) -> str:
        degree = degrees.get(match[2])
        return (promise_words(degree, KEYS[match[1]]) if degree else "") or match[0]

    return PROMISE.sub(said, text)
