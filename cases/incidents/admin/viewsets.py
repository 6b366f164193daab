"""The incidents in the admin: declared by the structures, acknowledged, followed and closed here."""

import django_filters
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.ui.tables import Column

from cases.common.admin.blocks import Blocks
from cases.common.admin.viewsets import FileInspectView, structure_filter
from cases.enums import IncidentState
from cases.incidents.admin import views as views
from cases.incidents.admin.blocks import incident_blocks, incidents_read
from cases.incidents.admin.words import incident_badges, incident_label, incident_minor
from cases.incidents.authorities import admin as authorities
from cases.incidents.authorities.selectors import authority_calls
from cases.incidents.models.declared import Incident
from cases.incidents.runaways.admin import views as runaways
from cases.incidents.selectors import closing_missing
from cms.admin.columns import PillsColumn, minor_column
from cms.admin.heads import FileHead
from cms.admin.viewsets import ScopedSnippetViewSet
from cms.files.admin import piece_actions
from cms.kit.filters import day_filters
from cms.navigation.search import Group
from cms.values.forms import ScopedFilterSet, ValueFilter

TYPE = Column(
    "incident_type",
    label="Type",
    sort_key="incident_type",
    accessor=incident_label,
)


class IncidentFilterSet(ScopedFilterSet):
    state = django_filters.ChoiceFilter(label="État", choices=IncidentState.choices, empty_label="Tous")
    incident_type = ValueFilter("type_incident", "Type")
    severity = ValueFilter("gravite", "Gravité")
    partner = structure_filter()
    declared_on_from, declared_on_to = day_filters("declared_on", "Déclaré")

    class Meta:
        model = Incident
        fields = ["state", "incident_type", "severity", "partner"]


class IncidentInspectView(FileInspectView):
    related = (
        "partner", "service", "placement__case", "incident_type", "severity", "declared_by", "acknowledged_by",
        "detail", "runaway",
    )  # fmt: skip

    def head(self) -> FileHead:
        row = self.object
        waits = {
            IncidentState.DECLARED: "la coordination doit le prendre en compte",
            IncidentState.ACKNOWLEDGED: f"suivi par {row.acknowledged_by}",
        }
        return FileHead(
            who=" · ".join(filter(None, [incident_label(row), incident_minor(row)])),
            reference=row.reference,
            pills=list(incident_badges(row, at=timezone.now())),
            where=str(row.partner or ""),
            acts=waits.get(IncidentState(row.state), ""),
        )

    def blocks(self) -> Blocks:
        return incident_blocks(self.object, self.object.calls, self.object.missing)

    @classmethod
    def rows_of_file(cls, model: type[Model]) -> QuerySet:
        return incidents_read().select_related(*cls.related)

    def get_object(self, queryset: QuerySet | None = None) -> Incident:
        """Return the row with whom to tell and what is missing, on which blocks and buttons depend."""
        row: Incident = super().get_object(queryset)
        row.calls = authority_calls(row)
        row.missing = closing_missing(row, row.calls)
        return row

    def next_step(self) -> str:
        state = self.object.state
        if state == IncidentState.DECLARED:
            return "Prochaine étape : prenez l’incident en compte, la structure attend de le savoir."
        if state == IncidentState.ACKNOWLEDGED:
            return self.next_before_closing()
        return "Cet incident est clos."

    def next_before_closing(self) -> str:
        if not self.object.missing:
            return "Prochaine étape : tout ce qui est obligatoire est là, vous pouvez clore."
        missing = sum(call.is_missing for call in self.object.calls)
        if missing and self.object.partner_id and not self.object.is_drill:
            return f"Prochaine étape : notez qui a été informé, il en manque {missing} (voir « Avant de clore »)."
        words = self.object.missing[0]
        return f"Prochaine étape : {words[0].lower()}{words[1:]}"


class IncidentViewSet(ScopedSnippetViewSet):
    """Declared in the portal by the structures; here acknowledged, followed and closed."""

    model = Incident
    journal_kind = "incident"
    is_file = True
    icon = "warning"
    url_prefix = "incidents"
    admin_url_namespace = "cases_incident"
    menu_label = "Incidents"
    menu_name = "incidents"
    menu_order = 140
    add_to_admin_menu = True
    inspect_view_class = IncidentInspectView
    actions = (
        *views.ACTIONS,
        *authorities.ACTIONS,
        *runaways.ACTIONS,
        *piece_actions(Incident, kind="incident", order=140),
    )
    filterset_class = IncidentFilterSet
    list_display = [
        "reference",
        TYPE,
        "severity",
        minor_column(incident_minor),
        "partner",
        PillsColumn("État", lambda row: incident_badges(row, at=timezone.now()), sort_key="state"),
        "declared_at",
    ]
    list_export = [
        "reference", "partner__code_name", "incident_type__label", "severity__label", "occurred_at", "noticed_at",
        "declared_at", "state", "acknowledged_at", "closed_at", "has_analysis",
    ]  # fmt: skip
    export_filename = "incidents"
    search_fields = ["reference"]
    search_group = Group.FILES

    def search_note(self, row: Incident) -> str:
        return f"{row.incident_type.label}, {row.get_state_display().lower()}"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("incident_type", "severity", "partner", "placement__case")
