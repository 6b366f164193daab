"""The orientations in the admin: decided from a request, read and followed here."""

from cases.common.admin.viewsets import FileInspectView
from cases.enums import ORIENTATION_NETWORK
from cases.matching.admin import orientation_matching_view
from cases.matching.models import Matching
from cases.proposals.admin import views as views
from cases.proposals.admin.blocks import orientation_blocks
from cases.proposals.models import Orientation
from cases.stays.admin import views as stays_views
from cms.admin.viewsets import ScopedSnippetViewSet
from cms.kit.filters import ScopedFilterSet, ValueFilter, day_filters


class OrientationFilterSet(ScopedFilterSet):
    decision = ValueFilter("decision", "Décision")
    decided_on_from, decided_on_to = day_filters("decided_on", "Décidée")

    class Meta:
        model = Orientation
        fields = ["decision"]


class OrientationInspectView(FileInspectView):
    namespace = "cases_orientation"
    related = ("case", "sollicitation", "decision", "decided_by", "identification_level", "ordinary_service")

    def blocks(self):
        return orientation_blocks(self.object)

    def steps(self):
        row = self.object
        is_live = row.cancelled_at is None
        has_stay = row.placements.exists()
        is_kept = is_live and row.decision_id == ORIENTATION_NETWORK and not has_stay
        return [
            ("Ouvrir le séjour", "stay", is_kept and row.proposals.exclude(confirmed_at=None).exists(), True),
            ("Annuler l’orientation", "cancel", is_live and not has_stay, False),
            ("Pourquoi ces structures", "matching", Matching.objects.filter(orientation=row).exists(), False),
        ]

    def next_step(self):
        row = self.object
        if row.cancelled_at:
            return "Cette orientation est annulée : décidez-en une autre depuis la sollicitation."
        if row.decision_id != ORIENTATION_NETWORK:
            return "Le mineur est orienté vers le droit commun : clôturez la sollicitation quand le service l’a reçu."
        if row.placements.exists():
            return "Le séjour est ouvert : suivez-le dans sa fiche."
        if row.proposals.exclude(confirmed_at=None).exists():
            return "Prochaine étape : complétez la mise en lien ci-dessous, puis ouvrez le séjour à l’arrivée."
        return "Prochaine étape : attendez les réponses, saisissez celles du téléphone, et retenez une structure."


class OrientationViewSet(ScopedSnippetViewSet):
    """Decided from a sollicitation; here it is read, its answers followed."""

    model = Orientation
    journal_kind = "orientation"
    is_file = True
    icon = "redirect"
    url_prefix = "orientations"
    admin_url_namespace = "cases_orientation"
    menu_label = "Orientations"
    inspect_view_class = OrientationInspectView
    filterset_class = OrientationFilterSet
    list_display = ["__str__", "case", "decision", "age_at_decision", "decided_by", "cancelled_at"]
    list_export = [
        "case__reference", "sollicitation__reference", "decision__label", "decided_at", "identification_level__label",
        "age_at_decision", "cancelled_at",
    ]  # fmt: skip
    export_filename = "orientations"
    search_fields = ["case__reference"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("case", "decision", "decided_by")

    def action_urls(self):
        proposal = "proposition/<uuid:proposal_pk>"
        return [
            self.action("sejour", stays_views.orientation_stay_view, name="stay"),
            self.action("annuler", views.orientation_cancel_view, name="cancel"),
            self.action("pourquoi", orientation_matching_view, name="matching", permission="view"),
            self.action(f"{proposal}/reponse", views.proposal_answer_view, name="proposal_answer"),
            self.action(f"{proposal}/retenir", views.proposal_confirm_view, name="proposal_confirm"),
            self.action(f"{proposal}/retirer", views.proposal_withdraw_view, name="proposal_withdraw"),
        ]
