"""Where a structure stands before a version to sign."""

import datetime as dt
from functools import lru_cache

from cms.documents.signatures.selectors import Adherence, State
from cms.kit.templatetags.french import date


@lru_cache(maxsize=512)
def _long(day: dt.date) -> str:
    """Write a day in words. Cached: five hundred structures share a few days."""
    return date(day, "j F Y")


def adherence_words(row: Adherence) -> str:
    """Say where a structure stands: « À signer jusqu’au… », « À régulariser… », « Signé »."""
    if row.state == State.TO_SIGN:
        return f"À signer jusqu’au {_long(row.due_on)}"
    if row.state == State.LATE:
        return f"À régulariser : le délai est passé depuis le {_long(row.due_on)}"
    return "Signé"
