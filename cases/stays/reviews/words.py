"""How pages say a review of a stay, due or written."""

import datetime as dt

from django.urls import reverse

from cases.common.words import day, item, known
from cases.stays.reviews.models import StayReview
from cases.stays.reviews.rules import ReviewDue


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


def due_line(due: ReviewDue, today: dt.date) -> dict:
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
