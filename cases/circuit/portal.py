"""The course of a circuit: steps moved by whoever answers for them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect

from cases.circuit.forms import StepForm
from cases.circuit.models import StepState
from cases.circuit.selectors import circuit_step_get
from cases.circuit.services import circuit_step_move, step_may_move
from cases.circuit.words import step_items
from cases.common.forms.fields import refuse
from cases.common.portal.pages import form_page, posted
from cms.journal.services import journal_read
from cms.wall import scope


def circuit_step(request, pk):
    """A step of a circuit, for whoever reads it; the form, for whoever answers for it."""
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
