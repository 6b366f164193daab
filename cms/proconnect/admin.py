"""Requests for an account, in the admin of the coordination."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, reverse
from wagtail.admin.menu import MenuItem

from cms.admin.viewsets import ScopedInspectView, ScopedSnippetViewSet
from cms.columns.rules.columns import Column
from cms.kit.blocks import Action, Facts, Listing
from cms.kit.pages import action_page
from cms.kit.words import moment
from cms.proconnect.enums import RequestState
from cms.proconnect.forms import ApproveForm, RefuseForm
from cms.proconnect.models import AccountRequest
from cms.proconnect.selectors import has_account_already
from cms.proconnect.services.requests import TO_DECIDE
from cms.proconnect.settings import configuration


class AccountRequestInspectView(ScopedInspectView):
    def get_object(self, queryset: QuerySet | None = None) -> AccountRequest:
        return get_object_or_404(self.model.objects.select_related("user", "decided_by"), pk=self.pk)

    def blocks(self) -> list[Facts | Listing]:
        row = self.object
        identity = [
            ("Nom", row.usual_name),
            ("Prénom", row.given_name),
            ("Adresse électronique", row.email),
            ("Service", row.organizational_unit),
            ("SIRET de l’employeur", row.siret),
        ]
        answer = [
            ("État", row.get_state_display()),
            ("Demandée le", moment(row.asked_at)),
            ("Traitée le", row.decided_at and moment(row.decided_at)),
            ("Traitée par", row.decided_by),
        ]
        if row.refusal:
            answer.append(("Motif du refus", row.get_refusal_display()))
        if row.user:
            answer.append(("Compte", row.user))
        return [Facts("Ce que ProConnect dit de la personne", identity), Facts("Suite donnée", answer)]

    def next_step(self) -> str:
        if self.object.state not in TO_DECIDE:
            return "Cette demande est close : les accès de la personne se changent sur la fiche de son partenaire."
        if has_account_already(self.object):
            return (
                "Un compte a déjà cette adresse. Ne l’ouvrez pas une seconde fois : la personne s’y connecte comme "
                "d’habitude, puis le relie depuis « Mon compte »."
            )
        if self.object.state == RequestState.REFUSED:
            return "Cette demande est refusée. Si la situation a changé, vous pouvez encore l’accepter."
        return (
            "Vérifiez auprès du service que la personne y travaille, puis acceptez ou refusez. Rien ne lui est ouvert "
            "avant."
        )

    def actions(self) -> list[Action]:
        row = self.object
        if row.state not in TO_DECIDE:
            return []
        actions = []
        if not has_account_already(row):
            actions.append(Action("Accepter", reverse("proconnect_request:approve", args=[row.pk]), is_main=True))
        if row.state == RequestState.PENDING:
            actions.append(Action("Refuser", reverse("proconnect_request:refuse", args=[row.pk])))
        return actions


def _person(row: AccountRequest) -> str:
    return f"{row.given_name} {row.usual_name}"


def _page(
    request: HttpRequest, pk: UUID, form_class: type[ApproveForm] | type[RefuseForm], **texts: Any
) -> HttpResponse:
    row = get_object_or_404(AccountRequest, pk=pk)
    form = form_class(request.POST if request.method == "POST" else None, request=row)
    intro = texts.pop("intro").format(person=_person(row))
    back_url = reverse("proconnect_request:inspect", args=[row.pk])
    return action_page(request, form=form, run=form.run, subtitle=str(row), back_url=back_url, intro=intro, **texts)


def approve_view(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _page(
        request,
        pk,
        ApproveForm,
        title="Accepter la demande",
        intro="Le compte de {person} s’ouvre avec ce rattachement. La personne entre avec ProConnect.",
        done="Le compte est ouvert et rattaché.",
        submit_label="Ouvrir le compte",
    )


def refuse_view(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _page(
        request,
        pk,
        RefuseForm,
        title="Refuser la demande",
        intro="{person} lira que sa demande n’a pas été acceptée, sans le motif.",
        done="La demande est refusée.",
        submit_label="Refuser",
    )


class ConfiguredMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return configuration() is not None and request.user.has_perm("proconnect.change_accountrequest")


class AccountRequestViewSet(ScopedSnippetViewSet):
    model = AccountRequest
    journal_kind = "account_request"
    icon = "user"
    url_prefix = "demandes-de-compte"
    admin_url_namespace = "proconnect_request"
    menu_label = "Demandes de compte"
    menu_name = "demandes-de-compte"
    menu_order = 140
    add_to_admin_menu = True
    inspect_view_class = AccountRequestInspectView
    columns = (
        Column(path="asked_at", is_shown=True, is_exported=True),
        Column(code="usual_name", label="Nom", show=lambda row: row.usual_name, is_shown=True, stays_here=True),
        Column(code="given_name", label="Prénom", show=lambda row: row.given_name, is_shown=True, stays_here=True),
        Column(path="organizational_unit", is_shown=True, is_exported=True),
        Column(path="siret", is_shown=True, is_exported=True),
        Column(path="state", is_shown=True, is_exported=True, is_quick=True),
        Column(path="decided_at", is_exported=True),
    )
    export_filename = "demandes-de-compte"

    def get_menu_item(self, order: int | None = None) -> MenuItem:
        return ConfiguredMenuItem(
            label=self.menu_label,
            url=reverse("proconnect_request:list"),
            name=self.menu_name,
            icon_name=self.icon,
            order=order or self.menu_order,
        )

    def action_urls(self) -> list[URLPattern]:
        return [
            self.action("accepter", approve_view, name="approve", needs_fresh=True),
            self.action("refuser", refuse_view, name="refuse"),
        ]
