"""The course of a circuit: steps moved by whoever answers for them."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cases.circuit.enums import StepState
from cases.circuit.forms import StepForm
from cases.circuit.selectors import circuit_step_get, steps_of_case
from cases.circuit.services import circuit_step_move, step_may_move
from cases.circuit.words import step_items, step_lines
from cases.common.forms.fields import refuse
from cases.common.policies import only
from cases.common.portal.pages import form_page, posted
from cases.requests.policies import only_transmitted
from cases.requests.selectors import sollicitation_get
from cms.journal.services import journal_read
from cms.users.requests import UserRequest
from cms.users.roles import Role
from cms.wall import scope


def circuit_step(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Show a step to whoever may read it, with the form for whoever answers for it."""
    step = circuit_step_get(pk=pk, action="cases.circuit.read")
    journal_read("circuit", step.circuit_id)
    may_move = not scope.current().sees_all_cases() and step_may_move(step)
    form = StepForm(posted(request), step=step)
    if request.method == "POST" and not may_move:
        raise Http404
    if request.method == "POST" and form.is_valid():
        try:
            circuit_step_move(step=step, by=request.user, **_moved(form))
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(request, "C’est noté.")
            return redirect("portal:home")
    context = {"step": step, "form": form, "may_move": may_move, "items": step_items(step)}
    return form_page(request, "cases/circuit/step.html", context)


def _moved(form: StepForm) -> dict:
    return form.cleaned_data | {"state": StepState(form.cleaned_data["state"])}


def request_circuit(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the steps of the circuit that the service may read, and those that it answers for."""
    sollicitation = sollicitation_get(pk=pk, action="cases.circuit.read")
    only(Role.REQUESTER)
    if only_transmitted(sollicitation):
        raise Http404
    steps = steps_of_case(sollicitation.case_id) if sollicitation.case_id else []
    if steps:
        journal_read("circuit", steps[0].circuit_id)
    return render(
        request, "cases/circuit/request_circuit.html", {"sollicitation": sollicitation, "steps": step_lines(steps)}
    )
