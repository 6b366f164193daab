"""When the coordination is told that a convention comes to its end, and what that moves today."""

import datetime as dt
from functools import partial

from django.utils import timezone

from cms.kit.words import actions_register
from cms.partners.conventions.models import Convention
from cms.partners.enums import RENEWAL_FIRST, RENEWAL_LAST, RENEWAL_SECOND
from cms.values.settings import setting_counts_register, setting_register, setting_value


def register() -> None:
    actions_register(
        {
            "partners.convention.open": "convention ouverte",
            "partners.convention.advance": "étape de convention",
            "partners.convention.follow": "responsable ou prochaine étape changés",
            "partners.convention.remind": "rappel d’échéance envoyé",
        }
    )
    for key, rank, days in (
        (RENEWAL_FIRST, "premier", 180),
        (RENEWAL_SECOND, "deuxième", 90),
        (RENEWAL_LAST, "dernier", 30),
    ):
        setting_register(
            key,
            f"Conventions : {rank} rappel avant l’échéance",
            days,
            unit="jours",
            help="Un message au responsable de la convention, ou à toute la coordination si personne n’en répond.",
            least=1,
            most=365,
        )
    for key in (RENEWAL_FIRST, RENEWAL_SECOND, RENEWAL_LAST):
        setting_counts_register(key, "Conventions en cours qui s’achèvent dans ce délai", partial(_ending, key))


def _ending(key: str) -> int:
    today = timezone.localdate()
    ends = today + dt.timedelta(days=setting_value(key))
    return Convention.objects.in_force_on(today).filter(partner__is_test=False, ends_on__lte=ends).count()
