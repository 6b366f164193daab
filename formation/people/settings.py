"""Settings that say who is trained; words of the actions on people."""

import datetime as dt

from django.utils import timezone

from cms.kit.constraints import sentence_register
from cms.kit.words import actions_register
from cms.values.settings import setting_counts_register, setting_register
from formation.people.selectors.training import refresh_since, trained_enrolments

ACTIONS = {
    "formation.professional.apart": "deux fiches dites de deux personnes",
    "formation.professional.merge": "deux fiches rapprochées",
    "formation.professional.register": "personne notée",
    "formation.professional.separate": "rapprochement de deux fiches défait",
    "formation.enrolment.cancel": "désinscription",
    "formation.enrolment.enrol": "inscription",
    "formation.enrolment.import": "inscriptions depuis un classeur",
    "formation.enrolment.result": "résultat d’évaluation noté",
    "formation.waiting.ask": "attente d’une place demandée",
    "formation.waiting.leave": "attente d’une place retirée",
    "formation.waiting.promote": "place libérée donnée à la liste d’attente",
}


def register() -> None:
    setting_register(
        "formation.trained_share",
        "Part des heures à suivre pour être compté formé",
        80,
        unit="%",
        help="Indicateur 6. Une demi-journée quittée avant la fin ne compte pas.",
        least=1,
        most=100,
    )
    setting_register(
        "formation.awareness_hours",
        "Durée à partir de laquelle une session forme",
        3,
        unit="heures",
        help="Plus courte, elle sensibilise : l’indicateur 6 la compte à part.",
    )
    setting_register(
        "formation.refresh_months",
        "Délai avant un recyclage",
        24,
        unit="mois",
        help="Au-delà, l’équipe voit « à renouveler » à côté de la personne.",
    )
    for key in ("formation.trained_share", "formation.awareness_hours"):
        setting_counts_register(key, "Professionnels formés cette année civile (indicateur 6)", _trained)
    for key in ("formation.trained_share", "formation.awareness_hours", "formation.refresh_months"):
        setting_counts_register(key, "Professionnels formés et à jour", _up_to_date)
    actions_register(ACTIONS)
    sentence_register(
        professional_email_unique="Cette personne ne peut pas être ajoutée ici. Vérifiez son adresse, ou demandez "
        "à la coordination de la rattacher à votre équipe.",
        professionalmerge_once="L’une de ces fiches vient d’être rapprochée. Rechargez la page.",
        enrolment_unique="Cette personne est déjà inscrite à la session.",
        enrolment_within_capacity="La session est complète. Choisissez une autre date.",
        waitingentry_once="Cette personne attend déjà une place.",
    )


def _people(first: dt.date) -> int:
    return trained_enrolments(first, timezone.localdate()).order_by().values("professional").distinct().count()


def _trained() -> int:
    return _people(timezone.localdate().replace(month=1, day=1))


def _up_to_date() -> int:
    return _people(refresh_since(timezone.localdate()))
