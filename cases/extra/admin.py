"""« Champs ajoutés », in the menu of settings: questions that the network adds without a change of code."""

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django import forms
from django.db.models import Model
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse, reverse_lazy
from wagtail.admin.viewsets.base import ViewSet

from cases.common.admin.blocks import Blocks
from cases.common.admin.views import data_of
from cases.extra.enums import ExtraKind, ExtraTarget
from cases.extra.models import ExtraField
from cases.extra.selectors import answer_column, extra_rows, fields_counted
from cases.extra.services import (
    choices_read,
    extra_field_change,
    extra_field_create,
    extra_field_retire,
    extra_field_return,
    extra_seal,
    extra_unseal_agree,
    extra_unseal_ask,
)
from cms.admin.viewsets import ScopedIndexView
from cms.kit.blocks import Action, Cell, Facts, Listing
from cms.kit.forms.admin import AdminForm
from cms.kit.forms.fields import choices_offer
from cms.kit.pages import action_page
from cms.kit.xlsx.lists import ListExport, rows_of
from cms.kit.xlsx.sheets import Render, choice_cell, day_cell
from cms.navigation.menu import RoleMenuItem
from cms.users.requests import UserRequest
from cms.values.forms import AdminModelForm
from cms.wall import scope

TITLE = "Champs ajoutés"
BACK = reverse_lazy("havre_extra:index")
REASON = "Gardé avec la version. Sans nom de personne."


class _FieldForm(AdminModelForm):
    choices = forms.CharField(
        label="Choix proposés",
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Pour un choix dans une liste : un par ligne. Un choix retiré reste sur les fiches qui le portent.",
    )
    reason = forms.CharField(label="Pourquoi", max_length=300, required=False, help_text=REASON)

    def given(self) -> dict[str, Any]:
        """Return the arguments of the services."""
        values = {name: self.cleaned_data[name] for name in (*(self._meta.fields or ()), "reason")}
        lines = [line.strip() for line in self.cleaned_data["choices"].splitlines()]
        known = [] if self.instance._state.adding else ExtraField.objects.get(pk=self.instance.pk).choices
        return values | {"choices": choices_read([line for line in lines if line], known)}


class NewFieldForm(_FieldForm):
    field_order = ("target", "label", "help", "kind", "choices", "audience", "is_required", "position", "reason")

    class Meta:
        model = ExtraField
        fields = ("target", "label", "help", "kind", "audience", "is_required", "position")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, offered in (("target", ExtraTarget.choices), ("kind", ExtraKind.choices)):
            choices_offer(self, name, [("", "Choisir…"), *offered])


class ChangeFieldForm(_FieldForm):
    field_order = ("label", "help", "choices", "audience", "is_required", "position", "reason")

    class Meta:
        model = ExtraField
        fields = ("label", "help", "audience", "is_required", "position")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [item["label"] for item in self.instance.choices if not item.get("is_retired")]
        self.fields["choices"].initial = "\n".join(offered)
        if self.instance.kind != ExtraKind.CHOICE:
            del self.fields["choices"]

    def given(self) -> dict[str, Any]:
        if "choices" in self.fields:
            return super().given()
        return {name: self.cleaned_data[name] for name in (*(self._meta.fields or ()), "reason")}


class FieldReasonForm(AdminForm):
    reason = forms.CharField(label="Pourquoi", max_length=300, help_text=REASON)


def _manages() -> bool:
    return scope.current().sees_all_cases()


def _field(pk: uuid.UUID) -> ExtraField:
    row = ExtraField.objects.filter(pk=pk).first() if _manages() else None
    if row is None:
        raise Http404
    return row


def fields_page(request: UserRequest) -> HttpResponse:
    if not _manages():
        raise Http404
    rows = list(ExtraField.objects.select_related("unseal_asked_by"))
    listing = Listing(
        TITLE,
        ("Question", "Champ de", "Réponse", "Posée à", "Obligatoire", "Scellé", "État"),
        [
            (
                Cell(row.label, reverse("havre_extra:edit", args=[row.pk])),
                row.get_target_display(),
                row.get_kind_display(),
                row.get_audience_display(),
                row.is_required,
                _seal_words(row),
                f"retiré le {row.retired_on:%d/%m/%Y}" if row.retired_on else "en service",
            )
            for row in rows
        ],
        "Aucun champ ajouté.",
        [_actions(row, request.user.pk) for row in rows],
    )
    context = {
        "intro": "Des questions que votre réseau pose en plus, sur une demande ou une situation. Les réponses restent "
        "sous scellé, sauf si deux personnes conviennent qu’elles servent aux tableaux. La police, la gendarmerie et "
        "les transmetteurs ne sont jamais obligés d’y répondre.",
        "actions": [Action("Ajouter un champ", reverse("havre_extra:new"), is_main=True)],
        "blocks": [listing],
        "header_title": TITLE,
        "page_title": TITLE,
        "breadcrumbs_items": [
            {"url": reverse_lazy("wagtailadmin_home"), "label": "Accueil"},
            {"url": reverse_lazy("havre_config:index"), "label": "Réglages"},
            {"url": "", "label": TITLE},
        ],
    }
    return TemplateResponse(request, "configuration/config.html", context)


def _seal_words(row: ExtraField) -> str:
    if row.is_waiting:
        return "sous scellé, levée demandée"
    return "sous scellé" if row.is_sealed else "en clair, compté"


def _actions(row: ExtraField, user_id: uuid.UUID) -> list[Action]:
    def to(name: str) -> str:
        return reverse(f"havre_extra:{name}", args=[row.pk])

    if row.retired_on:
        return [Action("Remettre en service", to("return"))]
    actions = [Action("Retirer", to("retire"))]
    if row.is_waiting and row.unseal_asked_by_id != user_id:
        actions.append(Action("Accorder la levée", to("agree"), is_main=True))
    if row.is_waiting or not row.is_sealed:
        actions.append(Action("Garder sous scellé", to("seal")))
    elif row.kind != ExtraKind.TEXT:
        actions.append(Action("Lever le scellé", to("unseal")))
    return actions


def new_page(request: UserRequest) -> HttpResponse:
    if not _manages():
        raise Http404
    form = NewFieldForm(data_of(request))
    return action_page(
        request,
        form=form,
        run=lambda cleaned: extra_field_create(by=request.user, **form.given()),
        title="Ajouter un champ",
        subtitle=TITLE,
        intro="N’ajoutez que ce qui sert à protéger ou à rendre compte : chaque donnée de plus est à garder.",
        done="Le champ est ajouté. Ses réponses restent sous scellé.",
        back_url=str(BACK),
        submit_label="Ajouter",
    )


def edit_page(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    row = _field(pk)
    form = ChangeFieldForm(data_of(request), instance=row)
    return action_page(
        request,
        form=form,
        run=lambda cleaned: extra_field_change(field=_field(pk), by=request.user, **form.given()),
        title=row.label,
        subtitle=TITLE,
        done="Le champ est modifié. Les réponses déjà données restent.",
        back_url=str(BACK),
        impact=lambda cleaned: [field_impact(row)],
        submit_label="Mettre en vigueur",
    )


def field_impact(row: ExtraField) -> str:
    """Count the answers already given. Sealed answers of situations are behind their reveal: they are left out."""
    count = row.answers.count()
    return f"Réponses déjà données, qui restent telles quelles : {count}."


def _decide(
    request: UserRequest,
    pk: uuid.UUID,
    *,
    run: Callable[[ExtraField, dict[str, Any]], object],
    form: AdminForm | None = None,
    **texts: Any,
) -> HttpResponse:
    row = _field(pk)
    form = form or AdminForm(data_of(request))
    return action_page(
        request, form=form, run=lambda cleaned: run(row, cleaned), subtitle=TITLE, back_url=str(BACK), **texts
    )


def retire_page(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    return _decide(
        request,
        pk,
        form=FieldReasonForm(data_of(request)),
        run=lambda row, cleaned: extra_field_retire(field=row, by=request.user, **cleaned),
        title="Retirer ce champ",
        intro="Il n’est plus demandé. Les réponses déjà données restent sur leurs fiches.",
        done="Le champ est retiré.",
        submit_label="Retirer",
    )


def return_page(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    return _decide(
        request,
        pk,
        run=lambda row, cleaned: extra_field_return(field=row, by=request.user),
        title="Remettre ce champ en service",
        done="Le champ est de nouveau demandé.",
        submit_label="Remettre en service",
    )


def unseal_page(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    return _decide(
        request,
        pk,
        form=FieldReasonForm(data_of(request)),
        run=lambda row, cleaned: extra_unseal_ask(field=row, by=request.user, **cleaned),
        title="Lever le scellé",
        intro="Les réponses à venir seront en clair : elles se liront dans la fiche, les tableaux et les classeurs. "
        "Celles qui sont déjà données restent sous scellé. Une autre personne doit l’accorder.",
        done="La levée est demandée. Une autre personne l’accorde.",
        submit_label="Demander la levée",
    )


def agree_page(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    row = _field(pk)
    return _decide(
        request,
        pk,
        run=lambda row, cleaned: extra_unseal_agree(field=row, by=request.user),
        title="Accorder la levée du scellé",
        intro=f"« {row.label} ». Demandée par {row.unseal_asked_by} : {row.unseal_reason}",
        done="Les réponses à venir seront en clair et comptées.",
        submit_label="Accorder",
    )


def seal_page(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    return _decide(
        request,
        pk,
        form=FieldReasonForm(data_of(request)),
        run=lambda row, cleaned: extra_seal(field=row, by=request.user, **cleaned),
        title="Garder sous scellé",
        intro="Les réponses en clair passent sous scellé aussitôt, et quittent les tableaux.",
        done="Le champ est sous scellé.",
        submit_label="Mettre sous scellé",
    )


class ExtraFieldViewSet(ViewSet):
    name = "havre_extra"
    url_prefix = "reglages/champs"
    icon = "form"
    menu_label = TITLE
    menu_order = 12
    menu_hook = "register_havre_settings_menu_item"

    def get_menu_item(self, order: int | None = None) -> RoleMenuItem:
        return RoleMenuItem(
            self.menu_label,
            reverse_lazy("havre_extra:index"),
            name="champs",
            icon_name=self.icon,
            order=self.menu_order,
            shown=lambda request: _manages(),
        )

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", fields_page, name="index"),
            path("nouveau/", new_page, name="new"),
            path("<uuid:pk>/", edit_page, name="edit"),
            path("<uuid:pk>/retirer/", retire_page, name="retire"),
            path("<uuid:pk>/remettre/", return_page, name="return"),
            path("<uuid:pk>/lever-le-scelle/", unseal_page, name="unseal"),
            path("<uuid:pk>/accorder/", agree_page, name="agree"),
            path("<uuid:pk>/sceller/", seal_page, name="seal"),
        ]


def extra_blocks(row: Model) -> Blocks:
    """Fields that the network added. The page read them in the query of the file; sealed answers of a situation are
    read with its identity. What is compulsory and was never asked (a situation opens from a request, and a unit on the
    telephone is made to answer nothing) is to be completed, and leads to its form.
    """
    rows = extra_rows(getattr(row, "extra_shown", []))
    if missing := getattr(row, "extra_missing", []):
        url = reverse(f"cases_{row._meta.model_name}:edit", args=[row.pk])
        rows = [("À compléter", Cell(" ; ".join(missing), url)), *rows]
    return [Facts("Champs ajoutés par le réseau", rows)] if rows else []


class ExtraExportView(ScopedIndexView):
    """A list whose workbook ends with the added fields that may be counted; what is sealed never leaves so."""

    def taken(self) -> ListExport:
        plain = super().taken()
        fields = fields_counted(self.model._meta.model_name)
        if not fields:
            return plain
        columns = {f"x_{field.code}": answer_column(field, "pk") for field in fields}
        queryset = self.get_queryset().annotate(**columns)
        return replace(
            plain,
            headings=[*plain.headings, *(field.label for field in fields)],
            rows=lambda: rows_of(queryset, [*self.list_export, *columns]),
            renders=[*plain.renders, *(_render(field) for field in fields)],
        )


def _render(field: ExtraField) -> Render:
    if field.kind != ExtraKind.DATE:
        return choice_cell(field.labels())
    return lambda value: day_cell(dt.date.fromisoformat(value) if value else None)
