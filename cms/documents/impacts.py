"""What the delays of documents move today, before they are saved."""

import datetime as dt

from django.utils import timezone

from cms.documents.settings import FIRST_DAYS, LAST_DAYS, REVIEW_DAYS, VALIDATION
from cms.documents.units.models import AuthorisedUnit
from cms.values.settings import setting_counts_register, setting_still_register, setting_value


def register() -> None:
    setting_counts_register(REVIEW_DAYS, "Unités à rappeler, ou en retard de revue", _units)
    reminders = (
        "Vaut dès le prochain matin, pour les signatures attendues. Un rappel déjà parti ne part pas deux fois."
    )
    setting_still_register(**dict.fromkeys((FIRST_DAYS, LAST_DAYS), reminders))
    later = (
        "Vaut pour les versions à venir. Ce qui est publié le reste, et ce qui attend une validation l’attend encore."
    )
    setting_still_register(**{VALIDATION: later})


def _units() -> int:
    soon = timezone.localdate() + dt.timedelta(days=setting_value(REVIEW_DAYS))
    return AuthorisedUnit.objects.filter(review_on__lte=soon).count()
