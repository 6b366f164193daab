"""How pages say a stay and its absences."""

from collections.abc import Iterable

from django.urls import reverse

from cases.common.words import day, item, known, moment
from cases.stays.models import Absence, Placement


def stay_outcomes(stays: Iterable[Placement]) -> list[dict]:
    """Stays that a grant opens to a requester: an outcome and a day, never a place."""
    return [
        {
            "label": f"Accueil effectif depuis le {day(stay.arrived_on)}",
            "hint": f"Demande {stay.asked}" if stay.asked else "",
            "due": "Le lieu reste confidentiel",
            "badge_label": f"Terminé le {day(stay.ended_on)}" if stay.ended_on else "En cours",
            "badge_tone": "neutral" if stay.ended_on else "success",
        }
        for stay in stays
    ]


def stay_line(stay: Placement) -> dict:
    """A stay under way carries the reference of its case; once over, the case is closed to the structure."""
    line = {"url": reverse("cases:stay", args=[stay.pk]), "due": f"depuis le {day(stay.arrived_on)}"}
    if stay.ended_on:
        return line | {
            "label": f"Séjour du {day(stay.arrived_on)} au {day(stay.ended_on)}",
            "due": "",
            "hint": stay.end_reason.label,
        }
    label, tone = stay_state(stay, stay.absences.all())
    return line | {
        "label": stay.case.reference,
        "hint": stay.legal_frame.label,
        "badge_label": label,
        "badge_tone": tone,
    }


def stay_state(stay: Placement, absences: Iterable[Absence]) -> tuple[str, str]:
    if stay.ended_on:
        return "Terminé", "neutral"
    if stay.confirmed_at is None:
        return "Arrivée à confirmer", "warning"
    current = next((absence for absence in absences if absence.ends_on is None), None)
    if current:
        return ("En fugue", "danger") if current.is_runaway else ("Absent", "warning")
    return "Présent", "success"


def stay_summary(stay: Placement) -> list[dict]:
    label, tone = stay_state(stay, stay.absences.all())
    return known(
        [
            {"label": "État", "value": label, "badge_tone": tone},
            item("Arrivée", moment(stay.arrived_at)),
            item("Arrivée confirmée", stay.confirmed_at and moment(stay.confirmed_at)),
            item("Cadre juridique", stay.legal_frame.label),
            item("Fin du cadre juridique", stay.legal_frame_ends_on and day(stay.legal_frame_ends_on)),
            item("Fin du séjour", stay.ended_on and f"{day(stay.ended_on)}, {stay.end_reason.label.lower()}"),
        ]
    )


def absence_events(absences: Iterable[Absence]) -> list[dict]:
    return [
        {
            "title": f"{'Fugue' if absence.is_runaway else 'Absence'} depuis le {day(absence.starts_on)}",
            "text": f"De retour le {day(absence.ends_on)}." if absence.ends_on else "Pas encore de retour.",
            "tone": "neutral" if absence.ends_on else "danger",
        }
        for absence in absences
    ]
