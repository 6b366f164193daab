"""Write that no place was found for a minor, and why; then that one was found."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cases.common.services import lock, manager_only, past, row_change, row_create
from cases.enums import ANSWERS_ACCEPTING, Answer, Decision, SollicitationState
from cases.proposals.models import Proposal
from cases.proposals.unmet.models import UnmetNeed
from cases.requests.models import Sollicitation
from cms.users.models import User

SOLVED = (Decision.NETWORK, Decision.ORDINARY)
"""Outcomes of a request after which nothing was missing."""


def is_unsolved(sollicitation: Sollicitation) -> bool:
    """Return whether structures were asked, and none accepts the minor or keeps them on a waiting list."""
    proposals = Proposal.objects.filter(
        orientation__sollicitation=sollicitation,
        orientation__decision_id=Decision.NETWORK,
        orientation__cancelled_at=None,
    )
    answers = set(proposals.values_list("answer_id", flat=True))
    return bool(answers) and not answers & {*ANSWERS_ACCEPTING, Answer.WAITING}


@transaction.atomic
def need_note(*, sollicitation: Sollicitation, reason_id: str, by: User, at: dt.datetime | None = None) -> UnmetNeed:
    """Say what was missing, once every structure refused. The request waits: it is matched again as places open."""
    manager_only()
    lock(sollicitation)
    if sollicitation.state == SollicitationState.CLOSED:
        raise ValidationError("Cette demande est close.")
    if not is_unsolved(sollicitation):
        raise ValidationError("Aucune structure interrogée n’a refusé, ou l’une d’elles accepte.")
    waiting = Proposal.objects.pending().filter(orientation__sollicitation=sollicitation)
    if waiting.exists():
        raise ValidationError("Une structure n’a pas encore répondu : attendez sa réponse, ou retirez la proposition.")
    return _note(sollicitation, reason_id, by, at)


def need_at_closing(
    *, sollicitation: Sollicitation, outcome_id: str, reason_id: str, by: User, at: dt.datetime
) -> None:
    """Note what was missing when a request closes and nobody took the minor in: it is compulsory then.

    To be called inside the transaction that closes the request.
    """
    if outcome_id in SOLVED or not is_unsolved(sollicitation):
        if reason_id:
            raise ValidationError({"unmet_reason": "Ce motif se donne quand aucune structure n’accepte."})
        return
    known = UnmetNeed.objects.filter(sollicitation=sollicitation).exists()
    if not reason_id and not known:
        raise ValidationError({"unmet_reason": "Aucune structure n’accueille ce mineur : dites ce qui a manqué."})
    if reason_id:
        _note(sollicitation, reason_id, by, at)


def _note(sollicitation: Sollicitation, reason_id: str, by: User, at: dt.datetime | None) -> UnmetNeed:
    at = past("noted_at", at or timezone.now())
    known = UnmetNeed.objects.filter(sollicitation=sollicitation).first()
    line: dict[str, Any] = {
        "kind": "sollicitation",
        "action": "cases.unmet_need.note",
        "object_id": sollicitation.pk,
    }
    if known:
        row_change(known, {"reason_id": reason_id, "met_on": None}, **line)
        return known
    case = sollicitation.case
    place = (case and case.origin) or sollicitation.current_place or (case and case.exploitation_place)
    main = case and case.forms.filter(is_main=True).select_related("form").first()
    row = UnmetNeed(
        sollicitation=sollicitation,
        reason_id=reason_id,
        region_id=place.region_id if place else None,
        form_id=(main.form.parent_id or main.form_id) if main else None,
        noted_at=at,
        noted_by=by,
    )
    coded = ("reason_id", "region_id", "form_id", "noted_at")
    row_create(row, coded=coded, **line)
    return row


def need_met(*, sollicitation: Sollicitation, on: dt.date) -> None:
    """Note the day on which an unmet need was met by a structure; the need stays on record."""
    need = UnmetNeed.objects.filter(sollicitation=sollicitation, met_on=None).first()
    if need:
        row_change(
            need,
            {"met_on": on},
            kind="sollicitation",
            action="cases.unmet_need.met",
            object_id=sollicitation.pk,
        )
