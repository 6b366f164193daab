"""What a party answered, in one line: who, when, how, what. The same for the convention and for the money."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from cases.arrival.enums import Reply, Way
from cases.common.services import past, past_day

CODED = ("reply", "answered_at", "way")
SEALED = ("said_by", "words")


@dataclass(frozen=True)
class Call:
    """An answer heard. `at`, or a day alone (`on`), when nobody noted the hour; now, otherwise."""

    way: Way = Way.ONLINE
    reply: Reply = Reply.AGREED
    at: dt.datetime | None = None
    on: dt.date | None = None
    said_by: str = ""
    words: str = ""


def answer_values(call: Call) -> dict[str, Any]:
    """Return the columns of an answer; raise `ValidationError` when it is to come."""
    return {
        "reply": call.reply,
        "answered_at": _moment(call),
        "way": call.way,
        "said_by": call.said_by,
        "words": call.words,
    }


def _moment(call: Call) -> dt.datetime:
    if call.at:
        return past("at", call.at)
    if call.on is None or past_day("agreed_on", call.on) == timezone.localdate():
        return timezone.now()
    return dt.datetime.combine(call.on, dt.time(12), ZoneInfo(settings.TIME_ZONE))
