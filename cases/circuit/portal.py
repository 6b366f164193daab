"""The course of a stay: reviews written by the structure, steps moved by whoever answers for them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from cases.circuit.forms import ReviewForm, StepForm
from cases.circuit.models import OPEN_STATES, CircuitStep, StepState
from cases.circuit.selectors import circuit_step_get
from cases.circuit.services import circuit_step_move, step_may_move
from cases.common.forms.fields import refuse
from cases.common.policies import TEAM
from cases.common.portal.lines import day, item, known
from cases.common.portal.pages import form_page, posted
from cases.stays.models import Placement
from cases.stays.reviews.models import Milestone, StayReview
from cases.stays.reviews.rules import Due, asked_from, due_on
from cases.stays.reviews.services import review_write
from cases.stays.selectors import placement_get, reference_of_stay
from cms.journal.services import journal_read
from cms.wall import scope


def stay_review(request, pk, milestone: int):
    """The form of a review, or what it says once it is written."""
    stay = placement_get(pk=pk, action="cases.review.read")
    if stay.partner_id not in scope.current().partners_as(*TEAM) or milestone not in Milestone.values:
        raise Http404
    wanted = Milestone(milestone)
    opens_on = asked_from(stay, wanted)
    back = reverse("cases:stay", args=[stay.pk])
    context = {"stay": stay, "title": wanted.label.capitalize(), "back": back}
    written = _written(stay, wanted)
    if written:
        journal_read("placement", stay.pk)
        return render(request, "cases/stays/reviews/review.html", context | {"items": review_items(written)})
    if stay.confirmed_at is None or opens_on is None or opens_on > timezone.localdate():
        raise Http404
    form = ReviewForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            review_write(placement=stay, milestone=wanted, by=request.user, **form.arguments())
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(request, "Le bilan est envoyé. Merci.")
            return redirect(back)
    context |= {"form": form, "due_on": due_on(stay, wanted), "reference": reference_of_stay(placement=stay)}
    return form_page(request, "cases/stays/reviews/review_form.html", context)


def _written(stay: Placement, milestone: Milestone) -> StayReview | None:
    rows = stay.reviews.select_related("safety", "schooling", "adhesion", "next_goal")
    return rows.filter(milestone=milestone).first()


def review_items(review: StayReview) -> list[dict]:
    return known(
        [
            item("Fait le", day(review.written_on)),
            item("Sécurité", review.safety.label),
            item("Un soin est à engager", "Oui" if review.needs_care else "Non"),
            item("Scolarité ou formation", review.schooling.label),
            item("Adhésion du jeune", review.adhesion.label),
            item("Prochain objectif", review.next_goal.label),
            item("Ce qu’il faut savoir d’autre", review.words),
        ]
    )


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


def step_items(step: CircuitStep) -> list[dict]:
    return known(
        [
            item("Responsable", step.get_owner_display().capitalize()),
            item("Échéance", day(step.due_on)),
            item("État", step.get_state_display().capitalize()),
            item("Fait le", step.done_on and day(step.done_on)),
            item("Note", step.note),
        ]
    )


def step_lines(steps: list[CircuitStep]) -> list[dict]:
    today = timezone.localdate()
    return [step_line(step, today) for step in steps]


def step_line(step: CircuitStep, today) -> dict:
    is_late = step.state in OPEN_STATES and step.due_on < today
    tones = {StepState.DONE: "success", StepState.BLOCKED: "danger", StepState.DOING: "info"}
    return {
        "label": step.measure.label,
        "url": reverse("cases:step", args=[step.pk]),
        "hint": step.get_owner_display().capitalize(),
        "due": f"fait le {day(step.done_on)}" if step.done_on else f"pour le {day(step.due_on)}",
        "badge_label": "En retard" if is_late else step.get_state_display().capitalize(),
        "badge_tone": "danger" if is_late else tones.get(StepState(step.state), "neutral"),
    }


def due_line(due: Due, today) -> dict:
    return {
        "label": due.milestone.label.capitalize(),
        "url": reverse("cases:stay_review", args=[due.placement.pk, int(due.milestone)]),
        "hint": "",
        "due": f"pour le {day(due.due_on)}",
        "badge_label": "En retard" if due.is_late(today) else "À faire",
        "badge_tone": "danger" if due.is_late(today) else "warning",
    }


def written_line(review: StayReview) -> dict:
    return {
        "label": review.get_milestone_display().capitalize(),
        "url": reverse("cases:stay_review", args=[review.placement_id, review.milestone]),
        "hint": "",
        "due": f"fait le {day(review.written_on)}",
        "badge_label": "Fait",
        "badge_tone": "success",
    }
