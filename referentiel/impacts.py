"""What the delays of visits, proofs and derogations move today, before they are saved."""

import datetime as dt
from collections.abc import Callable
from functools import partial

from django.utils import timezone

from cms.values.settings import setting_counts_register, setting_still_register, setting_value
from referentiel.settings import (
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
from referentiel.visits.models import Visit
from referentiel.visits.rules import OPEN
from referentiel.visits.selectors.confirmed import derogations_on
from referentiel.visits.selectors.visiting import deadline_of, proofs_until, structures_to_visit


def register() -> None:
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
