"""Reading what children say. Row security filters; a child reads with the code, through functions of the owner."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from cases.voice.enums import VoiceState
from cases.voice.models import VoiceMessage, VoiceReply
from cases.voice.rules import code_hash
from cms.values.settings import setting_value
from cms.wall import scope

ACTOR = scope.SystemActor("voice")
"""Writes what a child writes, and reads what its code opens."""
ANSWER_HOURS = "cases.voice_answer_hours"


@dataclass(frozen=True)
class VoiceLine:
    words: str
    at: dt.datetime
    is_from_child: bool


@dataclass(frozen=True)
class VoiceThread:
    """What the holder of a code reads: the message, what followed, and whether somebody has read it."""

    state: VoiceState
    taken_at: dt.datetime | None
    lines: list[VoiceLine]


def voice_thread(code: str) -> VoiceThread | None:
    """Return what a code opens; none when it opens nothing, whatever the reason."""
    digest = code_hash(code)
    if not digest:
        return None
    with scope.acting(ACTOR), connection.cursor() as cursor:
        cursor.execute("SELECT state, sent_at, taken_at, words FROM voice_follow(%s)", [digest])
        row = cursor.fetchone()
        if row is None:
            return None
        cursor.execute("SELECT words, written_at, is_from_child FROM voice_replies(%s)", [digest])
        replies = cursor.fetchall()
    state, sent_at, taken_at, words = row
    lines = [VoiceLine(_open(VoiceMessage, words), sent_at, True)]
    lines += [VoiceLine(_open(VoiceReply, said), at, of_child) for said, at, of_child in replies]
    return VoiceThread(VoiceState(state), taken_at, lines)


def _open(model: Any, sealed: str) -> str:
    return str(model._meta.get_field("words").from_db_value(sealed, None, connection))


def voices_waiting() -> QuerySet[VoiceMessage]:
    """List what is to be read: a child in danger first, then the oldest."""
    return VoiceMessage.objects.waiting().order_by("-is_in_danger", "heard_at")


def answer_by(row: VoiceMessage) -> dt.datetime:
    """Return the moment before which the page told the child that somebody answers."""
    return row.heard_at + dt.timedelta(hours=setting_value(ANSWER_HOURS))
