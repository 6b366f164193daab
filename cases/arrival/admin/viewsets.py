"""The linkings in the admin: opened when a structure is kept, followed until the arrival."""

from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest

from cases.arrival.admin import views as views
from cases.arrival.admin.blocks import linking_blocks
from cases.arrival.models import Linking
from cases.arrival.selectors import is_night_now
from cases.common.admin.blocks import Blocks
from cases.common.admin.viewsets import FileInspectView
from cases.common.words import minor_words
from cases.files.words import age_today
from cms.admin.heads import FileHead
from cms.admin.viewsets import ScopedSnippetViewSet
from cms.columns.rules.columns import Column, yes_no
from cms.kit.blocks import Action, Badge


class LinkingInspectView(FileInspectView):
    related = (
        "case__exploitation_place", "partner", "requester", "guardian", "orientation", "placement", "payer_kind",
        "payer", "waived_by", "waiver_reason", "journey__driver",
    )  # fmt: skip

    @classmethod
    def rows_of_file(cls, model: type[Model]) -> QuerySet:
        return Linking.objects.with_missing().select_related(*cls.related)

    def head(self) -> FileHead:
        row = self.object
        if row.cancelled_at:
            state = Badge("Abandonnée", "neutral")
        elif row.placement_id:
            state = Badge("À régulariser", "warning") if row.missing else Badge("Arrivée", "success")
        else:
            state = Badge("En préparation", "info") if row.missing else Badge("Prête", "success")
        return FileHead(
            who=minor_words(row.case.sex_id, age_today(row.case)),
            reference=row.case.reference,
            pills=(state,),
            where=f"vers {row.partner}",
        )

    def blocks(self) -> Blocks:
        return linking_blocks(self.object, self.object.missing)

    def actions(self) -> list[Action]:
        actions = super().actions()
        if hasattr(self.object, "journey"):
            actions.append(Action("Note d’acheminement à imprimer", views.note_url(self.object)))
        return actions

    def next_step(self) -> str:
        row = self.object
        if row.cancelled_at:
            return "Cette mise en lien est abandonnée."
        if row.placement_id:
            return "Le mineur est arrivé, mais il reste à régulariser." if row.missing else "Le mineur est arrivé."
        if not row.missing:
            return "Tout est là : écrivez l’acheminement, puis ouvrez le séjour à l’arrivée."
        if row.waived_at:
            return "L’arrivée est permise par dérogation : complétez ce qui manque aussitôt après."
        if is_night_now():
            return "C’est la nuit : ouvrez le séjour, ce qui manque sera à régulariser le lendemain."
        return "Prochaine étape : réunissez la décision, les accords, le protocole de sécurité et l’accord financier."


class LinkingViewSet(ScopedSnippetViewSet):
    model = Linking
    journal_kind = "linking"
    is_file = True
    icon = "link"
    url_prefix = "mises-en-lien"
    admin_url_namespace = "cases_linking"
    menu_label = "Mises en lien"
    inspect_view_class = LinkingInspectView
    actions = views.ACTIONS
    columns = (
        Column(path="opened_at", code="linking", label="Mise en lien", show=str, is_shown=True),
        Column(path="case", is_shown=True, is_exported=True),
        Column(path="partner", is_shown=True, is_exported=True, is_quick=True),
        Column(path="requester", is_shown=True, is_exported=True),
        Column(path="guardian", is_exported=True),
        Column(path="opened_at", label="Ouverte", is_exported=True, is_quick=True),
        Column(path="payer_kind", is_exported=True),
        Column(path="daily_price_cents", is_exported=True),
        Column(path="financed_on", is_exported=True),
        Column(path="finance_ends_on", is_exported=True),
        yes_no("is_waived", "Par dérogation", Q(waived_at__isnull=False), is_quick=True),
        Column(path="waived_at", is_shown=True, is_exported=True),
        Column(path="waiver_reason", is_exported=True),
        yes_no("is_waiting", "Sans arrivée", Q(placement__isnull=True), is_quick=True),
        Column(path="placement__arrived_on", code="placement", label="Séjour", is_shown=True),
        Column(path="cancelled_at", is_shown=True, is_exported=True),
    )
    export_filename = "mises-en-lien"
    search_fields = ["case__reference"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("case", "partner", "requester", "placement")
