"""The stays in the admin: an arrival confirmed, reviews, the end, what is known afterwards."""

import django_filters

from cases.arrival.admin import views as linking_views
from cases.circuit.admin import views as circuit_views
from cases.common.admin.viewsets import FileInspectView, structure_filter
from cases.incidents.runaways.admin import views as runaways
from cases.stays.admin import views as views
from cases.stays.admin.blocks import placement_blocks
from cases.stays.models import Placement
from cms.admin.viewsets import ScopedSnippetViewSet
from cms.kit.filters import ScopedFilterSet, day_filters


class PlacementFilterSet(ScopedFilterSet):
    is_over = django_filters.BooleanFilter(field_name="ended_on", lookup_expr="isnull", exclude=True, label="Terminé")
    partner = structure_filter()
    arrived_on_from, arrived_on_to = day_filters("arrived_on", "Arrivée")

    class Meta:
        model = Placement
        fields = ["partner"]


class PlacementInspectView(FileInspectView):
    namespace = "cases_placement"
    related = (
        "case", "orientation", "partner", "place", "convention", "outside_reason", "legal_frame", "confirmed_by",
        "end_reason", "linking", "after__exploitation",
    )  # fmt: skip

    def blocks(self):
        return placement_blocks(self.object)

    def steps(self):
        is_on = self.object.ended_on is None
        is_away = self.object.absences.filter(is_runaway=True, runaway_return=None).exists()
        return [
            ("Confirmer l’arrivée", "confirm", is_on and self.object.confirmed_at is None, True),
            ("Écrire le retour de fugue", "runaway_return", is_away, False),
            ("Noter un bilan", "review", self.object.confirmed_at is not None, False),
            ("Veille à six mois", "after", not is_on, False),
            ("Préparer un passage vers une autre structure", "transfer", is_on, False),
            ("Terminer le séjour", "end", is_on, False),
        ]

    def next_step(self):
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
    filterset_class = PlacementFilterSet
    list_display = ["__str__", "case", "partner", "legal_frame", "confirmed_at", "ended_on"]
    list_export = [
        "case__reference", "partner__code_name", "arrived_at", "confirmed_at", "age_at_arrival", "legal_frame__label",
        "legal_frame_ends_on", "outside_reason__label", "ended_on", "end_reason__label",
    ]  # fmt: skip
    export_filename = "sejours"
    search_fields = ["case__reference"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("case", "partner", "legal_frame")

    def action_urls(self):
        return [
            self.action("confirmer", views.placement_confirm_view, name="confirm"),
            self.action("bilan", circuit_views.placement_review_view, name="review"),
            self.action("retour-de-fugue", runaways.placement_return_view, name="runaway_return"),
            self.action("veille", circuit_views.placement_after_view, name="after"),
            self.action("passage", linking_views.placement_transfer_view, name="transfer"),
            self.action("terminer", views.placement_end_view, name="end"),
        ]
