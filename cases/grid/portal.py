"""The grille de repérage: for everybody with nothing kept, and joined to a request by the service that asked."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from cases.common.forms.fields import refuse
from cases.common.policies import only
from cases.common.portal.pages import form_page, posted
from cases.common.settings import on_call_phone
from cases.enums import SollicitationState
from cases.grid.forms import AttachedGridForm, GridForm, is_filling
from cases.grid.selectors import grid_get, grid_in_force, read_of
from cases.grid.services import grid_attach
from cases.requests.models import Sollicitation
from cases.requests.selectors import sollicitation_get
from cms.journal.services import journal_read
from cms.users.requests import UserRequest
from cms.users.roles import Role
from cms.wall import scope


# Nothing is written, so there is nothing to forge: without a token to compare, no cookie is left on the machine.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
def grid_page(request: HttpRequest) -> HttpResponse:
    """Fill the grid in and show its result. No row, no line of journal, no cookie, no answer in an address."""
    form = GridForm(posted(request), row=grid_in_force())
    context = {"form": form, "version": form.row, "is_public": True}
    if request.method == "POST" and not is_filling(request.POST.get("step")) and form.is_valid():
        return render(request, "cases/grid/grid_result.html", context | {"read": form.read(), "given": form.given()})
    return form_page(request, "cases/grid/grid_form.html", context)


def request_grid_new(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Fill the grid in, show its result, join it: nothing is written before the last step."""
    sollicitation = _own_open_request(pk, "cases.grid.attach")
    form = AttachedGridForm(posted(request), row=grid_in_force())
    context = {
        "form": form,
        "version": form.row,
        "sollicitation": sollicitation,
        "key": request.POST.get("key") or uuid.uuid4(),
        "on_call_phone": on_call_phone(),
        "back_url": reverse("cases:request", args=[pk]),
    }
    step = request.POST.get("step")
    if request.method != "POST" or is_filling(step) or not form.is_valid():
        return form_page(request, "cases/grid/grid_form.html", context)
    if step == "attach":
        try:
            grid = grid_attach(
                sollicitation=sollicitation,
                key=form.cleaned_data["key"],
                number=form.row.number,
                answers=form.answers(),
                by=request.user,
            )
        except ValidationError as error:
            refuse(form, error)
            return form_page(request, "cases/grid/grid_form.html", context)
        messages.success(request, "La grille est jointe à votre demande.")
        return redirect("cases:request_grid", pk, grid.pk)
    return render(request, "cases/grid/grid_result.html", context | {"read": form.read(), "given": form.given()})


def request_grid(request: HttpRequest, pk: uuid.UUID, grid_pk: uuid.UUID) -> HttpResponse:
    sollicitation = sollicitation_get(pk=pk, action="cases.grid.read")
    only(Role.REQUESTER)
    grid = grid_get(sollicitation=sollicitation, pk=grid_pk)
    journal_read("sollicitation", sollicitation.pk)
    context = {
        "grid": grid,
        "version": grid.version,
        "read": read_of(grid),
        "sollicitation": sollicitation,
        "on_call_phone": on_call_phone(),
        "back_url": reverse("cases:request", args=[pk]),
    }
    return render(request, "cases/grid/grid_result.html", context)


def _own_open_request(pk: uuid.UUID, action: str) -> Sollicitation:
    """Return the open request of the actor's own service. Who only transmitted it joins nothing."""
    sollicitation = sollicitation_get(pk=pk, action=action)
    only(Role.REQUESTER)
    is_own = sollicitation.requester_id in scope.current().partners_as(Role.REQUESTER)
    if not is_own or sollicitation.state == SollicitationState.CLOSED:
        raise Http404
    return sollicitation
