"""Calls to the person on duty for an urgent request that nobody has taken in charge."""

import datetime as dt

from django.utils import timezone

from cases.enums import SollicitationState
from cases.requests.models import Sollicitation
from cms.notify.duty.services.rings import ring_close, ring_open
from cms.users.models import User
from cms.values.models import Value
from cms.values.settings import setting_value

KIND = "sollicitation"
RINGS_WITHIN = dt.timedelta(hours=24)
"""Requests received earlier are late entries: nobody is called for them."""


def ring_follow(sollicitation: Sollicitation, by: User | None = None) -> None:
    """Start or stop the ring of a request after a change: it rings while it is urgent and waits. `by`: who took it.

    Brothers and sisters ring once, for the first of them that waits: one call at night, not four.
    """
    family = _family(sollicitation)
    speaker = next((row for row in family if rings(row)), None)
    for row in family:
        if row is speaker:
            ring_open(kind=KIND, object_id=row.pk)
        else:
            ring_close(kind=KIND, object_id=row.pk, by=by)


def _family(sollicitation: Sollicitation) -> list[Sollicitation]:
    if not sollicitation.group_id:
        return [sollicitation]
    group = Sollicitation.objects.filter(group_id=sollicitation.group_id).select_related("urgency")
    return list(group.order_by("reference"))


def urgency_rings(urgency: Value) -> bool:
    """Say whether requests of this urgency ring, and what structures answer to them."""
    minutes = urgency.extra.get("answer_within_minutes")
    return minutes is not None and minutes <= setting_value("cases.ring_minutes")


def rings(sollicitation: Sollicitation) -> bool:
    return (
        sollicitation.state == SollicitationState.RECEIVED
        and not sollicitation.is_test
        and urgency_rings(sollicitation.urgency)
        and sollicitation.received_at > timezone.now() - RINGS_WITHIN
    )
