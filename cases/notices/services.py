"""Tell a passage to those whom the table names, in the transaction of what causes it; end what it awaited."""

import datetime as dt
import uuid
from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from cases.notices.enums import To
from cases.notices.rules.shape import TOLD_WITHIN
from cases.notices.rules.table import BY_CODE
from cases.notices.selectors import recipients
from cms.notify.duty.services.rings import ring_open
from cms.notify.inbox.services.obligations import (
    Recipient,
    notification_close,
    notification_owe,
    notifications_follow,
)
from cms.wall import scope


@transaction.atomic
def transition_tell(
    code: str,
    *,
    object_id: uuid.UUID,
    at: dt.datetime | None = None,
    due_at: dt.datetime | None = None,
    only: Collection[To] | None = None,
    rings_for: uuid.UUID | None = None,
) -> int:
    """Tell a passage; return how many people are newly told. Whoever acts is not told of what they did.

    `at`: when it happened; too long ago, nobody is told. `only`: those of the table who are told this time.
    `rings_for`: the object that rings, when the request is urgent.
    """
    transition = BY_CODE[code]
    if at is not None and at < timezone.now() - TOLD_WITHIN:
        return 0
    new = 0
    known = {scope.current().user_id}
    for notice in transition.notices:
        if only is not None and notice.to not in only:
            continue
        told = [
            one for one in recipients(about=transition.about, object_id=object_id, to=notice.to)
            if one.person_id not in known
        ]  # fmt: skip
        known |= {one.person_id for one in told}
        new += notification_owe(
            kind=notice.kind,
            owed=[Recipient(object_id, one.person_id, one.partner_id, one.role, due_at=due_at) for one in told],
        )
    if rings_for and transition.ring:
        ring_open(kind=transition.ring, object_id=rings_for)
    return new


@transaction.atomic
def transition_done(code: str, *, object_id: uuid.UUID, to: To | None = None) -> int:
    """End what a passage told, to everybody or to one kind of recipient: what it awaited is done, or was read
    elsewhere. Return how many lines of an inbox that ends.
    """
    kinds = [notice.kind for notice in BY_CODE[code].notices if to in (None, notice.to)]
    return sum(notification_close(kind=kind, object_id=object_id) for kind in kinds)


@transaction.atomic
def transition_follow(code: str, object_ids: Collection[uuid.UUID]) -> None:
    """Make what is told of a passage what the state asks for now: for what no act causes, as six months gone by."""
    transition = BY_CODE[code]
    with scope.acting(scope.NOTIFY):
        for notice in transition.notices:
            owed = [
                Recipient(object_id, one.person_id, one.partner_id, one.role)
                for object_id in object_ids
                for one in recipients(about=transition.about, object_id=object_id, to=notice.to)
            ]
            notifications_follow(kind=notice.kind, owed=owed)
