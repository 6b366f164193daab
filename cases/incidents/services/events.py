"""The time line of an incident: lines are added, never changed."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cases.common.services import manages, past, row_create
from cases.incidents.enums import EventKind
from cases.incidents.models.declared import Incident
from cases.incidents.models.followed import IncidentEvent
from cms.users.models import User


@transaction.atomic
def event_add(
    *,
    incident: Incident,
    kind: EventKind = EventKind.NOTE,
    words: str = "",
    by: User,
    is_shared: bool | None = None,
    at: dt.datetime | None = None,
) -> IncidentEvent:
    """Add a line. What the team or the declarant writes is shared; what the coordination does, when it says so."""
    if kind == EventKind.NOTE and not words.strip():
        raise ValidationError({"words": "Écrivez ce qui s’est passé."})
    event = IncidentEvent(
        incident=incident,
        kind=kind,
        words=words.strip(),
        author=by,
        is_shared=not manages() if is_shared is None else is_shared,
        at=past("at", at or timezone.now()),
    )
    row_create(
        event,
        kind="incident",
        action="cases.incident.note",
        coded=("kind", "is_shared"),
        sealed=("words",),
        object_id=incident.pk,
    )
    return event
