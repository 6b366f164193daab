"""What the reminders of conventions move today, before they are saved."""

import datetime as dt
from functools import partial

from django.utils import timezone

from cms.partners.conventions.models import Convention
from cms.partners.settings import FIRST, LAST, SECOND
from cms.values.settings import setting_counts_register, setting_value


def register() -> None:
    for key in (FIRST, SECOND, LAST):
        setting_counts_register(key, "Conventions en cours qui s’achèvent dans ce délai", partial(_ending, key))


def _ending(key: str) -> int:
    today = timezone.localdate()
    ends = today + dt.timedelta(days=setting_value(key))
    return Convention.objects.in_force_on(today).filter(partner__is_test=False, ends_on__lte=ends).count()
