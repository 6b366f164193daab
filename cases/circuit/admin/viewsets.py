"""Circuits and their templates in the admin."""

import django_filters
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse, reverse_lazy
from django.utils import timezone

from cases.circuit.admin import views as views
from cases.circuit.admin.forms import OWNERS, READERS, PublishForm, TemplateSteps
from cases.circuit.models import OPEN_STATES, Circuit, CircuitStep, CircuitTemplate, CircuitVersion
from cases.circuit.services import circuit_template_publish, circuit_template_retire
from cases.common.admin.forms import ConfirmForm
from cases.common.admin.views import row_or_404
from cases.common.admin.viewsets import FileInspectView
from cases.common.admin.words import day, linked
from cms.admin.viewsets import ScopedSnippetViewSet
from cms.kit.blocks import Action, Facts, Listing
from cms.kit.filters import ScopedFilterSet, day_filters
from cms.kit.pages import action_page
from cms.values.models import Value


class CircuitFilterSet(ScopedFilterSet):
    is_running = django_filters.BooleanFilter(field_name="closed_on", lookup_expr="isnull", label="En cours")
    started_on_from, started_on_to = day_filters("started_on", "Commencé")

    class Meta:
        model = Circuit
        fields: list[str] = []


class CircuitInspectView(FileInspectView):
    namespace = "cases_circuit"
    related = ("case", "version__template")

    def blocks(self):
        row = self.object
        facts = [
            ("Situation", linked(row.case)),
            ("Modèle", row.version),
            ("Commencé le", day(row.started_on)),
            ("Clos le", day(row.closed_on)),
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
            Action("Dire où elle en est", views.step_url(step, "move")),
            Action("Replanifier", views.step_url(step, "plan")),
        ]

    def steps(self):
        is_running = self.object.closed_on is None
        return [
            ("Ajouter une étape", "step_add", is_running, True),
            ("Clore le circuit", "close", is_running, False),
        ]

    def next_step(self):
        if self.object.closed_on:
            return "Ce circuit est clos."
        return "Changez, ajoutez ou écartez des étapes : le modèle, lui, ne change pas."


def step_state(step: CircuitStep, today) -> str:
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
    filterset_class = CircuitFilterSet
    list_display = ["__str__", "case", "version", "started_on", "closed_on"]
    list_export = ["case__reference", "version__template__label", "version__number", "started_on", "closed_on"]
    export_filename = "circuits"
    search_fields = ["case__reference"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("case", "version__template")

    def action_urls(self):
        step = "etape/<uuid:step_pk>"
        return [
            self.action("etape", views.circuit_add_view, name="step_add"),
            self.action(step, views.circuit_move_view, name="move"),
            self.action(f"{step}/replanifier", views.circuit_plan_view, name="plan"),
            self.action("clore", views.circuit_close_view, name="close"),
        ]


class TemplateInspectView(FileInspectView):
    namespace = "cases_circuittemplate"

    def blocks(self):
        versions = list(self.object.versions.select_related("published_by"))
        rows = [
            (version.number, day(version.published_at), version.published_by or "Havre", version.reason)
            for version in versions
        ]
        return [
            steps_listing(versions[0]) if versions else Facts("Étapes", []),
            Listing("Versions", ("Numéro", "Publiée le", "Par", "Pourquoi"), rows, "Aucune version."),
        ]

    def steps(self):
        is_used = self.object.retired_on is None
        return [
            ("Publier une nouvelle version", "publish", is_used, True),
            ("Retirer ce modèle", "retire", is_used, False),
        ]

    def next_step(self):
        return "Une nouvelle version sert aux circuits à venir. Ceux qui sont en cours gardent la leur."


def steps_listing(version: CircuitVersion) -> Listing:
    measures = Value.objects.in_bulk([step["measure"] for step in version.steps])
    owners, readers = dict(OWNERS), dict(READERS)
    rows = [
        (measures[step["measure"]], owners[step["owner"]], f"J+{step['days']}", readers[step["visibility"]])
        for step in version.steps
    ]
    return Listing(f"Étapes de la version {version.number}", ("Mesure", "Responsable", "Échéance", "Lu par"), rows, "")


class TemplateFilterSet(ScopedFilterSet):
    is_used = django_filters.BooleanFilter(field_name="retired_on", lookup_expr="isnull", label="En service")

    class Meta:
        model = CircuitTemplate
        fields: list[str] = []


class CircuitTemplateViewSet(ScopedSnippetViewSet):
    model = CircuitTemplate
    journal_kind = "circuittemplate"
    icon = "list-ul"
    url_prefix = "modeles-de-circuit"
    admin_url_namespace = "cases_circuittemplate"
    menu_label = "Modèles de circuit"
    inspect_view_class = TemplateInspectView
    filterset_class = TemplateFilterSet
    list_display = ["label", "retired_on"]
    list_export = ["label", "retired_on"]
    export_filename = "modeles-de-circuit"
    search_fields = ["label"]

    def action_urls(self):
        return [
            self.action("publier", template_publish_view, name="publish"),
            self.action("retirer", template_retire_view, name="retire"),
        ]


def template_retire_view(request, pk):
    template = row_or_404(CircuitTemplate.objects, pk)
    return action_page(
        request,
        form=ConfirmForm(request.POST if request.method == "POST" else None),
        run=lambda cleaned: circuit_template_retire(template=template, by=request.user),
        title="Retirer ce modèle",
        subtitle=str(template),
        intro="Aucun circuit n’en partira plus. Les circuits en cours continuent.",
        done="Le modèle est retiré.",
        back_url=reverse("cases_circuittemplate:inspect", args=[pk]),
        submit_label="Retirer",
    )


def template_publish_view(request, pk):
    """The steps of the last version, to change, then published as the next one. The label makes another template."""
    template = row_or_404(CircuitTemplate.objects, pk)
    last = template.versions.order_by("-number").first()
    if last is None:
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = PublishForm(data, initial={"label": template.label})
    steps = TemplateSteps(data, initial=last.steps, prefix="steps")
    if data is not None and form.is_valid() and steps.is_valid() and _publish(request, template, form, steps):
        messages.success(request, "La version est publiée. Les circuits en cours gardent la leur.")
        return redirect("cases_circuittemplate:inspect", pk)
    back_url = reverse("cases_circuittemplate:inspect", args=[pk])
    title = "Publier une version"
    context = {
        "form": form,
        "steps": steps,
        "back_url": back_url,
        "page_title": title,
        "header_title": title,
        "breadcrumbs_items": [
            {"url": reverse_lazy("wagtailadmin_home"), "label": "Accueil"},
            {"url": back_url, "label": str(template)},
            {"url": "", "label": title},
        ],
        "header_buttons": [],
    }
    return TemplateResponse(request, "cases/circuit/admin/circuit_template.html", context, status=422 if data else 200)


def _publish(request, template: CircuitTemplate, form: PublishForm, steps) -> bool:
    label = form.cleaned_data["label"]
    is_same = label == template.label
    try:
        with transaction.atomic():
            circuit_template_publish(
                template=template if is_same else None,
                label=label,
                steps=steps.steps(),
                reason=form.cleaned_data["reason"],
                by=request.user,
            )
    except ValidationError as error:
        form.add_service_error(error)
        return False
    return True
