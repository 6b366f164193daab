"""A request is taken with the call that it makes: one act, and of two people at once, one."""

import uuid

from cases.enums import SollicitationState
from cases.requests.services.sollicitations import family_lock, sollicitation_take
from cms.users.models import User


def request_take(object_id: uuid.UUID, by: User) -> bool:
    """Take the request whose call is answered; false when it is already in somebody’s hands. It closes its call."""
    row = family_lock(object_id)
    if row is None or row.state != SollicitationState.RECEIVED:
        return False
    sollicitation_take(sollicitation=row, by=by)
    return True
