"""Actions of the coordination on a partner: a form, a service, back to the file. The viewset guards each view."""

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse

from cms.kit.forms.admin import AdminForm
from cms.kit.pages import action_page
from cms.partners.book.forms import LastDayForm, PartnerSuspendForm, PlaceCloseForm, PlacesForm, ProfileForm
from cms.partners.book.models import Partner, StructureProfile
from cms.partners.book.selectors import address_rows
from cms.partners.conventions.forms import AdvanceForm
from cms.partners.conventions.models import Convention
from cms.partners.conventions.pipeline.forms import FollowForm
from cms.partners.enums import PartnerKind
from cms.partners.people.forms import ContactForm
from cms.partners.people.models import Contact
from cms.partners.people.services import contact_remove
from cms.users.models import User
from cms.users.requests import UserRequest
from cms.wall.reveals.admin import reveal_page


def data_of(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


ActionForm = ContactForm | LastDayForm | PartnerSuspendForm | PlaceCloseForm | PlacesForm | ProfileForm
"""A form that knows the service it calls."""


def _page(
    request: HttpRequest,
    partner: Partner,
    form: ActionForm | AdminForm,
    *,
    run: Callable[[dict[str, Any]], object] | None = None,
    **texts: Any,
) -> HttpResponse:
    return action_page(
        request,
        form=form,
        run=run or cast(ActionForm, form).run,
        subtitle=str(partner),
        back_url=reverse("partners_partner:inspect", args=[partner.pk]),
        **texts,
    )


def _structure(pk: UUID) -> Partner:
    """Pages that exist for structures alone."""
    partner = get_object_or_404(Partner, pk=pk)
    if partner.kind != PartnerKind.STRUCTURE:
        raise Http404
    return partner


def profile_view(request: HttpRequest, pk: UUID) -> HttpResponse:
    partner = _structure(pk)
    known = StructureProfile.objects.filter(partner=partner).first()
    form = ProfileForm(data_of(request), instance=known or StructureProfile(partner=partner))
    return _page(
        request,
        partner,
        form,
        title="Profil d’accueil",
        intro="Ces critères servent à choisir les structures à interroger pour un mineur.",
        done="Le profil d’accueil est enregistré.",
    )


def reveal_view(request: UserRequest, pk: UUID) -> HttpResponse:
    partner = _structure(pk)
    return reveal_page(
        request,
        kind="partner",
        object_id=partner.pk,
        read=lambda: address_rows(partner.pk),
        title="Nom réel et adresse",
        subtitle=str(partner),
        back_url=reverse("partners_partner:inspect", args=[partner.pk]),
    )


def member_end_view(request: HttpRequest, pk: UUID, row_pk: UUID) -> HttpResponse:
    partner = get_object_or_404(Partner, pk=pk)
    row = get_object_or_404(partner.memberships.select_related("user"), pk=row_pk)
    return _page(
        request,
        partner,
        LastDayForm(data_of(request), row=row),
        title="Mettre fin au rattachement",
        intro=f"{row.user}, {row.get_role_display()} : ce que ce rôle ouvre se ferme le lendemain du dernier jour.",
        done="La fin du rattachement est enregistrée.",
    )


def suspend_view(request: HttpRequest, pk: UUID) -> HttpResponse:
    partner = _structure(pk)
    return _page(
        request,
        partner,
        PartnerSuspendForm(data_of(request), partner=partner),
        title="Suspendre la structure",
        intro="Tant que la suspension dure, ses places ne comptent plus. Les séjours en cours continuent.",
        done="La suspension est enregistrée.",
        submit_label="Suspendre",
    )


def suspension_end_view(request: HttpRequest, pk: UUID, row_pk: UUID) -> HttpResponse:
    partner = _structure(pk)
    row = get_object_or_404(partner.suspensions, pk=row_pk)
    return _page(
        request,
        partner,
        LastDayForm(data_of(request), row=row),
        title="Mettre fin à la suspension",
        intro=f"{row} : la structure compte de nouveau le lendemain du dernier jour.",
        done="La fin de la suspension est enregistrée.",
    )


def contact_add_view(request: HttpRequest, pk: UUID) -> HttpResponse:
    partner = get_object_or_404(Partner, pk=pk)
    return _page(
        request,
        partner,
        ContactForm(data_of(request), instance=Contact(partner=partner)),
        title="Ajouter un contact",
        intro="Quelqu’un à appeler chez ce partenaire. Un contact n’ouvre aucun compte.",
        done="Le contact est ajouté.",
        submit_label="Ajouter",
    )


def contact_change_view(request: HttpRequest, pk: UUID, row_pk: UUID) -> HttpResponse:
    partner = get_object_or_404(Partner, pk=pk)
    row = get_object_or_404(partner.contacts, pk=row_pk)
    return _page(
        request,
        partner,
        ContactForm(data_of(request), instance=row),
        title="Corriger le contact",
        done="Le contact est corrigé.",
    )


def contact_remove_view(request: HttpRequest, pk: UUID, row_pk: UUID) -> HttpResponse:
    partner = get_object_or_404(Partner, pk=pk)
    row = get_object_or_404(partner.contacts, pk=row_pk)
    return _page(
        request,
        partner,
        AdminForm(data_of(request)),
        run=lambda cleaned: contact_remove(contact=row),
        title="Retirer le contact",
        intro=f"{row} et ses coordonnées seront effacés du carnet.",
        done="Le contact est retiré.",
        submit_label="Retirer",
    )


def places_view(request: HttpRequest, pk: UUID) -> HttpResponse:
    partner = _structure(pk)
    return _page(
        request,
        partner,
        PlacesForm(data_of(request), partner=partner),
        title="Ouvrir des places",
        intro="Les nouvelles places s’ajoutent à celles qui sont ouvertes.",
        done="Les places sont ouvertes.",
        submit_label="Ouvrir",
    )


def place_close_view(request: HttpRequest, pk: UUID, row_pk: UUID) -> HttpResponse:
    partner = _structure(pk)
    row = get_object_or_404(partner.places, pk=row_pk)
    return _page(
        request,
        partner,
        PlaceCloseForm(data_of(request), place=row),
        title=f"Fermer {row}",
        intro="La place ne compte plus à partir de ce jour. Elle doit être libre.",
        done=f"{row} est fermée.",
        submit_label="Fermer",
    )


def advance_view(request: HttpRequest, pk: UUID) -> HttpResponse:
    convention = get_object_or_404(Convention.objects.select_related("partner"), pk=pk)
    form = AdvanceForm(data_of(request), request.FILES or None, convention=convention, by=cast(User, request.user))
    return action_page(
        request,
        form=form,
        run=form.run,
        title="Faire avancer la convention",
        subtitle=str(convention),
        intro=f"Convention avec {convention.partner}, aujourd’hui à l’étape « {convention.get_stage_display()} ».",
        done="L’étape est enregistrée.",
        back_url=reverse("partners_convention:inspect", args=[pk]),
    )


def follow_view(request: HttpRequest, pk: UUID) -> HttpResponse:
    convention = get_object_or_404(Convention.objects.select_related("partner", "followup"), pk=pk)
    form = FollowForm(data_of(request), convention=convention)
    return action_page(
        request,
        form=form,
        run=form.run,
        title="Responsable et prochaine étape",
        subtitle=str(convention),
        intro="Le responsable reçoit les rappels d’échéance. Le partenaire ne lit pas ce suivi.",
        done="Le suivi est enregistré.",
        back_url=reverse("partners_convention:inspect", args=[pk]),
    )
