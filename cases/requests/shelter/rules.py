"""When a minor is to be sheltered, and until when unless it is said otherwise."""

import datetime as dt
from typing import Protocol

from django.utils import timezone

from cases.common.rules.states import SOLLICITATION
from cases.enums import Nature

NOON = 12
SHORTEST = dt.timedelta(hours=6)
"""A shelter of the small hours holds until the noon of that day; one of the morning, until the noon of the next."""


def usual_end(now: dt.datetime) -> dt.datetime:
    """Return the first noon that leaves the minor a night's rest."""
    local = timezone.localtime(now)
    noon = local.replace(hour=NOON, minute=0, second=0, microsecond=0)
    return noon if noon - local >= SHORTEST else noon + dt.timedelta(days=1)


class Request(Protocol):
    """What the rule reads of a request."""

    state: str
    nature_id: str
    placed_at: dt.datetime | None


def may_shelter(row: Request) -> bool:
    """Return whether a place is still looked for, for this minor."""
    return (row.state, "ask") in SOLLICITATION and row.nature_id == Nature.CARE and row.placed_at is None
