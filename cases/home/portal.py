"""What waits for a structure, as its home shows it."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from cases.common.words import day
from cases.home.selectors import (
    AGREEMENT,
    ARRIVAL,
    CHANGED,
    INCIDENT,
    OBSERVE,
    PROOF,
    RETURN,
    REVIEW,
    STEP,
    STOPPED,
    WAIVED,
    Standing,
    Task,
    structure_tasks,
)
from cases.stays.reviews.enums import Milestone
from cases.stays.reviews.rules import EXIT_DAYS
from referentiel.enums import VisitState

WORDS = {
    RETURN: ("Écrire un retour de fugue", "Entretien et visite médicale à proposer", "À faire", "danger"),
    AGREEMENT: ("Donner votre accord à un accueil", "L’arrivée attend cet accord", "À signer", "warning"),
    WAIVED: ("Donner votre accord à un accueil", "Le jeune est arrivé par dérogation", "À régulariser", "danger"),
    CHANGED: ("Donner votre accord à un accueil", "La convention a changé : relisez-la", "À signer", "warning"),
    ARRIVAL: ("Confirmer l’arrivée de {reference}", "{words}", "Arrivée à confirmer", "warning"),
    INCIDENT: ("Une tâche vous attend pour {reference}", "Suite d’une situation préoccupante", "À faire", "warning"),
    STEP: ("Étape en retard pour {reference}", "{words}", "En retard", "danger"),
}
SINCE = {
    RETURN: "de retour le {on}",
    AGREEMENT: "mise en lien ouverte le {on}",
    WAIVED: "mise en lien ouverte le {on}",
    CHANGED: "mise en lien ouverte le {on}",
    ARRIVAL: "depuis le {on}",
    INCIDENT: "pour le {on}",
    STEP: "pour le {on}",
}
ADDRESSES = {
    RETURN: "cases:stay_runaway_return",
    AGREEMENT: "cases:linking",
    WAIVED: "cases:linking",
    CHANGED: "cases:linking",
    ARRIVAL: "cases:stay",
    INCIDENT: "cases:incident",
    STEP: "cases:step",
}


def task_lines() -> list[dict]:
    own = {REVIEW: review_line, STOPPED: stopped_line, OBSERVE: observe_line, PROOF: proof_line}
    return [own.get(task.kind, task_line)(task) for task in structure_tasks()]


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


def review_line(task: Task) -> dict:
    """Return the line of a review. `on` is the arrival, or the end for the review of the end.

    Once a stay is over its case is not named.
    """
    milestone = Milestone(int(task.words))
    due_on = task.on + dt.timedelta(days=int(milestone) or EXIT_DAYS)
    is_late = due_on < timezone.localdate()
    label = milestone.label.capitalize()
    return {
        "label": f"{label} de {task.reference}" if task.reference else label,
        "url": reverse("cases:stay_review", args=[task.pk, int(milestone)]),
        "hint": "Cinq questions, deux minutes",
        "due": f"pour le {day(due_on)}",
        "badge_label": "En retard" if is_late else "À faire",
        "badge_tone": "danger" if is_late else "warning",
    }


def stopped_line(task: Task) -> dict:
    return {
        "label": "Nouvelles arrivées suspendues",
        "url": reverse("referentiel:visit", args=[task.reference]),
        "hint": f"Exigence impérative {task.words}",
        "due": f"depuis le {day(task.on)}",
        "badge_label": "À reprendre",
        "badge_tone": "danger",
    }


def observe_line(task: Task) -> dict:
    is_late = task.words == VisitState.UNANSWERED
    return {
        "label": "Répondre à la visite de la coordination",
        "url": reverse("referentiel:visit", args=[task.pk]),
        "hint": "Les exigences impératives attendent toujours" if is_late else "Dites si vous êtes d’accord",
        "due": f"depuis le {day(task.on)}" if is_late else f"jusqu’au {day(task.on)}",
        "badge_label": "Délai passé" if is_late else "À répondre",
        "badge_tone": "danger" if is_late else "warning",
    }


def proof_line(task: Task) -> dict:
    is_over = task.on < timezone.localdate()
    return {
        "label": f"Renouveler la preuve de {task.words}",
        "url": reverse("referentiel:assessment_renew", args=[task.reference, task.pk]),
        "hint": "Auto-évaluation",
        "due": f"{'périmée depuis le' if is_over else 'valable jusqu’au'} {day(task.on)}",
        "badge_label": "Périmée" if is_over else "À renouveler",
        "badge_tone": "danger" if is_over else "warning",
    }


THOSE_WHO_STAY = "Ceux que vous accueillez restent, et leur suivi continue."


def stop_words(standing: Standing) -> dict[str, str]:
    """Say why no minor is sent to a structure today, since when, until when, and what it means for the team."""
    name, today = standing.code_name, timezone.localdate()
    if standing.closed_on and standing.closed_on <= today:
        title = f"{name} est sortie du carnet du réseau"
        return {"title": title, "text": f"Depuis le {day(standing.closed_on)}, aucun jeune ne vous est plus orienté."}
    if standing.suspended_since:
        until = standing.suspended_until
        end = f"jusqu’au {day(until)} compris" if until else "sans date de fin pour l’instant"
        return {
            "title": f"{name} : nouvelles arrivées suspendues",
            "text": f"Depuis le {day(standing.suspended_since)}, {end}. Aucun nouveau jeune ne vous est orienté. "
            f"{THOSE_WHO_STAY}",
        }
    ended = f" La dernière s’est terminée le {day(standing.bound_until)}." if standing.bound_until else ""
    return {
        "title": f"{name} : aucune convention en vigueur",
        "text": "Aucun nouveau jeune ne vous est orienté tant qu’une convention n’est pas signée."
        f"{ended} {THOSE_WHO_STAY}",
    }
