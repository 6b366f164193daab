"""The needs that no place met, in the admin: a list to filter and to export."""

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from cases.common.admin.blocks import Blocks
from cases.common.admin.viewsets import FileInspectView
from cases.common.admin.words import day, linked, moment
from cases.proposals.unmet.models import UnmetNeed
from cms.admin.viewsets import ScopedSnippetViewSet
from cms.columns.rules.columns import Column, yes_no
from cms.kit.blocks import Facts


class UnmetInspectView(FileInspectView):
    related = ("sollicitation", "reason", "region", "form", "noted_by")

    def blocks(self) -> Blocks:
        row = self.object
        facts = [
            ("Sollicitation", linked(row.sollicitation)),
            ("Ce qui a manqué", row.reason),
            ("Région", row.region),
            ("Forme principale", row.form),
            ("Noté le", moment(row.noted_at)),
            ("Noté par", row.noted_by),
            ("Couvert le", day(row.met_on)),
        ]
        return [Facts("Besoin", facts)]

    def next_step(self) -> str:
        if self.object.met_on:
            return "Une structure a été retenue depuis."
        return "Quand une place s’ouvre dans une structure qui convient, l’accueil le dit."


class UnmetNeedViewSet(ScopedSnippetViewSet):
    model = UnmetNeed
    journal_kind = "unmetneed"
    is_file = True
    icon = "warning"
    url_prefix = "besoins-non-couverts"
    admin_url_namespace = "cases_unmetneed"
    menu_label = "Besoins non couverts"
    inspect_view_class = UnmetInspectView
    columns = (
        Column(path="noted_at", code="need", label="Besoin", show=str, is_shown=True, is_filtered=False),
        Column(path="sollicitation", is_shown=True, is_exported=True),
        Column(path="noted_at", label="Noté", is_exported=True, is_quick=True),
        yes_no("is_met", "Couvert", Q(met_on__isnull=False), is_quick=True),
        Column(path="reason", label="Ce qui a manqué", is_shown=True, is_exported=True, is_quick=True),
        Column(path="region", is_shown=True, is_exported=True, is_quick=True),
        Column(path="form", label="Forme principale", is_shown=True, is_exported=True, is_quick=True),
        Column(path="met_on", is_shown=True, is_exported=True),
    )
    export_filename = "besoins-non-couverts"
    search_fields = ["sollicitation__reference"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("sollicitation", "reason", "region", "form")
