"""How pages say a stay and its absences."""

from collections.abc import Iterable

from django.urls import reverse

from cases.common.words import day, item, known, moment
from cases.stays.models import Absence, Placement
from cms.kit.constraints import sentence_register
from cms.kit.words import actions_register

ACTIONS = {
    "cases.review.write": "bilan d’étape écrit",
    "cases.after_stay.note": "veille à six mois notée",
    "cases.placement.open": "séjour ouvert",
    "cases.placement.confirm": "arrivée confirmée",
    "cases.placement.end": "séjour terminé",
    "cases.absence.open": "absence déclarée",
    "cases.absence.close": "retour d’absence",
}
"""What the actions of the journal are called on the screens."""
SENTENCES = {
    "placement_no_overlap": "Ce mineur est déjà accueilli à ces dates.",
    "placement_one_per_place": "Cette place est déjà occupée à ces dates.",
    "placement_convention_in_force": "Aucune convention n’est en cours ce jour-là : indiquez le motif.",
    "placement_place_of_partner": "Cette place appartient à une autre structure.",
    "place_closed_when_free": "Un mineur occupe encore cette place : enregistrez d’abord la fin de son séjour.",
    "placement_same_case": "Cette orientation concerne une autre situation.",
    "stayreview_once": "Ce bilan est déjà fait.",
    "stayreview_of_its_stay": "Ce bilan ne correspond pas à ce séjour.",
    "afterstay_of_its_stay": "Cette date précède la fin du séjour.",
    "placement_frozen": "La coordination seule modifie ce séjour.",
    "absence_within_stay": "L’absence sort des dates du séjour.",
    "absence_no_overlap": "Une absence est déjà enregistrée à ces dates.",
}
"""What the constraints say to people, the same whether the row in the way may be seen or not."""


def register() -> None:
    actions_register(ACTIONS)
    sentence_register(**SENTENCES)


def stay_outcomes(stays: Iterable[Placement]) -> list[dict]:
    """Return the lines of stays that a grant opens to a requester: an outcome and a day, never a place."""
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
    """Return the line of a stay, with the reference of its case while it goes on and the structure may read it."""
    line = {"url": reverse("cases:stay", args=[stay.pk]), "due": f"depuis le {day(stay.arrived_on)}"}
    if stay.ended_on:
        return line | {
            "label": f"Séjour du {day(stay.arrived_on)} au {day(stay.ended_on)}",
            "due": "",
            "hint": stay.end_reason.label if stay.end_reason else "",
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
            item("Fin du séjour", _end(stay)),
        ]
    )


def _end(stay: Placement) -> str:
    if stay.ended_on is None or stay.end_reason is None:
        return ""
    return f"{day(stay.ended_on)}, {stay.end_reason.label.lower()}"


def absence_events(absences: Iterable[Absence]) -> list[dict]:
    return [
        {
            "title": f"{'Fugue' if absence.is_runaway else 'Absence'} depuis le {day(absence.starts_on)}",
            "text": f"De retour le {day(absence.ends_on)}." if absence.ends_on else "Pas encore de retour.",
            "tone": "neutral" if absence.ends_on else "danger",
        }
        for absence in absences
    ]
