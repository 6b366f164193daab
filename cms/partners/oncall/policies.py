"""Who sets the line of a structure, and who answers for it. The wall decides again."""

import uuid

from cms.users.roles import ANSWERS, Role
from cms.wall import scope


def sets_line(partner_id: uuid.UUID) -> bool:
    current = scope.current()
    return current.sees_all_cases() or partner_id in current.partners_as(Role.STRUCTURE_DIRECTOR)


def structures_answered() -> list[uuid.UUID]:
    """Return the structures for which the actor answers: as their direction, or under its delegation."""
    return scope.current().partners_as(*ANSWERS)
