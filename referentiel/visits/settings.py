"""Delays around visits, proofs and derogations, that the coordination may change."""

import datetime as dt
from collections.abc import Callable
from functools import partial

from django.utils import timezone

from cms.kit.constraints import sentence_register
from cms.kit.words import actions_register
from cms.values.settings import setting_counts_register, setting_register, setting_still_register, setting_value
from referentiel.common.selectors import (
    ANSWER_DAYS,
    DEROGATION_DAYS,
    DEROGATION_LAST_DAYS,
    FIRST_DAYS,
    LAST_DAYS,
    PROOF_FIRST_DAYS,
    PROOF_LAST_DAYS,
    REPLY_DAYS,
    VISIT_MONTHS,
)
from referentiel.derogations.selectors import derogations_on
from referentiel.visits.models import Visit
from referentiel.visits.rules import OPEN
from referentiel.visits.selectors.visits import deadline_of, proofs_until, structures_to_visit

DAYS = (
    (
        ANSWER_DAYS,
        "Visites : délai de la structure pour ses observations",
        30,
        90,
        "Passé ce délai, les exigences standards sont confirmées comme proposées ; les impératives restent ouvertes.",
    ),
    (REPLY_DAYS, "Visites : délai de la coordination pour répondre aux observations", 15, 90, ""),
    (FIRST_DAYS, "Visites : premier rappel, avant la fin d’un délai", 10, 60, "Vaut des deux côtés."),
    (LAST_DAYS, "Visites : dernier rappel, avant la fin d’un délai", 3, 30, "Vaut des deux côtés."),
    (
        PROOF_FIRST_DAYS,
        "Preuves : premier rappel avant qu’une preuve se périme",
        60,
        365,
        "Un message à la direction de la structure.",
    ),
    (PROOF_LAST_DAYS, "Preuves : dernier rappel avant qu’une preuve se périme", 15, 180, ""),
    (
        DEROGATION_DAYS,
        "Dérogations : durée la plus longue",
        180,
        730,
        "Une dérogation s’achève d’elle-même à sa date.",
    ),
    (
        DEROGATION_LAST_DAYS,
        "Dérogations : rappel avant la fin",
        15,
        180,
        "Un message à la personne de la coordination qui l’a proposée.",
    ),
)
ACTIONS = {
    "referentiel.visit.agree": "cotations acceptées confirmées",
    "referentiel.visit.answer": "observations envoyées",
    "referentiel.visit.cancel": "visite abandonnée",
    "referentiel.visit.close": "visite close",
    "referentiel.visit.decide": "cotation décidée",
    "referentiel.visit.mark": "cotations de la coordination écrites",
    "referentiel.visit.observe": "observations écrites",
    "referentiel.visit.open": "visite préparée",
    "referentiel.visit.remind": "rappel de visite envoyé",
    "referentiel.visit.send": "cotations envoyées à la structure",
    "referentiel.visit.silence": "délai d’observations passé",
}


def register() -> None:
    for key, label, days, most, help_text in DAYS:
        setting_register(key, label, days, unit="jours", help=help_text, least=1, most=most)
    setting_register(
        VISIT_MONTHS,
        "Visites : une structure est à visiter après",
        24,
        unit="mois",
        help="Les structures dont la dernière visite est plus ancienne sont signalées à la coordination.",
        least=1,
        most=60,
    )
    counted: tuple[tuple[str, str, Callable[[str], int]], ...] = (
        (VISIT_MONTHS, "Structures à visiter", lambda key: len(structures_to_visit(timezone.localdate()))),
        (FIRST_DAYS, "Visites dont un délai se termine dans ce temps", _visits),
        (LAST_DAYS, "Visites dont un délai se termine dans ce temps", _visits),
        (PROOF_FIRST_DAYS, "Preuves qui se périment dans ce délai, ou périmées", _proofs),
        (PROOF_LAST_DAYS, "Preuves qui se périment dans ce délai, ou périmées", _proofs),
        (DEROGATION_LAST_DAYS, "Dérogations en cours qui s’achèvent dans ce délai", _derogations),
    )
    for key, label, count in counted:
        setting_counts_register(key, label, partial(count, key))
    visits = "Une visite déjà proposée garde ses dates : ce réglage vaut pour les suivantes."
    setting_still_register(
        **dict.fromkeys((ANSWER_DAYS, REPLY_DAYS), visits),
        **{DEROGATION_DAYS: "Une dérogation accordée garde sa date de fin : ce réglage vaut pour les suivantes."},
    )
    actions_register(ACTIONS)
    sentence_register(
        confirmed_mark_once="Cette exigence vient d’être décidée par une autre personne. Rechargez la page.",
        observation_unique="Une autre personne de l’équipe vient de répondre. Rechargez la page.",
        visit_answer="La direction de la structure envoie les observations.",
        visit_frozen="Cette visite est close : elle ne change plus.",
        visit_one_open="Une visite de cette structure est déjà en cours : terminez-la d’abord.",
        visit_step="Cette visite a avancé entre-temps. Rechargez la page.",
        visit_undecided="Décidez d’abord de chaque exigence.",
    )


def _until(key: str) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=setting_value(key))


def _visits(key: str) -> int:
    limit = _until(key)
    deadlines = (deadline_of(row) for row in Visit.objects.filter(state__in=OPEN))
    return sum(day is not None and day <= limit for day in deadlines)


def _proofs(key: str) -> int:
    return proofs_until(_until(key)).count()


def _derogations(key: str) -> int:
    return derogations_on(timezone.localdate()).filter(ends_on__lte=_until(key)).count()
