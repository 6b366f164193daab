"""A police or gendarmerie unit without an account: received at once, verified by a call to its switchboard."""

import base64
import datetime as dt
import hashlib
import uuid
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from cases.common.rules.phones import line_digest, line_digits
from cases.common.services import lock, manager_only, past, row_change, row_create
from cases.enums import CallOutcome, Channel, Nature, UnverifiedState
from cases.requests.models import Sollicitation
from cases.requests.services.rings import RINGS_WITHIN
from cases.requests.services.sollicitations import NewSollicitation, sollicitation_take
from cases.requests.siblings.services import Sibling, siblings_send
from cases.requests.unverified.models import SwitchboardCall, UnverifiedRequest
from cms.notify.duty.services.rings import ring_close, ring_open
from cms.partners.models import Partner
from cms.users.models import User
from cms.values.settings import setting_value
from cms.vault.hashing import exact_hash
from cms.wall import scope
from cms.wall.services import reference_draw

KIND = "unverified"
ACTOR = scope.SystemActor("front_door")
"""Writes what a sender without an account sends, and reads nothing."""
SHEET = ("sex_id", "age_precision_id", "exploitation_place_id")
WORDS = ("unit", "callback_name", "callback_phone", "narrative")
DECIDES = {
    CallOutcome.CONFIRMED: UnverifiedState.VERIFIED,
    CallOutcome.UNKNOWN: UnverifiedState.DISMISSED,
    CallOutcome.NO_UNIT: UnverifiedState.DISMISSED,
}


@dataclass(frozen=True)
class FrontDoorReceipt:
    """What the sender reads once: how to follow the request, and from when the delay of the call runs."""

    reference: str
    code: str
    received_at: dt.datetime
    urgency_id: str


@dataclass(frozen=True)
class UnverifiedProgress:
    """What the public page shows of a request: a state, and the dates from which the promised delay runs."""

    state: UnverifiedState
    received_at: dt.datetime
    urgency_id: str


def unverified_send(
    *,
    key: uuid.UUID,
    unit_type_id: str,
    urgency_id: str,
    words: dict[str, str],
    answers: dict[str, Any],
    at: dt.datetime | None = None,
) -> FrontDoorReceipt:
    """Keep what a unit without an account asks, ring if it is urgent, and answer how to follow it.

    `answers` holds the coded part as `sollicitation_send` will take it. The code is drawn from the key of the form,
    which the sender's page alone holds: the same form sent twice gives one row and the same code.
    """
    key_hash, code = exact_hash(str(key), "unverified_key"), _code_of(key)
    with scope.acting(ACTOR):
        if known := _of_key(key_hash):
            return FrontDoorReceipt(known[0], code, known[1], known[2])
        received_at = past("received_at", at or timezone.now())
        row = UnverifiedRequest(
            key_hash=key_hash,
            code_hash=_code_hash(code),
            received_at=received_at,
            urgency_id=urgency_id,
            unit_type_id=unit_type_id,
            callback_digest=line_digest(words["callback_phone"]),
            answers=answers,
            **{name: words[name] for name in WORDS},
        )
        row.clean_fields(exclude=["reference"])
        row.reference = reference_draw(prefix="N", year=timezone.localdate(received_at).year)
        coded = ("reference", "urgency_id", "unit_type_id", "received_at")
        row_create(row, kind=KIND, action="cases.unverified.send", coded=coded)
        if _is_urgent(row):
            ring_open(kind=KIND, object_id=row.pk)
    return FrontDoorReceipt(row.reference, code, row.received_at, row.urgency_id)


def _of_key(key_hash: str) -> tuple | None:
    """Return the row of an earlier sending. A concurrent sending waits here for the first to be written."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key_hash])
        cursor.execute("SELECT reference, received_at, urgency_id FROM unverified_of_key(%s)", [key_hash])
        return cursor.fetchone()


def _code_of(key: uuid.UUID) -> str:
    """Return a code of sixty bits, in groups that can be read over the telephone."""
    digest = hashlib.sha256(exact_hash(str(key), "unverified_code").encode()).digest()
    text = base64.b32encode(digest).decode()[:12]
    return "-".join(text[start : start + 4] for start in range(0, 12, 4))


def _code_hash(code: str) -> str:
    """Return the hash of a code, however typed: spaces, dashes, capitals ignored; 0 and 1, never used, are O and I."""
    plain = "".join(letter for letter in code.upper() if letter.isalnum()).replace("0", "O").replace("1", "I")
    return exact_hash(plain, "unverified_follow")


def _is_urgent(row: UnverifiedRequest) -> bool:
    minutes = row.urgency.extra.get("answer_within_minutes")
    is_recent = row.received_at > timezone.now() - RINGS_WITHIN
    return minutes is not None and minutes <= setting_value("cases.ring_minutes") and is_recent


def unverified_progress(*, reference: str, code: str) -> UnverifiedProgress | None:
    """Return what the holder of both the reference and the code may know. None when they do not match."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM unverified_follow(%s, %s)", [reference.strip().upper(), _code_hash(code)])
        row = cursor.fetchone()
    return UnverifiedProgress(UnverifiedState(row[0]), row[1], row[2]) if row else None


@transaction.atomic
def unverified_call(
    *,
    request: UnverifiedRequest,
    by: User,
    outcome: str,
    number: str = "",
    called_at: dt.datetime | None = None,
    requester: Partner | None = None,
) -> Sollicitation | None:
    """Record a call to the switchboard of the unit, and what follows from it.

    Confirmed, the request becomes a sollicitation of `requester`, dated at its reception, and this call is the first
    answer. Raises `ValidationError` beside the field for a number which is the line that the sender gave.
    """
    manager_only()
    lock(request)
    if request.state != UnverifiedState.WAITING:
        raise ValidationError("Cette demande est déjà traitée.", code="state")
    called_at = past("called_at", called_at or timezone.now())
    _check_call(request, outcome, number, called_at, requester)
    call = SwitchboardCall(request=request, number=number, outcome=outcome, called_at=called_at, called_by=by)
    coded = ("number", "outcome", "called_at")
    row_create(call, kind=KIND, action="cases.unverified.call", coded=coded, object_id=request.pk)
    if outcome not in DECIDES:
        return None
    sollicitation = _become(request, requester, by, called_at) if requester else None
    values: dict[str, Any] = {
        "state": DECIDES[CallOutcome(outcome)],
        "decided_at": called_at,
        "decided_by_id": by.pk,
        "sollicitation_id": sollicitation and sollicitation.pk,
    }
    sealed: dict[str, Any] = dict.fromkeys(WORDS, "") | {"answers": {}} if sollicitation else {}
    if sollicitation:
        sealed["callback_digest"] = ""  # the sollicitation holds the same line from now on
    row_change(request, values | sealed, kind=KIND, action="cases.unverified.decide", sealed=tuple(sealed))
    ring_close(kind=KIND, object_id=request.pk)
    return sollicitation


def _check_call(
    request: UnverifiedRequest, outcome: str, number: str, called_at: dt.datetime, requester: Partner | None
) -> None:
    if called_at < request.received_at:
        raise ValidationError({"called_at": "Cet appel précède la demande : vérifiez l’heure."})
    if outcome != CallOutcome.NO_UNIT and not line_digits(number):
        raise ValidationError({"number": "Indiquez le numéro du standard que vous avez appelé."})
    if number and line_digits(number) == line_digits(request.callback_phone):
        raise ValidationError(
            {"number": "C’est la ligne donnée dans la demande : appelez le standard de l’unité, trouvé ailleurs."}
        )
    if outcome == CallOutcome.CONFIRMED and requester is None:
        raise ValidationError({"requester": "Choisissez l’unité dans le carnet, ou inscrivez-la d’abord."})
    if outcome != CallOutcome.CONFIRMED and requester is not None:
        raise ValidationError({"requester": "À laisser vide tant que le standard n’a pas confirmé."})


def _become(request: UnverifiedRequest, requester: Partner, by: User, called_at: dt.datetime) -> Sollicitation:
    """Create the sollicitation of a confirmed request: dated at its reception, answered by the call."""
    answers, words = request.answers, {name: getattr(request, name) for name in WORDS}
    del words["unit"]  # the book of partners holds it, and the names of a file are masked one by one
    safe_until = answers.get("safe_until")
    first = NewSollicitation(
        requester=requester,
        submitted_by=by,
        nature_id=Nature.CARE,
        urgency_id=request.urgency_id,
        channel_id=Channel.PUBLIC,
        forms=answers["forms"],
        main_form=answers["main_form"],
        facts={name: answers.get(name) for name in SHEET},
        age=answers.get("age"),
        detail=words,
        current_place_id=answers.get("current_place_id"),
        safe_until=parse_datetime(safe_until) if safe_until else None,
        rights_told=answers.get("rights_told", False),
        tonight=answers.get("tonight", {}),
        received_at=request.received_at,
    )
    rows = siblings_send(first, [Sibling(**sibling) for sibling in answers.get("siblings", ())])
    return sollicitation_take(sollicitation=rows[0], by=by, at=called_at)
