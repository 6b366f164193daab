"""The orientations in the admin: decided from a request, read and followed here."""

from django.db.models import QuerySet
from django.http import HttpRequest

from cases.common.admin.viewsets import FileInspectView
from cases.enums import ORIENTATION_NETWORK
from cases.proposals.admin import views as views
from cases.proposals.admin.blocks import PARTS
from cases.proposals.exchange.admin import PARTS as EXCHANGE
from cases.proposals.models import Orientation
from cases.proposals.words import answers_words
from cms.admin.viewsets import ScopedSnippetViewSet
from cms.kit.filters import day_filters
from cms.values.forms import ScopedFilterSet, ValueFilter


class OrientationFilterSet(ScopedFilterSet):
    decision = ValueFilter("decision", "Décision")
    decided_on_from, decided_on_to = day_filters("decided_on", "Décidée")

    class Meta:
        model = Orientation
        fields = ["decision"]


class OrientationInspectView(FileInspectView):
    related = ("case", "sollicitation", "decision", "decided_by", "identification_level", "ordinary_service")
    parts = (*PARTS, *EXCHANGE)

    def get_object(self, queryset: QuerySet | None = None) -> Orientation:
        """Return the row with what its buttons and its next step depend on, read once."""
        row = super().get_object(queryset)
        row.has_stay = row.placements.exists()
        row.has_confirmed = row.proposals.exclude(confirmed_at=None).exists()
        return row

    def next_step(self) -> str:
        row = self.object
        if row.cancelled_at:
            return "Cette orientation est annulée : décidez-en une autre depuis la sollicitation."
        if row.decision_id != ORIENTATION_NETWORK:
            return "Le mineur est orienté vers le droit commun : clôturez la sollicitation quand le service l’a reçu."
        if row.has_stay:
            return "Le séjour est ouvert : suivez-le dans sa fiche."
        if row.has_confirmed:
            return "Prochaine étape : complétez la mise en lien ci-dessous, puis ouvrez le séjour à l’arrivée."
        said = answers_words(row.proposals.filter(withdrawn_at=None).select_related("partner", "answer"))
        return f"{said}. Saisissez les réponses du téléphone, et retenez une structure."


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
    actions = views.ACTIONS
    filterset_class = OrientationFilterSet
    list_display = ["__str__", "case", "decision", "age_at_decision", "decided_by", "cancelled_at"]
    list_export = [
        "case__reference", "sollicitation__reference", "decision__label", "decided_at", "identification_level__label",
        "age_at_decision", "cancelled_at",
    ]  # fmt: skip
    export_filename = "orientations"
    search_fields = ["case__reference"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("case", "decision", "decided_by")
