"""For the ASE authority that pays: the minors that it pays for, and its agreement on a price."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from cases.arrival.forms import AgreeForm
from cases.arrival.models import Linking
from cases.arrival.portal.linkings import finance_items
from cases.arrival.selectors import (
    authorities_of_actor,
    is_paid_by_actor,
    linking_get,
    linkings_of_authorities,
    payer_agreement_of,
    reference_of_paid,
)
from cases.arrival.services.payers import payer_agree
from cases.arrival.words import euros
from cases.common.forms.fields import refuse
from cases.common.portal.pages import form_page, page_of, posted
from cases.common.words import day, item, known, soon
from cases.stays.selectors import placement_opened
from cms.journal.services import journal_read
from cms.partners.conventions.selectors import conventions_of_actor
from cms.partners.models import Convention
from cms.users.requests import UserRequest

WORDS = "Notre autorité prend en charge ce séjour à ces conditions."


def authority_list(request: HttpRequest) -> HttpResponse:
    codes = authorities_of_actor()
    if not codes:
        raise Http404
    page = page_of(request, linkings_of_authorities(codes))
    context = {
        "page": page,
        "items": [payer_line(linking) for linking in page],
        "conventions": [convention_item(convention) for convention in conventions_of_actor()],
    }
    return render(request, "cases/arrival/authority.html", context)


def payer_line(linking: Linking) -> dict:
    price = f"{euros(linking.daily_price_cents)} par jour"
    end = f", jusqu’au {day(linking.finance_ends_on)}" if linking.finance_ends_on else ""
    return {
        "label": linking.reference,
        "url": reverse("cases:payer", args=[linking.pk]),
        "hint": price + end,
        "due": f"mise en lien du {soon(linking.opened_at)}",
        "badge_label": "Validé" if linking.is_agreed else "À valider",
        "badge_tone": "success" if linking.is_agreed else "warning",
    }


def convention_item(convention: Convention) -> dict:
    end = f"jusqu’au {day(convention.ends_on)}" if convention.ends_on else "sans date de fin"
    return item(convention.reference, f"{convention.get_stage_display()}, {end}")


def payer_page(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    linking = linking_get(pk=pk, action="cases.linking.read")
    if not is_paid_by_actor(linking):
        raise Http404
    journal_read("linking", linking.pk)
    form = AgreeForm(posted(request), words=WORDS)
    agreement = payer_agreement_of(linking)
    if request.method == "POST" and form.is_valid():
        try:
            payer_agree(linking=linking, by=request.user)
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(request, "L’accord financier est validé. Merci.")
            return redirect("cases:payer", linking.pk)
    context = {
        "linking": linking,
        "form": form,
        "agreement": agreement,
        "finance": [item("Situation", reference_of_paid(linking)), *finance_items(linking)],
        "stay": _stay_items(linking),
    }
    return form_page(request, "cases/arrival/payer.html", context)


def _stay_items(linking: Linking) -> list[dict]:
    stay = placement_opened(pk=linking.placement_id) if linking.placement_id else None
    if stay is None:
        return []
    return known(
        [
            item("Arrivé le", day(stay.arrived_on)),
            item("Cadre juridique à l’arrivée", stay.legal_frame.label),
            item("Fin du cadre juridique", stay.legal_frame_ends_on and day(stay.legal_frame_ends_on)),
            item("Parti le", stay.ended_on and day(stay.ended_on)),
        ]
    )
