"""« Demander un accueil », and what becomes of the request."""

import datetime as dt
import uuid

from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils import timezone

from cases.enums import CHANNEL_PORTAL, NATURE_CARE, SollicitationState
from cases.forms.fields import refuse
from cases.forms.requests import AGE_ESTIMATED, CompleteRequestForm, RequestForm
from cases.phones import on_call_phone
from cases.reperage.selectors import grids_of
from cases.selectors import (
    SHELTERED,
    outcome_for_requester,
    placements_of_request,
    placements_opened_to_requester,
    request_references,
    sollicitation_get,
    sollicitations_of_requester,
)
from cases.services.rings import rings
from cases.services.sollicitations import sollicitation_send
from cases.views.common import ASKS, PER_PAGE, form_page, frame_warning, only, page_of
from cases.views.lines import (
    grid_add_url,
    grid_line,
    outcome_line,
    request_events,
    request_line,
    request_messages,
    request_summary,
    stay_outcomes,
)
from cms.access import scope
from cms.access.drafts import draft_drop, form_or_draft
from cms.files.views import attachments_panel
from cms.journal.services import journal_read
from cms.partners.selectors import partners_as
from cms.retention.blocks import kept_because, kept_until
from cms.retention.selectors import retention_of
from cms.users.roles import Role

SHORT_FAMILIES = {"POLICE", "GENDARMERIE", "EDUCATION", "LIGNE"}
"""Services that send the short form: they must protect tonight, or transmit, and know little of the past."""


def request_new(request):
    """Fill in, check, send: nothing is written before the last step."""
    only(*ASKS)
    partners = list(partners_as(*ASKS))
    form = _form_for(request, partners)
    context = {
        "form": form,
        "service": partners[0].code_name,
        "is_transmitter": _is_transmitter(),
        "on_call_phone": on_call_phone(),
        "frame_warning": frame_warning(),
    }
    step = request.POST.get("step")
    if request.method != "POST" or step == "edit" or not form.is_valid():
        return form_page(request, "cases/request_form.html", context)
    if step != "send":
        return render(request, "cases/request_check.html", context | {"summary": form.summary()})
    try:
        sollicitation = sollicitation_send(
            submitted_by=request.user, nature_id=NATURE_CARE, channel_id=CHANNEL_PORTAL, **form.arguments()
        )
    except ValidationError as error:
        refuse(form, error)
        return form_page(request, "cases/request_form.html", context)
    draft_drop(user=request.user, address=request.path)
    return redirect("cases:request_receipt", sollicitation.pk)


def _form_for(request, partners) -> RequestForm:
    is_short = _is_transmitter() or all(
        partner.requester_type and partner.requester_type.extra.get("family") in SHORT_FAMILIES for partner in partners
    )
    form_class = RequestForm if is_short else CompleteRequestForm
    known = {
        "key": uuid.uuid4(),
        "callback_name": request.user.get_full_name(),
        "callback_phone": request.user.phone,
        "age_precision": AGE_ESTIMATED,
    }
    return form_or_draft(request, lambda data: form_class(data, initial=known, partners=partners))


def request_list(request):
    only(*ASKS)
    page = page_of(request, sollicitations_of_requester())
    stays = list(placements_opened_to_requester().exclude(confirmed_at=None)[:PER_PAGE])
    context = {
        "page": page,
        "items": [
            outcome_line(sollicitation) if _is_outcome_only(sollicitation) else request_line(sollicitation)
            for sollicitation in page
        ],
        "stays": stay_outcomes(stays, request_references(stays)) if stays else [],
        "is_transmitter": _is_transmitter(),
    }
    return render(request, "cases/requests.html", context)


def request_receipt(request, pk):
    sollicitation = sollicitation_get(pk=pk, action="cases.sollicitation.receipt")
    only(*ASKS)
    context = {
        "sollicitation": sollicitation,
        "answer_by": _answer_by(sollicitation),
        "is_outcome_only": _is_outcome_only(sollicitation),
        "on_call_phone": on_call_phone(),
        "frame_warning": frame_warning(),
        "has_rung": rings(sollicitation),
    }
    return render(request, "cases/request_receipt.html", context)


def request_follow(request, pk):
    """Where the request stands. Who only transmitted reads the outcome in words, never the file."""
    sollicitation = sollicitation_get(pk=pk, action="cases.sollicitation.read")
    only(*ASKS)
    journal_read("sollicitation", sollicitation.pk)
    outcome = outcome_for_requester(sollicitation=sollicitation)
    context = {
        "sollicitation": sollicitation,
        "outcome": outcome,
        "is_outcome_only": _is_outcome_only(sollicitation),
        "is_late": _is_late(sollicitation),
        "on_call_phone": on_call_phone(),
        "kept": [(kept_until(kept), kept_because(kept)) for kept in retention_of("sollicitation", sollicitation.pk)],
    }
    if context["is_outcome_only"]:
        context["next_step"] = (
            "Vous n’avez rien d’autre à faire. Si le danger grandit, appelez le 17, le 112 ou le 119."
        )
    else:
        stays = list(placements_of_request(sollicitation=sollicitation).exclude(confirmed_at=None))
        is_sheltered = sollicitation.state != SollicitationState.CLOSED and any(not stay.ended_on for stay in stays)
        context |= {
            "next_step": SHELTERED if is_sheltered else outcome,
            "events": request_events(sollicitation, stays),
            "summary": request_summary(sollicitation),
            "messages_received": request_messages(sollicitation),
            "pieces": attachments_panel(kind="sollicitation", object_id=sollicitation.pk, prefix="cases:request"),
            "grids": [grid_line(grid) for grid in grids_of(sollicitation)],
            "grid_add_url": grid_add_url(sollicitation),
        }
    return render(request, "cases/request.html", context)


def _answer_by(sollicitation) -> dt.datetime | None:
    """The moment promised for the first answer, when its urgency promises one."""
    minutes = sollicitation.urgency.extra.get("answer_within_minutes")
    return sollicitation.received_at + dt.timedelta(minutes=minutes) if minutes else None


def _is_late(sollicitation) -> bool:
    answer_by = _answer_by(sollicitation)
    is_waiting = sollicitation.state != SollicitationState.CLOSED and not sollicitation.first_answered_at
    return is_waiting and answer_by is not None and answer_by < timezone.now()


def _is_transmitter() -> bool:
    return not scope.current().has_role(Role.REQUESTER)


def _is_outcome_only(sollicitation) -> bool:
    return sollicitation.requester_id not in scope.current().partners_as(Role.REQUESTER)
