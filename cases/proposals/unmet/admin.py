"""The needs that no place met, in the admin: a list to filter and to export."""

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest

from cases.common.admin.blocks import Blocks
from cases.common.admin.viewsets import FileInspectView
from cases.common.admin.words import day, linked, moment
from cases.proposals.unmet.models import UnmetNeed
from cms.admin.viewsets import ScopedSnippetViewSet
from cms.kit.blocks import Facts
from cms.kit.filters import day_filters
from cms.territory.models import Region
from cms.values.forms import ScopedFilterSet, ValueFilter


class UnmetFilterSet(ScopedFilterSet):
    is_met = django_filters.BooleanFilter(field_name="met_on", lookup_expr="isnull", exclude=True, label="Couvert")
    reason = ValueFilter("motif_sans_solution", "Ce qui a manqué")
    form = ValueFilter("forme", "Forme principale")
    region = django_filters.ModelChoiceFilter(
        label="Région", queryset=lambda request: Region.objects.all(), empty_label="Toutes"
    )
    noted_at__date_from, noted_at__date_to = day_filters("noted_at__date", "Noté")

    class Meta:
        model = UnmetNeed
        fields = ["reason", "form", "region"]


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
    filterset_class = UnmetFilterSet
    list_display = ["__str__", "sollicitation", "reason", "region", "form", "met_on"]
    list_export = [
        "sollicitation__reference", "noted_at", "reason__label", "region__name", "form__label", "met_on",
    ]  # fmt: skip
    export_filename = "besoins-non-couverts"
    search_fields = ["sollicitation__reference"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("sollicitation", "reason", "region", "form")
