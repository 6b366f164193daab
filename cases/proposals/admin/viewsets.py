"""The orientations in the admin: decided from a request, read and followed here."""

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from cases.common.admin.viewsets import FileInspectView
from cases.common.words import minor_words
from cases.enums import ORIENTATION_NETWORK
from cases.proposals.admin import views as views
from cases.proposals.admin.blocks import PARTS
from cases.proposals.exchange.admin import PARTS as EXCHANGE
from cases.proposals.models import Orientation
from cases.proposals.words import answers_words
from cms.admin.heads import FileHead
from cms.admin.viewsets import ScopedSnippetViewSet
from cms.columns.rules.columns import Column, yes_no
from cms.kit.blocks import Badge


class OrientationInspectView(FileInspectView):
    related = ("case", "sollicitation", "decision", "decided_by", "identification_level", "ordinary_service")
    parts = (*PARTS, *EXCHANGE)

    def get_object(self, queryset: QuerySet | None = None) -> Orientation:
        """Return the row with what its buttons and its next step depend on, read once."""
        row = super().get_object(queryset)
        row.has_stay = row.placements.exists()
        row.has_confirmed = row.proposals.exclude(confirmed_at=None).exists()
        return row

    def head(self) -> FileHead:
        row = self.object
        state = Badge("Structure retenue", "success") if row.has_confirmed else Badge("Réponses attendues", "info")
        if row.decision_id != ORIENTATION_NETWORK:
            state = Badge("Droit commun", "neutral")
        if row.cancelled_at:
            state = Badge("Annulée", "neutral")
        return FileHead(
            who=minor_words(row.case.sex_id, row.age_at_decision),
            reference=row.case.reference,
            pills=(state,),
            where=str(row),
            acts=f"décidée par {row.decided_by}",
        )

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
    columns = (
        Column(code="orientation", label="Orientation", show=str, related=("decision",), is_shown=True),
        Column(path="case", is_shown=True, is_exported=True),
        Column(path="sollicitation", is_exported=True),
        Column(path="decision", is_shown=True, is_exported=True, is_quick=True),
        Column(path="decided_at", is_exported=True),
        Column(path="decided_on", label="Décidée", is_quick=True),
        Column(path="identification_level", is_exported=True),
        Column(path="age_at_decision", is_shown=True, is_exported=True),
        Column(path="decided_by", is_shown=True),
        yes_no("is_cancelled", "Annulée", Q(cancelled_at__isnull=False)),
        Column(path="cancelled_at", is_shown=True, is_exported=True),
    )
    export_filename = "orientations"
    search_fields = ["case__reference"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("case", "decision", "decided_by")
