"""Who the minor of a stay is, completed by the team that houses it; the photo, under a reveal."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from cases.common.policies import TEAM
from cases.files.identity.portal import identity_page
from cases.files.identity.selectors import portrait_of
from cases.stays.models import Placement
from cases.stays.selectors import placement_get
from cms.files.papers import attachment_response
from cms.sessions.step_up import fresh_required
from cms.users.requests import UserRequest
from cms.wall import scope
from cms.wall.reveals.admin import reveal_or_404


def stay_identity_give(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    stay = _own(pk, "cases.identity.give")
    back = reverse("cases:stay", args=[stay.pk])
    return identity_page(request, case_id=stay.case_id, partner_id=stay.partner_id, back=back)


@require_safe
def stay_portrait(request: HttpRequest, pk: uuid.UUID) -> HttpResponseBase:
    """Return the photo while the identity is open; else the page that asks why."""
    stay = _own(pk, "files.attachment.read")
    reveal = reveal_or_404(kind="case", object_id=stay.case_id)
    if answer := fresh_required(request):
        return answer
    if reveal is None:
        return redirect("cases:stay_identity", stay.pk)
    portrait = portrait_of(stay.case_id)
    if portrait is None:
        raise Http404
    return attachment_response(request, portrait)


def _own(pk: uuid.UUID, action: str) -> Placement:
    stay = placement_get(pk=pk, action=action)
    if stay.partner_id not in scope.current().partners_as(*TEAM):
        raise Http404
    return stay
