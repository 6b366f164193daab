"""« Écran de nuit »: one page, five steps, each with the act that ends it; nothing else to read at night.

Every act goes through the service that the files use, under the same guard; the screen leads from one to another.
"""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from wagtail.users.models import UserProfile

from cases.arrival.admin.views import arrival_open
from cases.common.admin.forms import keyed
from cases.enums import SollicitationState
from cases.files.models import Case
from cases.files.protection.services import keep_away_add
from cases.matching.admin import sheets_send
from cases.matching.selectors.search import NIGHT
from cases.night.admin.screen import Night, answers_context, night_context, night_of
from cases.night.rules import is_dark
from cases.night.selectors import request_of_night
from cases.proposals.services import proposal_confirm
from cases.requests.models import Sollicitation
from cases.requests.services.sollicitations import sollicitation_link, sollicitation_take
from cases.watch.admin import only_watchers
from cms.admin.actions import RowAction
from cms.kit.pages import constraints_check
from cms.users.requests import UserRequest

LIGHT = "ecran"
"""Parameter by which somebody asks for a light screen at night, or a dark one by day."""


def night_view(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the night of a request, or do what one of its buttons says and come back to it."""
    row = request_of_night(pk)
    if row is None:
        raise Http404
    night = night_of(row, timezone.now(), wanted=request.GET.get("etape", ""), data=posted(request))
    refused: list[str] = []
    if request.method == "POST":
        try:
            with transaction.atomic():
                said = ACTS[request.POST.get("acte", "")](request, night)
                constraints_check()
        except KeyError as error:
            raise Http404 from error
        except ValidationError as error:
            refused = error.messages
        else:
            if said:
                messages.success(request, said)
                return redirect(night.address)
    look = request.GET.get(LIGHT, "")
    is_night = is_dark(night.at, look)
    _theme(request, is_night=is_night)
    context = night_context(night) | {"refused": refused, "is_dark": is_night, "look": look}
    status = 422 if request.method == "POST" else 200
    return TemplateResponse(request, "cases/night/admin/night.html", context, status=status)


def posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def answers_fragment(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Return where the houses asked stand: asked again while the step is open, and no reading of the file."""
    only_watchers()
    row = request_of_night(pk)
    if row is None:
        raise Http404
    return TemplateResponse(request, "cases/night/admin/answers.html", answers_context(row, timezone.now()))


def _theme(request: UserRequest, *, is_night: bool) -> None:
    """Darken this page alone: the profile is changed in memory, and not kept."""
    if is_night or request.GET.get(LIGHT):
        profile = getattr(request.user, "wagtail_userprofile", None) or UserProfile(user=request.user)
        profile.theme = "dark" if is_night else "light"
        request.user.wagtail_userprofile = profile  # type: ignore[attr-defined]


def _take(request: UserRequest, night: Night) -> str:
    sollicitation_take(sollicitation=night.row, by=request.user)
    return "L’appel est à vous."


def _open(request: UserRequest, night: Night) -> str:
    case = sollicitation_link(sollicitation=night.row, by=request.user)
    return f"Le dossier {case.reference} est ouvert."


def _same(request: UserRequest, night: Night) -> str:
    """Tie the request to the file that was proposed: one that was not is refused like an unknown one."""
    wanted = request.POST.get("dossier", "")
    case: Case | None = next((one.case for one in night.likely if str(one.case.pk) == wanted), None)
    if case is None:
        raise ValidationError("Ce dossier n’est plus proposé : reprenez votre choix.")
    sollicitation_link(sollicitation=night.row, by=request.user, case=case)
    return f"La demande est rattachée à {case.reference}."


def _avoid(request: UserRequest, night: Night) -> str:
    form = night.away_form
    if not form or not form.is_valid() or night.case is None:
        return ""
    keep_away_add(case=night.case, by=request.user, **keyed(dict(form.cleaned_data), "territory", "reason"))
    return "Ce lieu est à éviter : les maisons proposées en tiennent compte."


def _ask(request: UserRequest, night: Night) -> str:
    form = night.ask_form
    if not form or not form.is_valid() or night.case is None:
        return ""
    if not sheets_send(request, night.row, night.case, form, is_apart=False):
        return ""
    count = len(form.cleaned_data["structures"])
    return f"La fiche anonyme est partie à {count} structure{'s' if count > 1 else ''}."


def _keep(request: UserRequest, night: Night) -> str:
    sheet = next((one for one in night.sheets if str(one.pk) == request.POST.get("proposition", "")), None)
    if sheet is None:
        raise ValidationError("Cette proposition n’a plus cours.")
    proposal_confirm(proposal=sheet, by=request.user)
    return f"{sheet.partner} est retenue. Les autres sont libérées."


def _arrive(request: UserRequest, night: Night) -> str:
    form = night.arrive_form
    if not form or not form.is_valid() or night.linking is None:
        return ""
    try:
        with transaction.atomic():
            arrival_open(night.linking, form.given(), request.user)
            constraints_check()
    except ValidationError as error:
        form.add_service_error(error)
        return ""
    return f"L’arrivée à {night.linking.partner} est notée."


ACTS: dict[str, Callable[[UserRequest, Night], str]] = {
    "prendre": _take,
    "ouvrir": _open,
    "meme": _same,
    "eviter": _avoid,
    "interroger": _ask,
    "retenir": _keep,
    "arriver": _arrive,
}
"""What a button of the screen does. Each returns what is said of it; nothing when its form is refused."""


def is_of_night(row: Sollicitation) -> bool:
    return row.urgency_id in NIGHT and row.state != SollicitationState.CLOSED


REQUEST_ACTIONS = (
    RowAction("night", route="nuit", label="Écran de nuit", when=is_of_night, order=25, view=night_view),
)
