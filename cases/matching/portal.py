"""A structure tells how many of its places are free: the number that the network counts is proposed, one tap
confirms it. It opens one more for the night.
"""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from cases.common.forms.fields import refuse
from cases.common.policies import only
from cases.common.portal.pages import form_page, posted
from cases.matching.forms import ExtraPlacesForm, PlacesForm
from cases.matching.selectors.places import Places, extra_places_on, places_of
from cases.matching.services import extra_places_declare, places_confirm
from cms.journal.services import refusal_queue
from cms.kit.templatetags.french import date
from cms.partners.conventions.selectors import extra_refusal
from cms.partners.models import Partner, Place
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
    places, today = places_of(partner), timezone.localdate()
    is_extra = "extra-count" in request.POST
    confirm = PlacesForm(None if is_extra else posted(request), initial={"free": places.free}, most=places.usable)
    extra = ExtraPlacesForm(request.POST if is_extra else None)
    if request.method == "POST":
        answer = _open(request, partner, extra) if is_extra else _confirm(request, partner, confirm)
        if answer:
            return answer
    extras = list(extra_places_on(partner, today))
    context = {
        "form": extra if is_extra else confirm,
        "confirm": confirm,
        "extra": extra,
        "refusal": extra_refusal(partner, today),
        "partner": partner,
        "places": places,
        "items": _items(places, extras),
        "others": own.exclude(pk=partner.pk),
    }
    return form_page(request, "cases/matching/places.html", context)


def _confirm(request: UserRequest, partner: Partner, form: PlacesForm) -> HttpResponse | None:
    """Confirm the free places; return None when the form has to be shown again."""
    if not form.is_valid():
        return None
    try:
        places_confirm(partner=partner, free=form.cleaned_data["free"], by=request.user)
    except ValidationError as error:
        refuse(form, error)
        return None
    messages.success(request, "C’est noté. La coordination voit ces places comme confirmées à l’instant.")
    return redirect("portal:home")


def _open(request: UserRequest, partner: Partner, form: ExtraPlacesForm) -> HttpResponse | None:
    """Open extra places; return None when the form has to be shown again."""
    if not form.is_valid():
        return None
    try:
        places = extra_places_declare(partner=partner, by=request.user, **form.cleaned_data)
    except ValidationError as error:
        refuse(form, error)
        return None
    until = date(form.cleaned_data["ends_on"], "l j F")
    opened = "Une place de plus est ouverte" if len(places) == 1 else f"{len(places)} places de plus sont ouvertes"
    messages.success(request, f"{opened} jusqu’au {until} compris. La coordination est prévenue.")
    return redirect("cases:places_of", partner.pk)


def _items(places: Places, extras: list[Place]) -> list[dict[str, Any]]:
    until = ", ".join(f"{place.ends_on:%d/%m/%Y}" for place in extras)
    ends = f"dont {len(extras)} pour un temps court, dernier jour : {until}" if extras else ""
    return [
        {"label": "Ouvertes au réseau", "value": places.opened, "hint": ends},
        {"label": "Occupées", "value": places.used},
        {"label": "Retenues", "value": places.held, "hint": "par une proposition en cours ; elles se libèrent seules"},
        {"label": "Empêchées", "value": places.blocked, "hint": "d’après votre dernière confirmation"},
        {"label": "Libres", "value": places.free},
    ]
