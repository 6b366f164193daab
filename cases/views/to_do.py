"""What waits for a structure, as its home shows it."""

from django.urls import reverse

from cases.to_do import AGREEMENT, ARRIVAL, WAIVED, Task, structure_tasks
from cases.views.lines import day

WORDS = {
    AGREEMENT: ("Donner votre accord à un accueil", "L’arrivée attend cet accord", "À signer", "warning"),
    WAIVED: ("Donner votre accord à un accueil", "Le jeune est arrivé par dérogation", "À régulariser", "danger"),
    ARRIVAL: ("Confirmer l’arrivée de {reference}", "{words}", "Arrivée à confirmer", "warning"),
}
SINCE = {
    AGREEMENT: "mise en lien ouverte le {on}",
    WAIVED: "mise en lien ouverte le {on}",
    ARRIVAL: "depuis le {on}",
}
ADDRESSES = {AGREEMENT: "cases:linking", WAIVED: "cases:linking", ARRIVAL: "cases:stay"}


def task_lines() -> list[dict]:
    return [task_line(task) for task in structure_tasks()]


def task_line(task: Task) -> dict:
    label, hint, badge, tone = WORDS[task.kind]
    return {
        "label": label.format(reference=task.reference),
        "url": reverse(ADDRESSES[task.kind], args=[task.pk]),
        "hint": hint.format(words=task.words),
        "due": SINCE[task.kind].format(on=day(task.on)),
        "badge_label": badge,
        "badge_tone": tone,
    }
