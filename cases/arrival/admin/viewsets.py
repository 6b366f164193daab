"""The linkings in the admin: opened when a structure is kept, followed until the arrival."""

import django_filters
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from cases.arrival.admin import views as views
from cases.arrival.admin.blocks import linking_blocks
from cases.arrival.models import Linking
from cases.arrival.selectors import is_night_now
from cases.common.admin.blocks import Blocks
from cases.common.admin.viewsets import FileInspectView, structure_filter
from cms.admin.viewsets import ScopedSnippetViewSet
from cms.kit.blocks import Action
from cms.kit.filters import day_filters
from cms.values.forms import ScopedFilterSet


class LinkingFilterSet(ScopedFilterSet):
    is_waiting = django_filters.BooleanFilter(field_name="placement", lookup_expr="isnull", label="Sans arrivée")
    is_waived = django_filters.BooleanFilter(
        field_name="waived_at", lookup_expr="isnull", exclude=True, label="Par dérogation"
    )
    partner = structure_filter()
    opened_at__date_from, opened_at__date_to = day_filters("opened_at__date", "Ouverte")

    class Meta:
        model = Linking
        fields = ["partner"]


class LinkingInspectView(FileInspectView):
    related = (
        "case__exploitation_place", "partner", "requester", "guardian", "orientation", "placement", "payer_kind",
        "payer", "waived_by", "waiver_reason", "journey__driver",
    )  # fmt: skip

    @classmethod
    def rows_of_file(cls, model: type[Model]) -> QuerySet:
        return Linking.objects.with_missing().select_related(*cls.related)

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
    filterset_class = LinkingFilterSet
    list_display = ["__str__", "case", "partner", "requester", "waived_at", "placement", "cancelled_at"]
    list_export = [
        "case__reference", "partner__code_name", "requester__code_name", "guardian__code_name", "opened_at",
        "payer_kind__label", "daily_price_cents", "financed_on", "finance_ends_on", "waived_at",
        "waiver_reason__label", "cancelled_at",
    ]  # fmt: skip
    export_filename = "mises-en-lien"
    search_fields = ["case__reference"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("case", "partner", "requester", "placement")
