"""Hours of a presence, and the codes shown by the projector: a keyed digest of the half-day and of the clock. These
are not stored, and prove that the person is in the room.

A scanned code is valid thirty seconds, and ten more for the telephone to load the page. A typed code is valid two
minutes, and one more for slow typing. Neither is valid before its time.
"""

import base64
import binascii
import datetime as dt
import struct
import uuid
from dataclasses import dataclass

from django.utils.crypto import constant_time_compare, salted_hmac

from formation.common.rules import CodeRefusalError
from formation.enums import Status

SCAN_SECONDS, SCAN_GRACE = 30, 10
TYPED_SECONDS, TYPED_GRACE = 120, 60
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Without the signs that look alike: I and 1, O and 0."""
TYPED_LENGTH = 6
SHAPE = struct.Struct(">16sI12s")
REMEMBERED = 30
"""Past typed codes recognised as expired: an hour of them."""


@dataclass(frozen=True)
class Presence:
    """What is recorded of one person in one half-day; no hour means from its beginning, or to its end."""

    status: str
    came_at: dt.datetime | None = None
    left_at: dt.datetime | None = None

    def hours(self) -> list[str | None]:
        """Return both moments as the journal and the hash of a sheet write them, or nothing when there is neither."""
        moments = (self.came_at, self.left_at)
        return [at.astimezone(dt.UTC).isoformat() if at else None for at in moments] if any(moments) else []


def late_arrival(
    signed_at: dt.datetime, begins_at: dt.datetime, ends_at: dt.datetime, late_minutes: int
) -> dt.datetime | None:
    """Return since when somebody is taken to be there, whose signature came late; None when it came in time."""
    is_late = signed_at > begins_at + dt.timedelta(minutes=late_minutes)
    return min(signed_at, ends_at) if is_late else None


def presence_fault(presence: Presence, begins_at: dt.datetime, ends_at: dt.datetime) -> str:
    """Return the sentence that refuses a presence whose hours do not hold, or nothing."""
    came, left = presence.came_at, presence.left_at
    if (came or left) and presence.status not in (Status.PRESENT, Status.LEFT_EARLY):
        return "Une personne absente n’a pas d’heure d’arrivée ni de départ."
    if presence.status == Status.LEFT_EARLY and left is None:
        return "Indiquez à quelle heure la personne est partie : ses heures se comptent jusque-là."
    if presence.status == Status.PRESENT and left is not None:
        return "Choisissez D, parti avant la fin, pour une personne qui a une heure de départ."
    if any(at is not None and not begins_at <= at <= ends_at for at in (came, left)):
        return "Une heure d’arrivée ou de départ tombe pendant la demi-journée."
    if came and left and left <= came:
        return "L’heure de départ suit l’heure d’arrivée."
    return ""


def scan_token(half_day_id: uuid.UUID, at: dt.datetime) -> str:
    window = int(at.timestamp()) // SCAN_SECONDS
    packed = SHAPE.pack(half_day_id.bytes, window, _scan_proof(half_day_id, window))
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def scan_seconds_left(at: dt.datetime) -> int:
    """Return the seconds until the next code: a screen that reloads then always shows one that serves."""
    return SCAN_SECONDS - int(at.timestamp()) % SCAN_SECONDS


def scan_read(token: str, at: dt.datetime) -> uuid.UUID:
    """Return the half-day of a scanned code. Raise `CodeRefusalError`."""
    try:
        packed = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        raw, window, proof = SHAPE.unpack(packed)
    except (binascii.Error, struct.error, ValueError) as error:
        raise CodeRefusalError("forged") from error
    half_day_id = uuid.UUID(bytes=raw)
    if not constant_time_compare(proof, _scan_proof(half_day_id, window)):
        raise CodeRefusalError("forged")
    starts = window * SCAN_SECONDS
    if at.timestamp() < starts:
        raise CodeRefusalError("early", half_day_id)
    if at.timestamp() >= starts + SCAN_SECONDS + SCAN_GRACE:
        raise CodeRefusalError("late", half_day_id)
    return half_day_id


def typed_code(half_day_id: uuid.UUID, at: dt.datetime) -> str:
    return _typed(half_day_id, int(at.timestamp()) // TYPED_SECONDS)


def typed_read(code: str, half_days: list[uuid.UUID], at: dt.datetime) -> uuid.UUID:
    """Return which of the half-days open now shows this code. Raise `CodeRefusalError`."""
    letters = "".join(letter for letter in code.upper() if letter.isalnum())
    now = int(at.timestamp())
    step = now // TYPED_SECONDS
    serving = [step] + ([step - 1] if now % TYPED_SECONDS < TYPED_GRACE else [])
    for half_day_id in half_days:
        for number in range(step, step - REMEMBERED, -1):
            if constant_time_compare(letters, _typed(half_day_id, number)):
                if number in serving:
                    return half_day_id
                raise CodeRefusalError("late", half_day_id)
    raise CodeRefusalError("unknown")


def _scan_proof(half_day_id: uuid.UUID, window: int) -> bytes:
    return _digest("scan", half_day_id, window)[:12]


def _typed(half_day_id: uuid.UUID, step: int) -> str:
    number = int.from_bytes(_digest("typed", half_day_id, step)[:8])
    letters = []
    for _ in range(TYPED_LENGTH):
        number, rank = divmod(number, len(LETTERS))
        letters.append(LETTERS[rank])
    return "".join(letters)


def _digest(use: str, half_day_id: uuid.UUID, number: int) -> bytes:
    return salted_hmac(f"formation.signing.{use}", f"{half_day_id}|{number}", algorithm="sha256").digest()
