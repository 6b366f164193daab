"""The situations in the admin: the list, and the file of each minor."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse

from cases.common.admin.viewsets import FileInspectView
from cases.common.words import minor_words
from cases.files.admin import views
from cases.files.admin.blocks import PARTS
from cases.files.admin.forms import CaseFactsForm
from cases.files.models import Case
from cases.files.words import age_today
from cms.admin.heads import FileHead
from cms.admin.viewsets import ScopedSnippetViewSet
from cms.columns.rules.columns import Column, yes_no
from cms.files.admin import piece_actions
from cms.kit.blocks import Action, Badge
from cms.navigation.search import Group


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
    journal_kind = "case"
    is_file = True
    icon = "folder-open-inverse"
    url_prefix = "situations"
    admin_url_namespace = "cases_case"
    menu_label = "Situations"
    edit_form_class = CaseFactsForm
    inspect_view_class = CaseInspectView
    actions = (*views.ACTIONS, *piece_actions(Case, kind="case", order=120))
    columns = (
        Column(path="reference", is_shown=True, is_exported=True),
        Column(
            code="minor", label="Mineur", show=lambda row: minor_words(row.sex_id, age_today(row)),
            classname="hv-whole", is_shown=True,
        ),
        Column(path="origin", label="Département d’origine", is_shown=True, is_exported=True, is_quick=True),
        Column(code="state", label="État", badges=case_badges, is_shown=True),
        yes_no("is_open", "En cours", Q(closed_on__isnull=True), is_quick=True),
        Column(path="identification_level", is_shown=True, is_exported=True, is_quick=True),
        Column(path="forms__form", code="form", label="Formes d’exploitation", is_quick=True),
        Column(path="opened_on", label="Ouverte le", is_shown=True, is_exported=True, is_quick=True),
        Column(path="closed_on", is_shown=True, is_exported=True),
        Column(path="sex", is_exported=True),
        Column(path="birth_year", is_exported=True),
        Column(path="exploitation_place", is_exported=True),
        Column(path="is_unaccompanied", is_exported=True),
        Column(path="legal_frame", is_exported=True),
        Column(path="adhesion"),
        Column(path="closing_reason", is_exported=True),
    )  # fmt: skip
    export_filename = "situations"
    search_fields = ["reference"]
    search_group = Group.FILES

    def search_note(self, row: Case) -> str:
        state = "situation close" if row.closed_on else "situation suivie"
        return f"{minor_words(row.sex_id, age_today(row))}, {state}"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("sex", "identification_level", "origin")
