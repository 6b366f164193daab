"""The public pages of a unit without an account: sending, following. Nothing of the network is shown."""

import uuid
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from cases.common.forms.fields import refuse
from cases.common.forms.screens import screen_after, step_of
from cases.enums import UnverifiedState
from cases.requests.board.selectors import promised_at
from cases.requests.forms import UnverifiedRequestForm
from cases.requests.portal.asking import counted, screen_of
from cases.requests.unverified.forms import FollowForm
from cases.requests.unverified.rules import WAIT_SECONDS, is_too_much
from cases.requests.unverified.services import unverified_progress, unverified_send
from cms.values.models import Value

TOO_MANY, UNPROCESSABLE = 429, 422
STATES = {
    UnverifiedState.WAITING: ("La coordination va appeler le standard de votre unité.", "info"),
    UnverifiedState.VERIFIED: ("Votre unité a confirmé. La coordination s’occupe de la demande avec elle.", "success"),
    UnverifiedState.DISMISSED: ("Votre unité n’a pas confirmé cette demande : elle n’est pas traitée.", "warning"),
}


@never_cache
@login_not_required
def unverified_new(request: HttpRequest) -> HttpResponse:
    """Show the three screens. The receipt answers the sending itself: another page would have to store the code."""
    step = step_of(request)
    data = counted(request.POST, step) if request.method == "POST" else None
    form = UnverifiedRequestForm(data, initial={"key": uuid.uuid4()})
    context: dict[str, Any] = {"is_public": True}
    if step == "send" and form.is_valid():
        if is_too_much(request, "front_door_send"):
            return _slowed(request, "cases/requests/request_form.html", context | screen_of(form, len(form.screens)))
        try:
            receipt = unverified_send(**form.sent())
        except ValidationError as error:
            refuse(form, error)
        else:
            urgency = Value.objects.get(pk=receipt.urgency_id)
            context |= {"receipt": receipt, "answer_by": promised_at(urgency, receipt.received_at)}
            return render(request, "cases/requests/unverified/unverified_receipt.html", context)
    number = screen_after(request, form, step)
    status = UNPROCESSABLE if form.is_bound and form.errors else 200
    return render(request, "cases/requests/request_form.html", context | screen_of(form, number), status=status)


@never_cache
@login_not_required
def unverified_follow(request: HttpRequest) -> HttpResponse:
    """Show the state of a request. Reference and code are posted, never in the address; a mismatch has one answer."""
    form = FollowForm(request.POST if request.method == "POST" else None)
    if not form.is_bound or not form.is_valid():
        status = UNPROCESSABLE if form.is_bound else 200
        return render(request, "cases/requests/unverified/unverified_follow.html", {"form": form}, status=status)
    if is_too_much(request, "front_door_follow"):
        return _slowed(request, "cases/requests/unverified/unverified_follow.html", {"form": form})
    progress = unverified_progress(**form.cleaned_data)
    if progress is None:
        form.add_error(None, "Cette référence et ce code ne vont pas ensemble : relisez votre accusé de réception.")
        return render(
            request, "cases/requests/unverified/unverified_follow.html", {"form": form}, status=UNPROCESSABLE
        )
    sentence, tone = STATES[progress.state]
    context = {
        "form": form,
        "progress": progress,
        "sentence": sentence,
        "tone": tone,
        "is_waiting": progress.state == UnverifiedState.WAITING,
        "answer_by": promised_at(Value.objects.get(pk=progress.urgency_id), progress.received_at),
    }
    return render(request, "cases/requests/unverified/unverified_follow.html", context)


def _slowed(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """Return the same page, with what was typed, to be sent again a little later."""
    response = render(request, template, context | {"is_slowed": True}, status=TOO_MANY)
    response["Retry-After"] = str(WAIT_SECONDS)
    return response
