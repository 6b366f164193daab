"""Screens of the coordination about units of police and gendarmerie under the protocol."""

import datetime as dt
import uuid
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from cms.documents.enums import PROTOCOL
from cms.documents.signatures.forms import PaperForm
from cms.documents.signatures.services.signatures import acknowledgement_record
from cms.documents.units.forms import ReviewForm, UnitForm
from cms.documents.units.models import AuthorisedUnit
from cms.documents.units.selectors import force_units, units_list
from cms.documents.units.services import unit_list, unit_review
from cms.documents.versions.admin import DocumentScreen
from cms.documents.versions.selectors import version_in_force
from cms.kit.blocks import Listing
from cms.kit.pages import action_page
from cms.kit.templatetags.french import date
from cms.partners.models import Partner
from cms.users.models import User
from cms.users.roles import SEES_ALL_CASES
from cms.wall import scope

YEAR = dt.timedelta(days=365)
SUBTITLE = "Unités du protocole"


class UnitsView(DocumentScreen, TemplateView):
    """Every unit: on the list or not, signed or not, its contacts, its next review; what is late first."""

    page_title = "Protocole police et gendarmerie : unités"
    template_name = "documents/admin/units.html"
    roles = tuple(sorted(SEES_ALL_CASES))
    header_icon = "group"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = units_list()
        return super().get_context_data(
            rows=rows,
            version=version_in_force(PROTOCOL),
            listed=sum(row.unit is not None for row in rows),
            signed=sum(row.holds for row in rows),
            late=sum(row.is_late for row in rows),
            **kwargs,
        )


def unit_view(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    partner = _unit(pk)
    unit = AuthorisedUnit.objects.filter(partner=partner).first()
    data = request.POST if request.method == "POST" else None
    return action_page(
        request,
        form=UnitForm(data, unit=unit, day=timezone.localdate() + YEAR),
        run=lambda asked: unit_list(partner=partner, by=cast(User, request.user), **asked),
        title=f"Contacts et revue : {partner}",
        subtitle=SUBTITLE,
        intro="Une unité inscrite a un contact de chaque côté, qui se revoient une fois par an. Une unité qui n’est "
        "pas inscrite, ou n’a pas signé, peut demander une place comme les autres.",
        done=f"{partner} : contacts et revue enregistrés.",
        back_url=reverse("documents_units"),
        listing=_reviews(unit) if unit else None,
    )


def review_view(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    partner = _unit(pk)
    unit = get_object_or_404(AuthorisedUnit, partner=partner)
    data = request.POST if request.method == "POST" else None
    return action_page(
        request,
        form=ReviewForm(data, day=timezone.localdate() + YEAR),
        run=lambda asked: unit_review(unit=unit, by=cast(User, request.user), **asked),
        title=f"Revue annuelle : {partner}",
        subtitle=SUBTITLE,
        intro=f"Avec {unit.contact_name}, {unit.contact_position}. Revoyez ensemble les personnes autorisées.",
        done=f"{partner} : la revue est écrite, la suivante est fixée.",
        submit_label="Écrire la revue",
        back_url=reverse("documents_units"),
        listing=_reviews(unit),
    )


def unit_paper_view(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Record the protocol that the chief of a unit signed on paper."""
    partner = _unit(pk)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    return action_page(
        request,
        form=PaperForm(*posted, kind=PROTOCOL),
        run=lambda asked: acknowledgement_record(partner=partner, by=cast(User, request.user), **asked),
        title="Enregistrer un protocole signé sur papier",
        subtitle=SUBTITLE,
        intro=f"Au nom de {partner} : recopiez qui a signé et quand, et joignez le papier. L’enregistrement porte "
        "votre nom et ne se modifie plus.",
        done=f"Le protocole signé par {partner} est enregistré.",
        submit_label="Enregistrer la signature",
        back_url=reverse("documents_units"),
    )


def _unit(pk: uuid.UUID) -> Partner:
    if not scope.current().has_role(*SEES_ALL_CASES):
        raise Http404
    return get_object_or_404(force_units().select_related("requester_type"), pk=pk)


def _reviews(unit: AuthorisedUnit) -> Listing:
    rows = [
        (date(row.reviewed_on, "j F Y"), row.decisions, str(row.recorded_by), date(row.next_on, "j F Y"))
        for row in unit.reviews.select_related("recorded_by")
    ]
    headings = ("Faite le", "Ce qui a été décidé", "Menée par", "Revue suivante")
    return Listing("Revues passées", headings, rows, "Aucune revue pour le moment.")
