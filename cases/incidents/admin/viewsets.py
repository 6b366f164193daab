"""The incidents in the admin: declared by the structures, acknowledged, followed and closed here."""

import django_filters
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from wagtail.admin.ui.tables import Column

from cases.common.admin.viewsets import FileInspectView, structure_filter
from cases.common.states import INCIDENT
from cases.enums import INCIDENT_RUNAWAY, IncidentState
from cases.incidents.admin import views as views
from cases.incidents.admin.blocks import incident_blocks, incidents_read
from cases.incidents.authorities import admin as authorities
from cases.incidents.authorities.selectors import authority_calls
from cases.incidents.models.declared import Incident
from cases.incidents.rules.closing import closing_missing
from cases.incidents.runaways.admin import views as runaways
from cms.admin.viewsets import ScopedSnippetViewSet
from cms.files.admin import piece_urls
from cms.kit.filters import ScopedFilterSet, ValueFilter, day_filters

TYPE = Column(
    "incident_type",
    label="Type",
    sort_key="incident_type",
    accessor=lambda row: "Exercice annuel" if row.is_drill else row.incident_type,
)
"""A drill goes by the name of a drill: what it plays would pass for the gravest incident of the list."""


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
    namespace = "cases_incident"
    related = (
        "partner", "service", "placement__case", "incident_type", "severity", "declared_by", "acknowledged_by",
        "detail", "runaway",
    )  # fmt: skip

    @cached_property
    def calls(self):
        return authority_calls(self.object)

    @cached_property
    def missing(self):
        return closing_missing(self.object, self.calls)

    def blocks(self):
        return incident_blocks(self.object, self.calls, self.missing)

    def steps(self):
        state, is_runaway = self.object.state, self.object.incident_type_id == INCIDENT_RUNAWAY
        has_partner = self.object.partner_id is not None
        is_followed = state == IncidentState.ACKNOWLEDGED
        has_to_tell = (
            is_followed and has_partner and not self.object.is_drill and any(call.is_missing for call in self.calls)
        )
        return [
            ("Prendre en compte", "acknowledge", (state, "acknowledge") in INCIDENT, True),
            ("Noter une autorité informée", "tell", True, has_to_tell),
            ("Dire de quelle structure il s’agit", "attach", self.object.partner_id is None, True),
            ("Avis de fugue", "notice", is_runaway and self.object.placement_id is not None, False),
            ("Comment cette fugue nous est connue", "source", is_runaway, False),
            ("Ajouter au suivi", "note", True, False),
            ("Ajouter une tâche", "task", state != IncidentState.CLOSED, False),
            ("Changer la gravité", "rate", (state, "rate") in INCIDENT, False),
            ("Suspendre les orientations", "suspend", has_partner and not self.object.is_suspended, False),
            ("Lever la suspension", "resume", self.object.is_suspended, False),
            ("Écrire le retour d’expérience", "retex", state != IncidentState.DECLARED, False),
            ("Écarter un destinataire", "waive", True, False),
            ("Préparer le signalement", "report", has_partner, False),
            ("Ajouter une pièce", "piece_add", True, False),
            ("Clore l’incident", "close", (state, "close") in INCIDENT, is_followed and not self.missing),
            ("Rouvrir", "reopen", (state, "reopen") in INCIDENT, False),
        ]

    def get_object(self, queryset=None):
        return get_object_or_404(incidents_read().select_related(*self.related), pk=self.pk)

    def next_step(self):
        state = self.object.state
        if state == IncidentState.DECLARED:
            return "Prochaine étape : prenez l’incident en compte, la structure attend de le savoir."
        if state == IncidentState.ACKNOWLEDGED:
            return self.next_before_closing()
        return "Cet incident est clos."

    def next_before_closing(self):
        if not self.missing:
            return "Prochaine étape : tout ce qui est obligatoire est là, vous pouvez clore."
        left = sum(call.is_missing for call in self.calls)
        if left and self.object.partner_id and not self.object.is_drill:
            return f"Prochaine étape : notez qui a été informé, il en manque {left} (voir « Avant de clore »)."
        words = self.missing[0]
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
    filterset_class = IncidentFilterSet
    list_display = ["reference", TYPE, "severity", "partner", "state", "declared_at", "acknowledged_at"]
    list_export = [
        "reference", "partner__code_name", "incident_type__label", "severity__label", "occurred_at", "noticed_at",
        "declared_at", "state", "acknowledged_at", "closed_at", "has_analysis",
    ]  # fmt: skip
    export_filename = "incidents"
    search_fields = ["reference"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("incident_type", "severity", "partner")

    def action_urls(self):
        return [
            self.action("prendre-en-compte", views.incident_acknowledge_view, name="acknowledge"),
            self.action("autorite", authorities.incident_tell_view, name="tell"),
            self.action("autorite/<uuid:notice_pk>/justificatif", authorities.incident_proof_view, name="proof"),
            self.action("structure", views.attach_view, name="attach"),
            self.action("connue-par", runaways.incident_source_view, name="source"),
            self.action("avis-de-fugue", runaways.incident_notice_view, name="notice", needs_fresh=True),
            self.action("ecarter", authorities.incident_waive_view, name="waive"),
            self.action("signalement", authorities.incident_report_view, name="report", needs_fresh=True),
            self.action("clore", views.incident_close_view, name="close"),
            self.action("gravite", views.rate_view, name="rate"),
            self.action("suivi", views.note_view, name="note"),
            self.action("tache", views.task_view, name="task"),
            self.action("tache/<uuid:task_pk>/faite", views.task_done_view, name="task_done"),
            self.action("suspendre", views.suspend_view, name="suspend"),
            self.action("lever-la-suspension", views.resume_view, name="resume"),
            self.action("retour-d-experience", views.retex_view, name="retex"),
            self.action("rouvrir", views.reopen_view, name="reopen"),
            self.action("meme-fait/<uuid:other_pk>", views.pair_view, name="pair"),
            *piece_urls(self),
        ]
