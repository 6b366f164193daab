"""Note where a minor sleeps while a place is looked for, and tell the service that asked."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cases.common.rules.states import sollicitation_after
from cases.common.services import lock, manager_only, row_change, row_create
from cases.requests.messages.services import sollicitation_tell
from cases.requests.models import Sollicitation
from cases.requests.selectors import siblings_searched
from cases.requests.services.notices import request_taken
from cases.requests.services.rings import ring_follow
from cases.requests.services.sollicitations import check_safety
from cases.requests.shelter.models import Shelter
from cases.requests.shelter.words import message_words
from cms.users.models import User
from cms.values.models import Value

LINE = {"kind": "sollicitation", "action": "cases.sollicitation.shelter"}


@transaction.atomic
def shelter_note(
    *,
    sollicitation: Sollicitation,
    kind_id: str,
    until: dt.datetime,
    agreed_by: str,
    by: User,
    with_siblings: bool = False,
) -> list[Shelter]:
    """Note an interim shelter, which the service that asked reads in the thread of its request.

    The request is safe until then, and its author takes it in charge if nobody had; the clock to a place keeps
    running. `with_siblings`: the brothers and sisters who still look for a place sleep there too.
    """
    manager_only()
    if not agreed_by.strip():
        raise ValidationError({"agreed_by": "Dites qui a donné son accord, au téléphone."})
    kind = Value.objects.of_list("abri_provisoire").filter(pk=kind_id).first()
    if kind is None:
        raise ValidationError({"kind": "Choisissez un abri de la liste."})
    siblings = list(siblings_searched(sollicitation)) if with_siblings else []
    return [_note(row, kind, until, agreed_by.strip(), by) for row in (sollicitation, *siblings)]


def _note(row: Sollicitation, kind: Value, until: dt.datetime, agreed_by: str, by: User) -> Shelter:
    lock(row)
    now = timezone.now()
    state = sollicitation_after(row.state, "ask")
    if until <= now:
        raise ValidationError({"until": "Cette heure est déjà passée : dites jusqu’à quand le mineur est à l’abri."})
    check_safety(until, row.received_at)
    shelter = Shelter(sollicitation=row, kind_id=kind.pk, until=until, agreed_by=agreed_by, noted_at=now, noted_by=by)
    row_create(shelter, coded=("kind_id", "until"), sealed=("agreed_by",), object_id=row.pk, **LINE)
    values = {
        "state": state,
        "taken_by_id": row.taken_by_id or by.pk,
        "first_answered_at": row.first_answered_at or now,
        "safe_until": until,
    }
    is_taken_now = row.taken_by_id is None
    row_change(row, values, **LINE)
    if is_taken_now:
        request_taken(row)
    sollicitation_tell(sollicitation=row, text=message_words(until, kind.label), by=by)
    ring_follow(row)
    return shelter
