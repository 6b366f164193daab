"""The stays in the admin: an arrival confirmed, reviews, the end, what is known afterwards."""

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from cases.common.admin.viewsets import FileInspectView, structure_filter
from cases.common.words import minor_words
from cases.stays.admin import views as views
from cases.stays.admin.blocks import PARTS
from cases.stays.admin.words import stay_badges
from cases.stays.models import Placement
from cms.admin.columns import PillsColumn, minor_column
from cms.admin.heads import FileHead
from cms.admin.viewsets import ScopedSnippetViewSet
from cms.kit.filters import day_filters
from cms.values.forms import ScopedFilterSet


class PlacementFilterSet(ScopedFilterSet):
    is_over = django_filters.BooleanFilter(field_name="ended_on", lookup_expr="isnull", exclude=True, label="Terminé")
    partner = structure_filter()
    arrived_on_from, arrived_on_to = day_filters("arrived_on", "Arrivée")

    class Meta:
        model = Placement
        fields = ["partner"]


class PlacementInspectView(FileInspectView):
    related = (
        "case", "orientation", "partner", "place", "convention", "outside_reason", "legal_frame", "confirmed_by",
        "end_reason", "linking", "after__exploitation",
    )  # fmt: skip
    parts = PARTS

    def head(self) -> FileHead:
        row = self.object
        is_awaited = row.ended_on is None and row.confirmed_at is None
        return FileHead(
            who=minor_words(row.case.sex_id, row.age_at_arrival),
            reference=row.case.reference,
            pills=list(stay_badges(row, on=timezone.localdate())),
            where=str(row.partner),
            acts="la structure doit confirmer l’arrivée" if is_awaited else "",
        )

    def next_step(self) -> str:
        row = self.object
        if row.ended_on:
            return "Ce séjour est terminé : il n’y a plus rien à faire."
        if row.confirmed_at is None:
            return "Prochaine étape : la structure confirme l’arrivée, ou vous le faites si elle l’a dit au téléphone."
        return "Le séjour est en cours : enregistrez sa fin le moment venu."


class PlacementViewSet(ScopedSnippetViewSet):
    model = Placement
    journal_kind = "placement"
    is_file = True
    icon = "home"
    url_prefix = "sejours"
    admin_url_namespace = "cases_placement"
    menu_label = "Séjours"
    inspect_view_class = PlacementInspectView
    actions = views.ACTIONS
    filterset_class = PlacementFilterSet
    list_display = [
        "__str__",
        minor_column(lambda row: minor_words(row.case.sex_id, row.age_at_arrival), sort_key="age_at_arrival"),
        "case",
        "partner",
        PillsColumn("État", lambda row: stay_badges(row, on=timezone.localdate())),
        "legal_frame",
        "ended_on",
    ]
    list_export = [
        "case__reference", "partner__code_name", "arrived_at", "confirmed_at", "age_at_arrival", "legal_frame__label",
        "legal_frame_ends_on", "outside_reason__label", "ended_on", "end_reason__label",
    ]  # fmt: skip
    export_filename = "sejours"
    search_fields = ["case__reference"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("case", "partner", "legal_frame")
