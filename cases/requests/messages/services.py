"""What the coordination and the service that asked write to each other: a question, its answer, an advice."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cases.common.rules.states import sollicitation_after
from cases.common.services import NOT_OPEN, lock, manager_only, row_change, row_create
from cases.enums import Decision, MessageKind, SollicitationState
from cases.requests.models import Sollicitation, SollicitationMessage
from cases.requests.services.notices import message_owe, request_done
from cases.requests.services.rings import ring_follow
from cms.users.models import User
from cms.users.roles import Role
from cms.wall import scope

LONGEST = 2000


@transaction.atomic
def sollicitation_ask_more(*, sollicitation: Sollicitation, text: str, by: User) -> SollicitationMessage:
    """Ask the service for what is missing. The author takes the request in charge if nobody had."""
    manager_only()
    lock(sollicitation)
    now = timezone.now()
    values: dict[str, Any] = {
        "state": sollicitation_after(sollicitation.state, "ask"),
        "taken_by_id": sollicitation.taken_by_id or by.pk,
        "first_answered_at": sollicitation.first_answered_at or now,
    }
    message = _write(sollicitation, MessageKind.MORE, text, by, now)
    row_change(sollicitation, values, kind="sollicitation", action="cases.sollicitation.ask")
    ring_follow(sollicitation)
    return message


@transaction.atomic
def sollicitation_advise(*, sollicitation: Sollicitation, text: str, by: User) -> SollicitationMessage:
    """Answer with an advice, without orientation: the request is closed, and counted as technical support."""
    manager_only()
    lock(sollicitation)
    now = timezone.now()
    values: dict[str, Any] = {
        "state": sollicitation_after(sollicitation.state, "advise"),
        "outcome_id": Decision.ADVICE,
        "closed_at": now,
        "taken_by_id": sollicitation.taken_by_id or by.pk,
        "first_answered_at": sollicitation.first_answered_at or now,
    }
    message = _write(sollicitation, MessageKind.ADVICE, text, by, now)
    row_change(sollicitation, values, kind="sollicitation", action="cases.sollicitation.advise")
    request_done(sollicitation)
    ring_follow(sollicitation)
    return message


@transaction.atomic
def sollicitation_tell(*, sollicitation: Sollicitation, text: str, by: User) -> SollicitationMessage:
    """Tell the service what it did not ask for. Nothing is awaited, and what it wrote still waits for its answer."""
    manager_only()
    return _write(sollicitation, MessageKind.NEWS, text, by, timezone.now())


@transaction.atomic
def sollicitation_reply(*, sollicitation: Sollicitation, text: str, by: User) -> SollicitationMessage:
    """Write the reply of the service that asked, while its request is open. Who only transmitted may not.

    The request is not locked: a service may not write it. A closing at the same instant is caught by the policy.
    """
    if sollicitation.requester_id not in scope.current().partners_as(Role.REQUESTER):
        raise ValidationError(NOT_OPEN, code="scope")
    if sollicitation.state == SollicitationState.CLOSED:
        raise ValidationError({"text": "Cette demande est close : appelez la coordination."})
    return _write(sollicitation, MessageKind.REPLY, text, by, timezone.now())


def _write(row: Sollicitation, kind: MessageKind, text: str, by: User, at: dt.datetime) -> SollicitationMessage:
    if not text.strip():
        raise ValidationError({"text": "Écrivez le message."})
    if len(text) > LONGEST:
        raise ValidationError({"text": f"Un message tient en {LONGEST} caractères."})
    message = SollicitationMessage(sollicitation=row, kind=kind, text=text.strip(), written_by=by, written_at=at)
    row_create(
        message,
        kind="sollicitation",
        action="cases.sollicitation.write",
        coded=("kind",),
        sealed=("text",),
        object_id=row.pk,
    )
    message_owe(row, kind)
    return message
