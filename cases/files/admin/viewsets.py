"""The situations in the admin: the list, and the file of each minor."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from cases.common.admin.viewsets import FileInspectView
from cases.common.words import minor_words
from cases.extra.admin.viewsets import ExtraExportView
from cases.files.admin import views
from cases.files.admin.blocks import PARTS
from cases.files.admin.forms import CaseFactsForm
from cases.files.models import Case
from cases.files.words import age_today
from cms.admin.columns import PillsColumn, minor_column, place_column
from cms.admin.heads import FileHead
from cms.admin.viewsets import ScopedSnippetViewSet
from cms.files.admin import piece_actions
from cms.kit.blocks import Action, Badge
from cms.kit.filters import day_filters
from cms.navigation.search import Group
from cms.territory.forms import territory_filter
from cms.values.forms import ScopedFilterSet, ValueFilter


class CaseFilterSet(ScopedFilterSet):
    is_open = django_filters.BooleanFilter(field_name="closed_on", lookup_expr="isnull", label="En cours")
    identification_level = ValueFilter("niveau_identification", "Niveau d’identification")
    form = ValueFilter("forme", "Forme d’exploitation", field_name="forms__form")
    origin = territory_filter("origin", "Département d’origine")
    opened_on_from, opened_on_to = day_filters("opened_on", "Ouverte")

    class Meta:
        model = Case
        fields = ["identification_level", "origin"]


def case_badges(row: Case) -> list[Badge]:
    return [Badge("Close", "neutral") if row.closed_on else Badge("Suivie", "info")]


class CaseInspectView(FileInspectView):
    related = (
        "sex", "age_precision", "identification_level", "nationality_zone", "prior_follow_up", "origin",
        "exploitation_place", "adhesion", "containment", "legal_frame", "closing_reason",
    )  # fmt: skip
    parts = PARTS

    def head(self) -> FileHead:
        row = self.object
        return FileHead(
            who=minor_words(row.sex_id, age_today(row)),
            reference=row.reference,
            pills=case_badges(row),
            where=str(row.origin or ""),
        )

    def actions(self) -> list[Action]:
        return [
            *super().actions(),
            Action("Qui peut voir, qui a ouvert", reverse("havre_file:page", args=[self.object.pk])),
        ]

    def next_step(self) -> str:
        if self.object.closed_on:
            return "Cette situation est close : il n’y a plus rien à faire."
        ended = "Aucun séjour ni demande en cours : clôturez la situation si l’accompagnement est fini."
        return super().next_step() or ended


class CaseViewSet(ScopedSnippetViewSet):
    model = Case
    index_view_class = ExtraExportView
    journal_kind = "case"
    is_file = True
    icon = "folder-open-inverse"
    url_prefix = "situations"
    admin_url_namespace = "cases_case"
    menu_label = "Situations"
    edit_form_class = CaseFactsForm
    inspect_view_class = CaseInspectView
    actions = (*views.ACTIONS, *piece_actions(Case, kind="case", order=120))
    filterset_class = CaseFilterSet
    list_display = [
        "reference",
        minor_column(lambda row: minor_words(row.sex_id, age_today(row))),
        place_column("origin"),
        PillsColumn("État", case_badges),
        "identification_level",
        "opened_on",
        "closed_on",
    ]
    list_export = [
        "reference", "opened_on", "closed_on", "sex__label", "birth_year", "identification_level__label",
        "origin__name", "exploitation_place__name", "is_unaccompanied", "legal_frame__label", "closing_reason__label",
    ]  # fmt: skip
    export_filename = "situations"
    search_fields = ["reference"]
    search_group = Group.FILES

    def search_note(self, row: Case) -> str:
        state = "situation close" if row.closed_on else "situation suivie"
        return f"{minor_words(row.sex_id, age_today(row))}, {state}"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("sex", "identification_level", "origin")
