"""Write the journey to the structure: driver, time, meeting point, who waits there. Never the address."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cases.arrival.models import Journey, Linking
from cases.arrival.rules import tells_where
from cases.common.services import lock, manager_only, past, row_change, row_create
from cases.notices.services import transition_tell
from cms.users.models import User
from cms.users.roles import ANSWERS, Role
from cms.values.settings import setting_value
from cms.wall.models import Level
from cms.wall.services import Grantee, grant_give

SEALED = ("meeting_point", "relay")
TELLS = "Ceci dirait où est la structure : choisissez un point de rencontre ailleurs, sans nom ni adresse du lieu."


@transaction.atomic
def journey_set(
    *,
    linking: Linking,
    driver_id: str,
    leaves_at: dt.datetime,
    meeting_point: str,
    relay: str,
    by: User,
    shelter_id: str | None = None,
    shelter_until: dt.datetime | None = None,
) -> Journey:
    """Write the journey of a linking, or change it. What would tell where the structure is, is refused."""
    manager_only()
    lock(linking)
    if linking.cancelled_at:
        raise ValidationError("Cette mise en lien n’a plus cours.")
    for name, text in (("meeting_point", meeting_point), ("relay", relay)):
        if tells_where(linking.partner_id, text):
            raise ValidationError({name: TELLS})
    values = {
        "driver_id": driver_id,
        "leaves_at": leaves_at,
        "shelter_id": shelter_id,
        "shelter_until": shelter_until,
        "meeting_point": meeting_point,
        "relay": relay,
    }
    journey = Journey.objects.filter(linking=linking).first()
    line: dict[str, Any] = {
        "kind": "linking",
        "action": "cases.journey.write",
        "object_id": linking.pk,
        "sealed": SEALED,
    }
    if journey is None:
        journey = Journey(linking=linking, **values)
        row_create(journey, coded=[name for name in values if name not in SEALED], **line)
    else:
        row_change(journey, values, **line)
    if journey.shared_at:
        transition_tell("journey_shared", object_id=linking.pk)
    return journey


@transaction.atomic
def journey_share(*, journey: Journey, by: User, at: dt.datetime | None = None) -> Journey:
    """Let the service that asked and whoever answers for the structure read the journey, until `cases.journey_days`
    days after the meeting.
    """
    manager_only()
    lock(journey)
    linking = journey.linking
    if linking.cancelled_at:
        raise ValidationError("Cette mise en lien n’a plus cours.")
    if journey.shared_at:
        raise ValidationError("L’acheminement est déjà transmis.")
    at = past("shared_at", at or timezone.now())
    row_change(journey, {"shared_at": at}, kind="linking", action="cases.journey.share", object_id=linking.pk)
    until = max(at, journey.leaves_at) + dt.timedelta(days=setting_value("cases.journey_days"))
    readers = [(linking.partner_id, role) for role in ANSWERS] + [(linking.requester_id, Role.REQUESTER)]
    for partner_id, role in readers:
        if partner_id:
            grant_give(
                kind="journey",
                object_id=journey.pk,
                level=Level.CONTACT,
                reason="Acheminement transmis",
                to=Grantee(partner_id, role),
                starts_at=at,
                ends_at=until,
            )
    transition_tell("journey_shared", object_id=linking.pk, at=at)
    return journey
