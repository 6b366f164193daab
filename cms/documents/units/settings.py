"""When the yearly review of a unit is called to mind, and what is done with units, as the screens say it."""

import datetime as dt

from django.utils import timezone

from cms.documents.enums import REVIEW_DAYS
from cms.documents.units.models import AuthorisedUnit
from cms.kit.words import actions_register
from cms.values.settings import setting_counts_register, setting_register, setting_value


def register() -> None:
    actions_register(
        {
            "documents.unit.list": "unité inscrite au protocole",
            "documents.unit.review": "revue annuelle d’une unité",
            "documents.unit.remind": "rappel de revue envoyé",
        }
    )
    setting_register(
        REVIEW_DAYS,
        "Protocole police et gendarmerie : rappel avant la revue annuelle d’une unité",
        30,
        unit="jours",
        help="Un message part vers le contact au réseau, puis une fois quand la date est passée.",
        least=1,
        most=180,
    )
    setting_counts_register(REVIEW_DAYS, "Unités à rappeler, ou en retard de revue", _units)


def _units() -> int:
    soon = timezone.localdate() + dt.timedelta(days=setting_value(REVIEW_DAYS))
    return AuthorisedUnit.objects.filter(review_on__lte=soon).count()
