"""Reading lists of values."""

import datetime as dt

from django.db.models import QuerySet
from django.utils import timezone

from cms.values.models import Value


def values_of(list_code: str, *, on: dt.date | None = None) -> QuerySet[Value]:
    """Values of a list that may be chosen on a day (today unless told), in their order."""
    return Value.objects.of_list(list_code).active_on(on or timezone.localdate())


def values_by_list(*list_codes: str) -> dict[str, list[Value]]:
    """Values that may be chosen today in several lists, read at once: a form often needs five of them."""
    by_list: dict[str, list[Value]] = {code: [] for code in list_codes}
    for value in Value.objects.filter(list__in=list_codes).active_on(timezone.localdate()):
        by_list[value.list_id].append(value)
    return by_list
