"""The stays in the admin: an arrival confirmed, reviews, the end, what is known afterwards."""

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from cases.common.admin.viewsets import FileInspectView
from cases.common.words import minor_words
from cases.stays.admin import views as views
from cases.stays.admin.blocks import PARTS
from cases.stays.admin.words import stay_badges
from cases.stays.models import Placement
from cms.admin.heads import FileHead
from cms.admin.viewsets import ScopedSnippetViewSet
from cms.columns.rules.columns import Column, yes_no


class PlacementInspectView(FileInspectView):
    related = (
        "case", "orientation", "partner", "place", "convention", "outside_reason", "legal_frame", "confirmed_by",
        "end_reason", "linking", "after__exploitation",
    )  # fmt: skip
    parts = PARTS
    first_tab = "Séjour"

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
    columns = (
        Column(path="arrived_at", code="stay", label="Séjour", show=str, is_shown=True, is_exported=True),
        Column(
            code="minor", label="Mineur", path="age_at_arrival", reads=("case__sex_id", "age_at_arrival"),
            words=minor_words, is_filtered=False, related=("case",), classname="hv-whole", is_shown=True,
        ),
        Column(path="case", is_shown=True, is_exported=True),
        Column(path="partner", is_shown=True, is_exported=True, is_quick=True),
        Column(
            code="state", label="État", badges=lambda row: stay_badges(row, on=timezone.localdate()), is_shown=True,
        ),
        yes_no("is_over", "Terminé", Q(ended_on__isnull=False), is_quick=True),
        yes_no("is_confirmed", "Arrivée confirmée", Q(confirmed_at__isnull=False)),
        Column(path="arrived_on", label="Arrivée", is_quick=True),
        Column(path="confirmed_at", is_exported=True),
        Column(path="age_at_arrival", is_exported=True),
        Column(path="legal_frame", is_shown=True, is_exported=True),
        Column(path="legal_frame_ends_on", is_exported=True),
        Column(path="outside_reason", is_exported=True),
        Column(path="ended_on", is_shown=True, is_exported=True),
        Column(path="end_reason", is_exported=True),
    )  # fmt: skip
    export_filename = "sejours"
    search_fields = ["case__reference"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("case", "partner", "legal_frame")
