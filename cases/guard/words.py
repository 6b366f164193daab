"""What the guard says: why a structure is closed to a minor, and what to do then."""

import datetime as dt

from cases.files.models import Case
from cases.guard.enums import BY_TWO, Obstacle
from cases.guard.selectors import Reach, reach_of
from cms.kit.constraints import sentence_register
from cms.kit.words import NBSP, actions_register
from cms.partners.models import Partner, Suspension
from cms.territory.models import Territory
from cms.values.models import Value
from referentiel.visits.selectors.marks import failing_marks

ACTIONS = {
    "cases.stay_derogation.ask": "dérogation d’accueil demandée",
    "cases.stay_derogation.agree": "dérogation d’accueil accordée",
    "cases.stay_derogation.refuse": "dérogation d’accueil refusée",
}
"""Labels of the actions of the journal."""
SENTENCES = {
    "placement_guarded": "Ce mineur ne peut pas entrer dans cette structure : choisissez-en une autre, ou demandez "
    "une dérogation à deux personnes.",
    "placement_has_place": "Cette structure n’a plus de place : choisissez-en une autre, ou demandez une dérogation "
    "à deux personnes.",
    "placement_accepted": "La structure n’a pas dit oui : notez d’abord son accord. Personne ne le donne à sa place.",
    "stayderogation_frozen": "Cette dérogation ne se modifie plus ainsi.",
    "stayderogation_one_waiting": "Une dérogation attend déjà une seconde personne pour cette structure.",
    "stayderogation_two_people": "Une autre personne que celle qui a demandé doit accorder cette dérogation.",
}
"""Messages of the constraints, the same whether the conflicting row may be seen or not."""


def register() -> None:
    actions_register(ACTIONS)
    sentence_register(**SENTENCES)


def away_words(reach: Reach, reason: str, place: str) -> str:
    """Say how near the place to keep away from is: « département voisin d’un lieu à éviter (famille : Aisne) »."""
    named = f"({reason.lower()}{NBSP}: {place})"
    if reach.is_same:
        return f"dans le département à éviter {named}"
    if reach.is_adjacent:
        return f"département voisin d’un lieu à éviter {named}"
    return f"à {reach.km}{NBSP}km d’un lieu à éviter {named}, minimum {reach.radius_km}{NBSP}km"


def obstacle_words(obstacle: Obstacle, case: Case, partner: Partner, day: dt.date) -> str:
    if obstacle == Obstacle.AWAY and (reach := reach_of(case, partner)):
        reason = Value.objects.values_list("label", flat=True).get(pk=reach.reason_id)
        return away_words(reach, reason, Territory.objects.values_list("name", flat=True).get(pk=reach.code))
    if obstacle == Obstacle.SUSPENDED:
        ends_on = Suspension.objects.on(day).filter(partner=partner).values_list("ends_on", flat=True).first()
        return f"suspendue jusqu’au {ends_on:%d/%m/%Y}" if ends_on else "suspendue"
    if obstacle == Obstacle.IMPERATIVE:
        codes = failing_marks().filter(partner=partner).values_list("code", flat=True)
        return f"exigence impérative non tenue{NBSP}: {', '.join(codes)}"
    return "plus aucune place libre"


def refusal_words(obstacles: list[Obstacle], case: Case, partner: Partner, day: dt.date) -> str:
    """Return the sentence of a refusal: the structure, why, and what may be done."""
    why = f"{NBSP} ; ".join(obstacle_words(one, case, partner, day) for one in obstacles)
    if set(obstacles) <= set(BY_TWO):
        way = "Choisissez une autre structure, ou demandez une dérogation, que deux personnes décident."
    else:
        way = "Choisissez une autre structure. Une exigence impérative se déroge dans le référentiel, à deux."
    return f"{partner.code_name} ne peut pas accueillir ce mineur{NBSP}: {why}. {way}"
