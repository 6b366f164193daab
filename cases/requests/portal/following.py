"""« Demander un accueil », and what becomes of the request."""

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from cases.common.forms.fields import refuse
from cases.common.policies import ASKS, only
from cases.common.portal.pages import PER_PAGE, page_of, posted
from cases.common.settings import on_call_phone
from cases.enums import SollicitationState
from cases.requests.board.selectors import promised_at
from cases.requests.messages.forms import ReplyForm
from cases.requests.messages.services import sollicitation_reply
from cases.requests.models import Sollicitation
from cases.requests.policies import only_transmitted
from cases.requests.selectors import (
    SHELTERED,
    outcome_for_requester,
    parts_of_request,
    parts_of_requests,
    siblings_of,
    sollicitation_get,
    sollicitations_of_requester,
    stays_of_request,
)
from cases.requests.services.rings import rings
from cases.requests.words import (
    outcome_line,
    request_events,
    request_line,
    request_messages,
    request_summary,
    sibling_lines,
)
from cms.files.portal import attachments_panel
from cms.journal.services import journal_read
from cms.retention.admin.blocks import kept_because, kept_until
from cms.retention.selectors import retention_of
from cms.users.requests import UserRequest
from cms.users.roles import Role
from cms.wall import scope

UNPROCESSABLE = 422


def request_list(request: HttpRequest) -> HttpResponse:
    only(*ASKS)
    page = page_of(request, sollicitations_of_requester())
    context = {
        "page": page,
        "items": [
            outcome_line(sollicitation) if only_transmitted(sollicitation) else request_line(sollicitation)
            for sollicitation in page
        ],
        "is_transmitter": _is_transmitter(),
    }
    for part in parts_of_requests.tell(most=PER_PAGE):
        context |= part
    return render(request, "cases/requests/requests.html", context)


def request_receipt(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    sollicitation = sollicitation_get(pk=pk, action="cases.sollicitation.receipt")
    only(*ASKS)
    context = {
        "sollicitation": sollicitation,
        "answer_by": _answer_by(sollicitation),
        "is_outcome_only": only_transmitted(sollicitation),
        "on_call_phone": on_call_phone(),
        "has_rung": rings(sollicitation),
        "siblings": sibling_lines(siblings_of(sollicitation=sollicitation)),
    }
    return render(request, "cases/requests/request_receipt.html", context)


def request_follow(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the state of a request and its messages. Who only transmitted it reads the outcome alone."""
    sollicitation = sollicitation_get(pk=pk, action="cases.sollicitation.read")
    only(*ASKS)
    is_outcome_only = only_transmitted(sollicitation)
    may_reply = not is_outcome_only and sollicitation.state != SollicitationState.CLOSED
    form = ReplyForm(posted(request) if may_reply else None)
    if form.is_bound and form.is_valid():
        try:
            sollicitation_reply(sollicitation=sollicitation, text=form.cleaned_data["text"], by=request.user)
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(request, "Votre message est envoyé à la coordination.")
            return redirect("cases:request", sollicitation.pk)
    journal_read("sollicitation", sollicitation.pk)
    outcome = outcome_for_requester(sollicitation=sollicitation)
    context = {
        "sollicitation": sollicitation,
        "outcome": outcome,
        "is_outcome_only": is_outcome_only,
        "is_late": _is_late(sollicitation),
        "on_call_phone": on_call_phone(),
        "kept": [(kept_until(kept), kept_because(kept)) for kept in retention_of("sollicitation", sollicitation.pk)],
        "siblings": sibling_lines(siblings_of(sollicitation=sollicitation)),
        "form": form if may_reply else None,
    }
    if is_outcome_only:
        context["next_step"] = (
            "Vous n’avez rien d’autre à faire. Si le danger grandit, appelez le 17, le 112 ou le 119."
        )
    else:
        context |= _what_happened(sollicitation, outcome)
    status = UNPROCESSABLE if form.is_bound and form.errors else 200
    return render(request, "cases/requests/request.html", context, status=status)


def _what_happened(sollicitation: Sollicitation, outcome: str) -> dict[str, Any]:
    """Return what the service that asked reads beside the outcome."""
    stays = stays_of_request.ask(sollicitation=sollicitation)
    is_sheltered = sollicitation.state != SollicitationState.CLOSED and any(not stay.ended_on for stay in stays)
    context = {
        "next_step": SHELTERED if is_sheltered else outcome,
        "events": request_events(sollicitation, stays),
        "has_circuit": is_sheltered,
        "summary": request_summary(sollicitation),
        "thread": request_messages(sollicitation),
        "pieces": attachments_panel(kind="sollicitation", object_id=sollicitation.pk, prefix="cases:request"),
    }
    for part in parts_of_request.tell(sollicitation=sollicitation):
        context |= part
    return context


def _answer_by(sollicitation: Sollicitation) -> dt.datetime | None:
    return promised_at(sollicitation.urgency, sollicitation.received_at)


def _is_late(sollicitation: Sollicitation) -> bool:
    answer_by = _answer_by(sollicitation)
    is_waiting = sollicitation.state != SollicitationState.CLOSED and not sollicitation.first_answered_at
    return is_waiting and answer_by is not None and answer_by < timezone.now()


def _is_transmitter() -> bool:
    return not scope.current().has_role(Role.REQUESTER)
