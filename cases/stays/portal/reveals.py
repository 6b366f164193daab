"""Identity of a minor for the team that houses it; address of the structure for the team and who follows the stay."""

import uuid
from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from cases.common.forms.fields import refuse
from cases.common.policies import TEAM, only
from cases.common.portal.pages import form_page, posted
from cases.files.identity.selectors import identity_rows, portrait_of
from cases.stays.models import Placement
from cases.stays.selectors import placement_get, reference_of_stay
from cms.partners.book.selectors import address_rows
from cms.sessions.step_up import fresh_required
from cms.users.requests import UserRequest
from cms.users.roles import Role
from cms.wall import scope
from cms.wall.reveals.admin import reveal_or_404, until
from cms.wall.reveals.forms import PortalRevealForm
from cms.wall.reveals.services import reveal_open


def stay_identity(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    stay = placement_get(pk=pk, action="access.reveal.refused")
    if stay.partner_id not in scope.current().partners_as(*TEAM):
        raise Http404
    texts = {"title": "Identité du jeune", "submit_label": "Voir l’identité"}
    return _page(request, stay, texts, kind="case", object_id=stay.case_id, read=identity_rows)


def stay_address(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    stay = placement_get(pk=pk, action="access.reveal.refused")
    only(*TEAM, Role.REQUESTER)
    texts = {"title": "Adresse de la structure", "submit_label": "Voir l’adresse"}
    return _page(request, stay, texts, kind="partner", object_id=stay.partner_id, read=address_rows)


def portrait_url(stay: Placement) -> str:
    """Return where the photo is downloaded; empty when there is none."""
    return reverse("cases:stay_portrait", args=[stay.pk]) if portrait_of(stay.case_id) else ""


def _page(
    request: UserRequest,
    stay: Placement,
    texts: dict[str, str],
    *,
    kind: str,
    object_id: uuid.UUID,
    read: Callable[[uuid.UUID], Iterable[tuple[str, Any]]],
) -> HttpResponse:
    reveal = reveal_or_404(kind=kind, object_id=object_id)
    if answer := fresh_required(request):
        return answer
    houses = stay.partner_id in scope.current().partners_as(*TEAM)
    back = reverse("cases:stay", args=[stay.pk]) if houses else reverse("cases:requests")
    context = {"reference": reference_of_stay(placement=stay), "back": back, **texts}
    if reveal:
        items = [{"label": label, "value": value} for label, value in read(object_id)]
        shown = {"items": items, "until": until(reveal), "portrait_url": portrait_url(stay) if kind == "case" else ""}
        return render(request, "cases/stays/sealed.html", context | shown)
    form = PortalRevealForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            reveal_open(kind=kind, object_id=object_id, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            refuse(form, error)
        else:
            return redirect(request.path)
    return form_page(request, "cases/stays/sealed_ask.html", context | {"form": form})
