"""Reading lists of values."""

import datetime as dt

from django.db.models import QuerySet
from django.utils import timezone

from cms.values.models import Value


def values_of(list_code: str, *, on: dt.date | None = None) -> QuerySet[Value]:
    """Values of a list that may be chosen on a day (today unless told), in their order."""
    return Value.objects.of_list(list_code).active_on(on or timezone.localdate())
