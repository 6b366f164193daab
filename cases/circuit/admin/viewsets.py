"""Circuits and their templates in the admin."""

import datetime as dt

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from cases.arrival.selectors import guardian_of_case
from cases.circuit.admin import views as views
from cases.circuit.admin.forms import OWNERS, READERS
from cases.circuit.models import OPEN_STATES, Circuit, CircuitStep, CircuitTemplate, CircuitVersion
from cases.common.admin.blocks import Blocks
from cases.common.admin.viewsets import FileInspectView
from cases.common.admin.words import day, linked
from cms.admin.viewsets import ScopedSnippetViewSet
from cms.columns.rules.columns import Column, yes_no
from cms.kit.blocks import Action, Facts, Listing
from cms.values.models import Value


class CircuitInspectView(FileInspectView):
    related = ("case", "version__template")

    def blocks(self) -> Blocks:
        row = self.object
        facts = [
            ("Situation", linked(row.case)),
            ("Modèle", row.version),
            ("Commencé le", day(row.started_on)),
            ("Clos le", day(row.closed_on)),
            ("Service gardien", guardian_of_case(row.case_id) or "à nommer dans la mise en lien"),
        ]
        return [Facts("Circuit", facts), self.steps_block()]

    def steps_block(self) -> Listing:
        today = timezone.localdate()
        steps = list(self.object.steps.select_related("measure").order_by("due_on", "measure__position"))
        rows = [
            (
                step.measure,
                step.get_owner_display().capitalize(),
                day(step.due_on),
                step_state(step, today),
                dict(READERS)[step.visibility],
                step.note,
            )
            for step in steps
        ]
        actions = [self.step_actions(step) for step in steps]
        headings = ("Mesure", "Responsable", "Échéance", "État", "Lu par", "Note")
        return Listing("Étapes", headings, rows, "Aucune étape.", actions)

    def step_actions(self, step: CircuitStep) -> list[Action]:
        if self.object.closed_on:
            return []
        return [
            Action("Dire où elle en est", reverse("cases_circuit:move", args=[step.circuit_id, step.pk])),
            Action("Replanifier", reverse("cases_circuit:plan", args=[step.circuit_id, step.pk])),
        ]

    def next_step(self) -> str:
        if self.object.closed_on:
            return "Ce circuit est clos."
        return "Changez, ajoutez ou écartez des étapes : le modèle, lui, ne change pas."


def step_state(step: CircuitStep, today: dt.date) -> str:
    if step.done_on:
        return f"fait le {step.done_on:%d/%m/%Y}"
    label = step.get_state_display()
    return f"{label}, en retard" if step.state in OPEN_STATES and step.due_on < today else label


class CircuitViewSet(ScopedSnippetViewSet):
    model = Circuit
    journal_kind = "circuit"
    is_file = True
    icon = "list-ul"
    url_prefix = "circuits"
    admin_url_namespace = "cases_circuit"
    menu_label = "Circuits"
    inspect_view_class = CircuitInspectView
    actions = views.ACTIONS
    columns = (
        Column(code="circuit", label="Circuit", show=str, related=("case", "version__template"), is_shown=True),
        Column(path="case", is_shown=True, is_exported=True),
        Column(path="version__template__label", code="template", label="Modèle", is_shown=True, is_exported=True),
        Column(path="version__number", label="Version du modèle", is_exported=True),
        yes_no("is_running", "En cours", Q(closed_on__isnull=True), is_quick=True),
        Column(path="started_on", label="Commencé le", is_shown=True, is_exported=True, is_quick=True),
        Column(path="closed_on", is_shown=True, is_exported=True),
    )
    export_filename = "circuits"
    search_fields = ["case__reference"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("case", "version__template")


class TemplateInspectView(FileInspectView):
    def blocks(self) -> Blocks:
        versions = list(self.object.versions.select_related("published_by"))
        rows = [
            (version.number, day(version.published_at), version.published_by or "Havre", version.reason)
            for version in versions
        ]
        return [
            steps_listing(versions[0]) if versions else Facts("Étapes", []),
            Listing("Versions", ("Numéro", "Publiée le", "Par", "Pourquoi"), rows, "Aucune version."),
        ]

    def next_step(self) -> str:
        return "Une nouvelle version sert aux circuits à venir. Ceux qui sont en cours gardent la leur."


def steps_listing(version: CircuitVersion) -> Listing:
    measures = Value.objects.in_bulk([step["measure"] for step in version.steps])
    owners, readers = dict(OWNERS), dict(READERS)
    rows = [
        (measures[step["measure"]], owners[step["owner"]], f"J+{step['days']}", readers[step["visibility"]])
        for step in version.steps
    ]
    return Listing(f"Étapes de la version {version.number}", ("Mesure", "Responsable", "Échéance", "Lu par"), rows, "")


class CircuitTemplateViewSet(ScopedSnippetViewSet):
    model = CircuitTemplate
    journal_kind = "circuittemplate"
    icon = "list-ul"
    url_prefix = "modeles-de-circuit"
    admin_url_namespace = "cases_circuittemplate"
    menu_label = "Modèles de circuit"
    inspect_view_class = TemplateInspectView
    actions = views.TEMPLATE_ACTIONS
    columns = (
        Column(path="label", is_shown=True, is_exported=True),
        yes_no("is_used", "En service", Q(retired_on__isnull=True), is_quick=True),
        Column(path="retired_on", is_shown=True, is_exported=True),
    )
    export_filename = "modeles-de-circuit"
    search_fields = ["label"]
