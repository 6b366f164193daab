"""Actions of the coordination on circuits, on their steps and on their templates."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse, reverse_lazy

from cases.circuit.admin.forms import (
    AddStepForm,
    CloseForm,
    MoveForm,
    PlanForm,
    PublishForm,
    StartForm,
    TemplateSteps,
    TemplateStepsBase,
)
from cases.circuit.models import Circuit, CircuitStep, CircuitTemplate
from cases.circuit.services import (
    circuit_close,
    circuit_start,
    circuit_step_add,
    circuit_step_move,
    circuit_step_plan,
    circuit_template_publish,
    circuit_template_retire,
)
from cases.common.admin.forms import keyed
from cases.common.admin.views import data_of, file_url, row_or_404
from cases.files.models import Case
from cms.admin.actions import RowAction
from cms.users.requests import UserRequest

STEP = "etape/<uuid:step_pk>"


def _is_running(row: Circuit | Case) -> bool:
    return row.closed_on is None


def _is_used(row: CircuitTemplate) -> bool:
    return row.retired_on is None


def _step(pk: uuid.UUID, step_pk: uuid.UUID) -> CircuitStep:
    rows = CircuitStep.objects.filter(circuit_id=pk).select_related("circuit", "measure")
    return row_or_404(rows, step_pk)


def template_publish_view(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Edit the steps of the last version and publish them as the next one. Another label makes another template."""
    template = row_or_404(CircuitTemplate.objects, pk)
    last = template.versions.order_by("-number").first()
    if last is None:
        raise Http404
    data = data_of(request)
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


def _publish(request: UserRequest, template: CircuitTemplate, form: PublishForm, steps: TemplateStepsBase) -> bool:
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


CASE_ACTIONS = (
    RowAction(
        "circuit",
        route="circuit",
        label="Commencer un circuit de protection",
        when=lambda case: case.closed_on is None and not case.circuit_runs,
        order=70,
        form=StartForm,
        service=lambda case, cleaned, by: circuit_start(case=case, by=by, **cleaned),
        intro="Les étapes du modèle se datent à partir de ce jour. Vous les changez ensuite pour ce mineur seul.",
        submit_label="Commencer",
        done="Le circuit est commencé.",
        goes_to=lambda case, circuit: file_url(circuit),
    ),
)

ACTIONS = (
    RowAction(
        "step_add",
        route="etape",
        label="Ajouter une étape",
        when=_is_running,
        is_main=True,
        select_related=("case",),
        form=AddStepForm,
        service=lambda row, cleaned, by: circuit_step_add(circuit=row, by=by, **keyed(cleaned, "measure")),
        done="L’étape est ajoutée.",
    ),
    RowAction(
        "move",
        route=STEP,
        find=_step,
        form=MoveForm,
        form_kwargs=lambda step: {"step": step},
        service=lambda step, cleaned, by: circuit_step_move(step=step, by=by, **cleaned),
        title="Dire où en est l’étape",
        subtitle=lambda step: step.measure,
        done="L’étape est à jour.",
    ),
    RowAction(
        "plan",
        route=f"{STEP}/replanifier",
        find=_step,
        form=PlanForm,
        initial=lambda step: {"owner": step.owner, "due_on": step.due_on, "visibility": step.visibility},
        service=lambda step, cleaned, by: circuit_step_plan(step=step, by=by, **cleaned),
        title="Replanifier l’étape",
        subtitle=lambda step: step.measure,
        done="L’étape est replanifiée.",
    ),
    RowAction(
        "close",
        route="clore",
        label="Clore le circuit",
        when=_is_running,
        select_related=("case",),
        form=CloseForm,
        service=lambda row, cleaned, by: circuit_close(circuit=row, by=by, **cleaned),
        intro="Ce qui n’est pas fait reste écrit tel quel. Un autre circuit pourra commencer.",
        submit_label="Clore",
        done="Le circuit est clos.",
    ),
)

TEMPLATE_ACTIONS = (
    RowAction(
        "publish",
        route="publier",
        label="Publier une nouvelle version",
        when=_is_used,
        is_main=True,
        view=template_publish_view,
    ),
    RowAction(
        "retire",
        route="retirer",
        label="Retirer ce modèle",
        when=_is_used,
        service=lambda row, cleaned, by: circuit_template_retire(template=row, by=by),
        intro="Aucun circuit n’en partira plus. Les circuits en cours continuent.",
        submit_label="Retirer",
        done="Le modèle est retiré.",
    ),
)
