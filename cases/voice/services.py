"""Write what a child says, and what the coordination answers."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from cases.common.services import lock, manager_only, past, row_change, row_create
from cases.incidents.models.declared import Incident
from cases.incidents.services.declaring import Declaration, incident_acknowledge, incident_declare
from cases.voice.enums import VoiceState
from cases.voice.models import VoiceMessage, VoiceReply
from cases.voice.rules import code_hash, code_of
from cases.voice.selectors import ACTOR
from cms.journal.services import changes, journal_append
from cms.notify.duty.selectors import people_on_call
from cms.notify.duty.services.rings import ring_close, ring_open
from cms.notify.inbox.services.obligations import Recipient, notification_close, notification_owe
from cms.partners.models import Partner
from cms.users.models import User
from cms.vault.hashing import exact_hash
from cms.vault.sealing import looks_sealed
from cms.wall import scope
from cms.wall.services import reference_draw

KIND = "voice"
LONGEST = 3000


@dataclass(frozen=True)
class VoiceReceipt:
    """What the child reads once: the code that opens the answer."""

    code: str
    is_in_danger: bool


@dataclass(frozen=True)
class VoiceFacts:
    """What the coordination writes of a message to follow it as an incident."""

    partner: Partner
    incident_type_id: str
    narrative: str
    severity_id: str | None = None
    severity_reason: str = ""


def voice_send(
    *, key: uuid.UUID, words: str, is_in_danger: bool = False, at: dt.datetime | None = None
) -> VoiceReceipt:
    """Keep what a child says and tell the coordination; whoever is on duty is called for a danger.

    The same page sent twice gives one row and the same code. Nothing of the device is asked, kept or logged.
    """
    words = _said(words)
    sent_at = past("sent_at", at or timezone.now())
    key_hash, code = exact_hash(str(key), "voice_key"), code_of(key)
    with scope.acting(ACTOR), connection.cursor() as cursor:
        # A concurrent sending of the same page waits here for the first to be written.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key_hash])
        cursor.execute("SELECT voice_known(%s)", [key_hash])
        if not cursor.fetchone()[0]:
            row_id = uuid.uuid4()
            reference = reference_draw(prefix="P", year=timezone.localdate(sent_at).year)
            values: list[Any] = [
                row_id,
                reference,
                key_hash,
                code_hash(code),
                _sealed(VoiceMessage, words),
                is_in_danger,
                sent_at,
            ]
            cursor.execute("SELECT voice_send(%s, %s, %s, %s, %s, %s, %s)", values)
            coded = {"reference": reference, "is_in_danger": is_in_danger}
            _tell(row_id, "cases.voice.send", coded, is_in_danger)
    return VoiceReceipt(code, is_in_danger)


def voice_write(*, code: str, words: str, is_in_danger: bool = False) -> bool:
    """Add words of the child to its message, which is then to be read again. False when the code opens nothing."""
    words = _said(words)
    with scope.acting(ACTOR), connection.cursor() as cursor:
        values: list[Any] = [code_hash(code), uuid.uuid4(), _sealed(VoiceReply, words), is_in_danger, timezone.now()]
        cursor.execute("SELECT voice_write(%s, %s, %s, %s, %s)", values)
        row_id = cursor.fetchone()[0]
        if row_id is not None:
            _tell(row_id, "cases.voice.write", {"is_in_danger": is_in_danger}, is_in_danger)
    return row_id is not None


def _said(words: str) -> str:
    words = words.strip()
    if not words:
        raise ValidationError({"words": "Écris ton message."})
    if len(words) > LONGEST or looks_sealed(words):
        raise ValidationError({"words": "Ton message est trop long. Écris-le en plusieurs fois."})
    return words


def _sealed(model: Any, words: str) -> str:
    return model._meta.get_field("words").get_prep_value(words)


def _tell(row_id: uuid.UUID, action: str, coded: dict[str, Any], is_in_danger: bool) -> None:
    """Record it, put it in the inbox of the coordination, and call for a danger."""
    journal_append(action=action, kind=KIND, object_id=row_id, details=changes({}, coded, coded))
    people = people_on_call().values_list("pk", flat=True)
    notification_owe(kind=KIND, owed=[Recipient(object_id=row_id, person_id=person) for person in people])
    if is_in_danger:
        ring_open(kind=KIND, object_id=row_id)


@transaction.atomic
def voice_take(*, message: VoiceMessage, by: User) -> VoiceMessage:
    """Say that somebody has read it: the calls stop, and the child reads that it was heard."""
    manager_only()
    lock(message)
    if message.state != VoiceState.WAITING:
        raise ValidationError("Cette parole est déjà suivie.", code="state")
    values = {"state": VoiceState.TAKEN, "taken_at": timezone.now(), "taken_by_id": by.pk}
    row_change(message, values, kind=KIND, action="cases.voice.take")
    notification_close(kind=KIND, object_id=message.pk)
    ring_close(kind=KIND, object_id=message.pk)
    return message


@transaction.atomic
def voice_answer(*, message: VoiceMessage, words: str, by: User) -> VoiceReply:
    """Write to the child, who reads it with the code. Whoever answers follows it from then on."""
    manager_only()
    lock(message)
    if message.state == VoiceState.WAITING:
        voice_take(message=message, by=by)
    if message.state == VoiceState.CLOSED:
        raise ValidationError("Cette parole est close : l’enfant la rouvre en écrivant.", code="state")
    if not words.strip():
        raise ValidationError({"words": "Écrivez votre réponse."})
    reply = VoiceReply(message=message, words=words.strip(), written_at=timezone.now(), written_by=by)
    row_create(reply, kind=KIND, action="cases.voice.answer", coded=(), sealed=("words",), object_id=message.pk)
    return reply


@transaction.atomic
def voice_to_incident(*, message: VoiceMessage, facts: VoiceFacts, by: User) -> Incident:
    """Follow what a child says as an incident, in confidence: the structure sees and hears nothing of it."""
    manager_only()
    lock(message)
    if message.incident_id is not None:
        raise ValidationError("Cette parole est déjà suivie comme une situation préoccupante.", code="state")
    if message.state == VoiceState.WAITING:
        voice_take(message=message, by=by)
    incident = incident_declare(
        Declaration(
            partner=facts.partner,
            incident_type_id=facts.incident_type_id,
            severity_id=facts.severity_id,
            severity_reason=facts.severity_reason,
            narrative=facts.narrative,
            occurred_at=message.sent_at,
            noticed_at=message.sent_at,
            is_confidential=True,
        ),
        declared_by=by,
    )
    incident_acknowledge(incident=incident, by=by)
    row_change(message, {"incident_id": incident.pk}, kind=KIND, action="cases.voice.incident")
    return incident


@transaction.atomic
def voice_close(*, message: VoiceMessage, by: User) -> VoiceMessage:
    """Close what was answered; new words of the child open it again."""
    manager_only()
    lock(message)
    if message.state != VoiceState.TAKEN:
        raise ValidationError("Cette parole n’est pas suivie, ou elle est déjà close.", code="state")
    if not message.replies.filter(is_from_child=False, written_at__gte=message.heard_at).exists():
        raise ValidationError("Répondez d’abord : l’enfant lit votre réponse avec son code.")
    values = {"state": VoiceState.CLOSED, "closed_at": timezone.now()}
    row_change(message, values, kind=KIND, action="cases.voice.close")
    return message
