"""« Qui peut voir ce dossier, qui l’a ouvert, qui a été refusé », the bris de glace, and what it alerts."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils import timezone
from wagtail.admin.viewsets.base import ViewSet

from cases.files.access.selectors import (
    PartnerReading,
    RefusalCount,
    case_of_reference,
    case_reference,
    grants_on,
    refusals_on,
    reveals_on,
    seen_by_nature,
    traces_on,
)
from cases.files.identity.selectors import identity_rows
from cms.journal.enums import Outcome
from cms.journal.services import journal_append, refusal_queue
from cms.kit.blocks import Action, Listing
from cms.kit.forms.admin import AdminForm
from cms.kit.pages import action_page
from cms.kit.words import action_words
from cms.partners.models import Partner
from cms.sessions.step_up import fresh_required
from cms.users.models import User
from cms.users.requests import UserRequest
from cms.users.roles import SEES_ALL_CASES, Role
from cms.wall import scope
from cms.wall.models import Grant, Reveal
from cms.wall.reveals.admin import sealed_page
from cms.wall.reveals.forms import BreakGlassForm
from cms.wall.reveals.services import reveal_live, reveal_may, reveal_open

CHECKS = (Role.COORDINATION, Role.DIRECTION, Role.DPO)
PER_PAGE = 50
GRANTED = {"case": "la situation", "placement": "le séjour", "proposal": "la fiche"}
REFUSED = GRANTED | {"sollicitation": "la demande", "orientation": "l’orientation", "incident": "un incident"}
BY_NATURE = {
    "sollicitation": ("Service demandeur", "sa demande et ce qu’elle est devenue", "un service demandeur"),
    "placement": ("Structure d’accueil", "le séjour", "une structure du réseau"),
}
TITLE = "Qui peut voir ce dossier"
HOME = {"url": reverse_lazy("wagtailadmin_home"), "label": "Accueil"}
CONTROL = {"url": reverse_lazy("havre_file:index"), "label": "Accès aux dossiers"}


def checks_files(request: HttpRequest) -> bool:
    return scope.current().has_role(*CHECKS)


class ReferenceForm(AdminForm):
    reference = forms.CharField(
        label="Référence de la situation",
        max_length=20,
        help_text="Par exemple M-2026-0012.",
        error_messages={"required": "Indiquez la référence."},
    )

    def clean_reference(self) -> str:
        self.case_id = case_of_reference(self.cleaned_data["reference"].strip().upper())
        if self.case_id is None:
            raise ValidationError("Aucune situation ne porte cette référence.")
        return self.cleaned_data["reference"]


def search_page(request: HttpRequest) -> HttpResponse:
    """Find a file by its reference, which is posted and never put in an address."""
    if not checks_files(request):
        raise Http404
    form = ReferenceForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return redirect("havre_file:page", form.case_id)
    return action_page(
        request,
        form=form,
        run=lambda cleaned: None,
        title="Accès aux dossiers",
        intro="Retrouvez une situation pour savoir qui peut la voir, qui l’a ouverte et qui a été refusé.",
        done="",
        back_url=reverse("wagtailadmin_home"),
        submit_label="Chercher",
    )


def _reference_or_404(request: HttpRequest, pk: uuid.UUID, action: str) -> str:
    reference = case_reference(pk) if checks_files(request) else ""
    if not reference:
        refusal_queue("case", pk, action)
        raise Http404
    return reference


def file_page(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    reference = _reference_or_404(request, pk, "cases.access.refused")
    journal_append(action="cases.access.read", kind="case", object_id=pk, outcome=Outcome.READ)
    page: Page[Any] = Paginator(traces_on(pk), PER_PAGE).get_page(request.GET.get("p"))
    live, past = grants_on(pk)
    natures, refused, reveals = seen_by_nature(pk), refusals_on(pk), reveals_on(pk)
    partner_ids = {nature.partner_id for nature in natures} | {grant.partner_id for grant in (*live, *past)}
    partners = Partner.objects.in_bulk(partner_ids - {None})
    actor_ids = {refusal.actor_id for refusal in refused} | {trace.actor_id for trace in page}
    people = User.objects.in_bulk(actor_ids - {None})
    context = {
        "next_step": "Certains voient ce dossier par leur fonction, les autres par un droit de regard daté. Personne "
        "n’ouvre l’identité sans dire pourquoi. Une tentative refusée reste ici, même sur un séjour ou une fiche.",
        "blocks": [
            _natures(natures, partners),
            _grants("Qui peut voir ce dossier par un droit de regard", live, partners, "Personne."),
            _refusals(refused, people),
            _reveals(reveals),
            _traces(page, people),
            _grants("Qui pouvait le voir", past, partners, "Aucun droit de regard n’a pris fin."),
        ],
        "actions": _actions(pk),
        "page": page,
        "page_title": TITLE,
        "header_title": TITLE,
        "breadcrumbs_items": [HOME, CONTROL, {"url": "", "label": reference}],
        "header_buttons": [],
    }
    return TemplateResponse(request, "cases/files/access/file_access.html", context)


def _actions(pk: uuid.UUID) -> list[Action]:
    if reveal_may(kind="case", object_id=pk, is_break_glass=True):
        return [Action("Bris de glace", reverse("havre_file:break_glass", args=[pk]))]
    return []


def _moment(value: dt.datetime | None) -> str:
    return f"{timezone.localtime(value):%d/%m/%Y à %H:%M}" if value else ""


def _grants(title: str, grants: list[Grant], partners: Mapping[Any, Partner], empty: str) -> Listing:
    rows = [
        (
            grant.user or partners.get(grant.partner_id) or "une structure du réseau",
            grant.get_role_display() or ("la personne seule" if grant.user_id else "toute l’équipe"),
            GRANTED[grant.object_kind],
            grant.get_level_display(),
            grant.reason,
            _moment(grant.starts_at),
            _moment(grant.ends_at),
        )
        for grant in grants
    ]
    return Listing(title, ("Qui", "Rôle", "Quoi", "Jusqu’où", "Motif", "Depuis", "Jusqu’au"), rows, empty)


def _natures(natures: list[PartnerReading], partners: Mapping[Any, Partner]) -> Listing:
    """List who reads the file, or a part of it, by role."""
    today = timezone.localdate()
    rows: list[tuple[Any, ...]] = []
    holders = User.objects.filter(is_active=True, groups__name__in=[role.value for role in SEES_ALL_CASES])
    named = [(user, user.role) for user in holders.annotate(role=F("groups__name")).order_by("last_name")]
    for role in (Role.COORDINATION, Role.DIRECTION):
        people = ", ".join(str(user) for user, held_role in named if held_role == role.value)
        rows.append((people or "personne", role.label, "tout le dossier, sauf l’identité", "", ""))
    for nature in natures:
        title, reads, without_name = BY_NATURE[nature.kind]
        is_over = nature.until is not None and nature.until <= today
        who = partners.get(nature.partner_id) or without_name
        rows.append(
            (who, title, reads + (", dates seules" if is_over else ""), _day(nature.since), _day(nature.until))
        )
    return Listing(
        "Qui peut voir ce dossier par sa fonction", ("Qui", "À quel titre", "Quoi", "Depuis", "Jusqu’au"), rows, ""
    )


def _day(value: dt.date | None) -> str:
    return f"{value:%d/%m/%Y}" if value else ""


def _refusals(refused: list[RefusalCount], people: Mapping[Any, User]) -> Listing:
    rows = [
        (
            people.get(one.actor_id, "tâche automatique"),
            REFUSED[one.kind],
            "identité ou adresse" if one.action.startswith("access.reveal.") else "consultation ou action",
            one.count,
            _moment(one.last_at),
        )
        for one in refused
    ]
    headings = ("Qui", "Sur quoi", "Ce qui était demandé", "Combien de fois", "La dernière fois")
    return Listing("Qui a été refusé", headings, rows, "Personne n’a été refusé.")


def _reveals(reveals: list[Reveal]) -> Listing:
    rows = [
        (
            row.user,
            "bris de glace" if row.is_break_glass else "ouverture motivée",
            row.get_reason_display(),
            _moment(row.starts_at),
            _moment(row.ends_at),
        )
        for row in reveals
    ]
    headings = ("Qui", "Comment", "Motif", "Ouverte le", "Jusqu’au")
    return Listing("Qui a ouvert l’identité", headings, rows, "Personne ne l’a ouverte.")


def _traces(page: Page, people: Mapping[Any, User]) -> Listing:
    rows = [
        (
            _moment(trace.at),
            people.get(trace.actor_id, "tâche automatique"),
            action_words(trace.action),
            Outcome(trace.outcome).label,
        )
        for trace in page
    ]
    headings = ("Quand", "Qui", "Quoi", "Issue")
    return Listing("Qui l’a ouvert, changé, ou a été refusé", headings, rows, "Aucune ligne au journal.")


def break_glass_page(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Open an identity for data protection, in an emergency: two sentences, a box to tick, and an alert."""
    reference = _reference_or_404(request, pk, "access.reveal.refused")
    if not reveal_may(kind="case", object_id=pk, is_break_glass=True):
        refusal_queue("case", pk, "access.reveal.refused")
        raise Http404
    if answer := fresh_required(request):
        return answer
    texts: dict[str, Any] = {
        "title": "Bris de glace",
        "subtitle": reference,
        "back_url": reverse("havre_file:page", args=[pk]),
    }
    if reveal := reveal_live(kind="case", object_id=pk):
        return sealed_page(request, reveal, rows=identity_rows(pk), **texts)

    def run(cleaned: dict[str, Any]) -> None:
        reasons = {name: cleaned[name] for name in ("reason", "words", "necessity")}
        reveal_open(kind="case", object_id=pk, by=request.user, is_break_glass=True, reference=reference, **reasons)

    return action_page(
        request,
        form=BreakGlassForm(request.POST if request.method == "POST" else None),
        run=run,
        intro="Vous n’avez pas à connaître cette identité pour votre travail courant : la direction est alertée dès "
        "l’ouverture, et le journal la garde.",
        done="La direction est alertée. Fermez la page dès que vous avez fini.",
        done_url=request.path,
        submit_label="Briser la glace",
        **texts,
    )


class FileAccessViewSet(ViewSet):
    name = "havre_file"
    url_prefix = "dossiers"
    icon = "view"
    menu_label = "Accès aux dossiers"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", search_page, name="index"),
            path("<uuid:pk>/acces/", file_page, name="page"),
            path("<uuid:pk>/bris-de-glace/", break_glass_page, name="break_glass"),
        ]
