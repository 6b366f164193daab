"""The register of requests: received, verified, entrusted, extended, answered. Every step is kept."""

import datetime as dt
import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cases.common.services import NOT_OPEN, lock, past_day, row_change, row_create
from cms.data_rights.enums import RequestState, Right, StepKind
from cms.data_rights.models import RightsDetail, RightsRequest, RightsStep
from cms.data_rights.register.rules import answer_due, extended_due
from cms.journal.rows import row_clean
from cms.journal.services import journal_append
from cms.users.models import User
from cms.users.roles import Role
from cms.wall import scope
from cms.wall.services import reference_draw

KIND = "rights_request"
REGISTERS = (Role.DPO, Role.DIRECTION, Role.COORDINATION)
ANSWERS = (Role.DPO, Role.DIRECTION)
NOTES = {
    StepKind.NOTE: "rights.request.note",
    StepKind.RECTIFIED: "rights.request.rectify",
    StepKind.TOLD: "rights.request.note",
}
OUTCOMES = (RequestState.ANSWERED, RequestState.PARTLY, RequestState.REFUSED, RequestState.WITHDRAWN)
LEAST_WORDS = 20


@transaction.atomic
def request_register(
    *,
    by: User,
    right: str,
    asker: str,
    received_on: dt.date,
    name: str,
    contact: str = "",
    words: str = "",
    is_with_coordination: bool = False,
) -> RightsRequest:
    """Enter a request. Its answer is due one month after it was received, whatever the day it is entered."""
    _role_only(*REGISTERS)
    is_coordination = not scope.current().has_role(*ANSWERS)
    row = RightsRequest(
        reference=reference_draw(prefix="D", year=past_day("received_on", received_on).year),
        right=right,
        asker=asker,
        received_on=received_on,
        due_on=answer_due(received_on),
        is_with_coordination=is_with_coordination or is_coordination,
        registered_by=by,
    )
    coded = ("reference", "right", "asker", "received_on", "due_on", "is_with_coordination")
    row_create(row, kind=KIND, action="rights.request.register", coded=coded)
    detail = RightsDetail(request=row, name=name.strip(), contact=contact.strip(), words=words.strip())
    row_clean(detail)
    detail.save(force_insert=True)
    step_add(row, StepKind.RECEIVED, by=by)
    return row


@transaction.atomic
def request_entrust(*, request: RightsRequest, by: User, words: str = "") -> None:
    """Let the coordination see the request: it alone finds the file, prepares the copy, corrects what is wrong."""
    _change(request, {"is_with_coordination": True}, "entrust", roles=ANSWERS)
    step_add(request, StepKind.ENTRUSTED, by=by, words=words)


@transaction.atomic
def request_identity(*, request: RightsRequest, by: User, how: str, on: dt.date, words: str = "") -> None:
    """Record that the identity of who asks was verified. The delay runs from reception all the same."""
    if on < request.received_on:
        raise ValidationError({"on": "Cette vérification précède la demande."})
    values = {"identity_check": how, "identity_checked_on": past_day("on", on)}
    _change(request, values, "identity", roles=REGISTERS)
    step_add(request, StepKind.IDENTITY, by=by, words=words)


@transaction.atomic
def request_link(*, request: RightsRequest, by: User, case_id: uuid.UUID) -> None:
    """Link the request to the file it is about; the coordination then sees it, and the file keeps a line."""
    _change(request, {"case_id": case_id, "is_with_coordination": True}, "link", roles=REGISTERS)
    journal_append(action="rights.request.link", kind="case", object_id=case_id)
    step_add(request, StepKind.LINKED, by=by)


@transaction.atomic
def request_extend(*, request: RightsRequest, by: User, reason: str, on: dt.date, words: str) -> None:
    """Give two more months, for one of the two reasons of the law, once the person was told within the first month."""
    if request.extended_on:
        raise ValidationError("Le délai est déjà prolongé : la loi ne le permet qu’une fois.")
    if not request.received_on <= past_day("on", on) <= answer_due(request.received_on):
        raise ValidationError({"on": "La personne doit en être informée dans le mois qui suit sa demande."})
    values = {"extended_on": on, "extension_reason": reason, "due_on": extended_due(request.received_on)}
    _change(request, values, "extend", roles=ANSWERS)
    step_add(request, StepKind.EXTENDED, by=by, words=words)


@transaction.atomic
def request_note(*, request: RightsRequest, by: User, kind: str, words: str) -> None:
    """Note what was done: a correction made in the file on its own screens, recipients told of it, or a remark."""
    _role_only(*REGISTERS)
    _lock_open(request)
    if kind not in NOTES:
        raise ValidationError({"kind": "Choisissez ce que vous notez."})
    if kind != StepKind.NOTE and request.right == Right.ACCESS:
        raise ValidationError({"kind": "Cette personne demande à lire son dossier, pas à le corriger."})
    if kind != StepKind.NOTE and request.case_id is None:
        raise ValidationError({"kind": "Rapprochez d’abord la demande d’une situation."})
    if not words.strip():
        raise ValidationError({"words": "Écrivez-le en une phrase."})
    action = NOTES[StepKind(kind)]
    journal_append(action=action, kind=KIND, object_id=request.pk, reason=kind)
    if kind == StepKind.RECTIFIED:
        journal_append(action=action, kind="case", object_id=request.case_id)
    step_add(request, kind, by=by, words=words)


@transaction.atomic
def request_close(
    *,
    request: RightsRequest,
    by: User,
    outcome: str,
    on: dt.date,
    words: str,
    reason: str = "",
    is_told_of_remedies: bool = False,
) -> None:
    """Answer, in whole or in part, refuse, or note that the person gave up. Data protection and the direction alone.

    A refusal, even in part, says why and tells of the CNIL and of the judge (RGPD 12.4).
    """
    if outcome not in OUTCOMES:
        raise ValidationError({"outcome": "Choisissez la suite donnée."})
    refuses = outcome in (RequestState.REFUSED, RequestState.PARTLY)
    _check_closing(request, outcome=outcome, on=on, words=words, reason=reason, is_told=is_told_of_remedies)
    values = {"state": outcome, "closed_on": past_day("on", on), "refusal_reason": reason if refuses else ""}
    _change(request, values, "close", roles=ANSWERS)
    RightsDetail.objects.filter(request=request).update(answer=words.strip())
    step_add(request, StepKind(outcome), by=by, words=words)


def _check_closing(
    request: RightsRequest, *, outcome: str, on: dt.date, words: str, reason: str, is_told: bool
) -> None:
    errors: dict[str, str] = {}
    if on < request.received_on:
        errors["on"] = "Cette réponse précède la demande."
    if outcome in (RequestState.REFUSED, RequestState.PARTLY):
        if not reason:
            errors["reason"] = "Un refus, même en partie, donne son motif."
        if not is_told:
            errors["is_told_of_remedies"] = "La loi demande d’indiquer les recours : la CNIL et le juge."
    if len(words.strip()) < LEAST_WORDS:
        errors["words"] = "Résumez la réponse en une phrase : elle fait preuve."
    if outcome in (RequestState.ANSWERED, RequestState.PARTLY) and not request.identity_check:
        errors["outcome"] = "Vérifiez d’abord l’identité du demandeur : rien ne part sans elle."
    if errors:
        raise ValidationError(errors)


def step_add(request: RightsRequest, kind: str, *, by: User, words: str = "") -> RightsStep:
    step = RightsStep(request=request, kind=kind, words=words.strip(), by=by, at=timezone.now())
    row_clean(step, exclude=["request"])
    step.save(force_insert=True)
    return step


def _change(request: RightsRequest, values: dict[str, Any], verb: str, *, roles: tuple[Role, ...]) -> None:
    _role_only(*roles)
    _lock_open(request)
    # Data protection ties a request to a file that it does not see: the database checks that key.
    row_change(request, values, kind=KIND, action=f"rights.request.{verb}", exclude=["case"])


def _lock_open(request: RightsRequest) -> None:
    lock(request)
    if not request.is_open:
        raise ValidationError("Cette demande est close.")


def _role_only(*roles: Role) -> None:
    if not scope.current().has_role(*roles):
        raise ValidationError(NOT_OPEN, code="scope")
