"""The incidents in the admin: declared by the structures, acknowledged, followed and closed here."""

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from cases.common.admin.blocks import Blocks
from cases.common.admin.viewsets import FileInspectView
from cases.common.admin.words import head_clock
from cases.enums import IncidentState
from cases.incidents.admin import views as views
from cases.incidents.admin.blocks import incident_blocks, incidents_read
from cases.incidents.admin.words import incident_badges, incident_label, incident_minor
from cases.incidents.authorities import admin as authorities
from cases.incidents.authorities.selectors import authority_calls
from cases.incidents.models.declared import Incident
from cases.incidents.rules import acknowledge_due_at
from cases.incidents.runaways.admin import views as runaways
from cases.incidents.selectors import closing_missing
from cms.admin.heads import FileHead, HeadClock
from cms.admin.viewsets import ScopedSnippetViewSet
from cms.columns.rules.columns import Column
from cms.files.admin import piece_actions
from cms.navigation.search import Group


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
            clock=self.clock(),
        )

    def clock(self) -> HeadClock | None:
        row = self.object
        if row.state != IncidentState.DECLARED or row.declared_at is None:
            return None
        due_at = acknowledge_due_at(row.severity, row.declared_at)
        return head_clock("pour le prendre en compte", due_at, row.declared_at, timezone.now())

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
    columns = (
        Column(path="reference", is_shown=True, is_exported=True),
        Column(
            path="incident_type", label="Type", show=incident_label, related=("incident_type",), is_shown=True,
            is_exported=True, is_quick=True,
        ),
        Column(path="severity", is_shown=True, is_exported=True, is_quick=True),
        Column(
            code="minor", label="Mineur", show=incident_minor, related=("placement__case",), classname="hv-whole",
            is_shown=True,
        ),
        Column(path="partner", is_shown=True, is_exported=True, is_quick=True),
        Column(
            path="state", badges=lambda row: incident_badges(row, at=timezone.now()), related=("severity",),
            is_shown=True, is_exported=True, is_quick=True,
        ),
        Column(path="declared_at", is_shown=True, is_exported=True),
        Column(path="declared_on", label="Déclaré", is_quick=True),
        Column(path="occurred_at", is_exported=True),
        Column(path="noticed_at", is_exported=True),
        Column(path="acknowledged_at", is_exported=True),
        Column(path="acknowledged_by"),
        Column(path="closed_at", is_exported=True),
        Column(path="has_analysis", is_exported=True),
        Column(path="is_drill", label="Exercice"),
    )  # fmt: skip
    export_filename = "incidents"
    search_fields = ["reference"]
    search_group = Group.FILES

    def search_note(self, row: Incident) -> str:
        return f"{row.incident_type.label}, {row.get_state_display().lower()}"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("incident_type", "severity", "partner", "placement__case")
