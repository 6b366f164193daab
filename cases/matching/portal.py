"""A structure tells how many of its places are free: the number that the network counts is proposed, one tap
confirms it.
"""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from cases.common.forms.fields import refuse
from cases.common.policies import only
from cases.common.portal.pages import form_page, posted
from cases.matching.forms import PlacesForm
from cases.matching.selectors.places import places_of
from cases.matching.services import places_confirm
from cms.journal.services import refusal_queue
from cms.partners.models import Partner
from cms.users.requests import UserRequest
from cms.users.roles import ANSWERS
from cms.wall import scope


def places_page(request: UserRequest, pk: uuid.UUID | None = None) -> HttpResponse:
    """Confirm the free places of a structure; without `pk`, of the first one that the person answers for."""
    only(*ANSWERS)
    own = Partner.objects.filter(pk__in=scope.current().partners_as(*ANSWERS)).order_by("code_name")
    partner = own.filter(pk=pk).first() if pk else own.first()
    if partner is None:
        if pk:
            refusal_queue("partner", pk, "cases.places.read")
        raise Http404
    places = places_of(partner)
    form = PlacesForm(posted(request), initial={"free": places.free}, most=places.usable)
    if request.method == "POST" and form.is_valid():
        try:
            places_confirm(partner=partner, free=form.cleaned_data["free"], by=request.user)
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(request, "C’est noté. La coordination voit ces places comme confirmées à l’instant.")
            return redirect("portal:home")
    items = [
        {"label": "Ouvertes au réseau", "value": places.opened},
        {"label": "Occupées", "value": places.used},
        {"label": "Retenues", "value": places.held, "hint": "par une proposition en cours ; elles se libèrent seules"},
        {"label": "Libres", "value": places.free},
    ]
    others = own.exclude(pk=partner.pk)
    context = {"form": form, "partner": partner, "places": places, "items": items, "others": others}
    return form_page(request, "cases/matching/places.html", context)
