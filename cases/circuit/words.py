"""How pages say the steps of a circuit."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from cases.circuit.enums import StepState
from cases.circuit.models import OPEN_STATES, CircuitStep
from cases.common.words import day, item, known
from cms.kit.constraints import sentence_register
from cms.kit.words import actions_register

ACTIONS = {
    "cases.circuit_template.publish": "modèle de circuit publié",
    "cases.circuit_template.retire": "modèle de circuit retiré",
    "cases.circuit.start": "circuit commencé",
    "cases.circuit.step_add": "étape ajoutée au circuit",
    "cases.circuit.step_plan": "étape replanifiée",
    "cases.circuit.step_move": "étape mise à jour",
    "cases.circuit.close": "circuit clos",
}
"""What the actions of the journal are called on the screens."""
SENTENCES = {
    "circuit_one_running": "Un circuit est déjà en cours pour ce mineur.",
    "circuitstep_once": "Cette mesure est déjà dans le circuit.",
    "circuitstep_frozen": "Vous pouvez dire où en est cette étape, et rien d’autre.",
    "circuitversion_number_unique": "Une autre version vient d’être publiée : rechargez la page.",
}
"""What the constraints say to people, the same whether the row in the way may be seen or not."""


def register() -> None:
    actions_register(ACTIONS)
    sentence_register(**SENTENCES)


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


def step_line(step: CircuitStep, today: dt.date) -> dict:
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
