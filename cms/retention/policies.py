"""Who opens the screens of retention. The functions of the database decide again of every date and every signature."""

from cms.users.roles import Role
from cms.wall import scope

READS = (Role.COORDINATION, Role.DIRECTION, Role.DPO)
DECIDES = (Role.DIRECTION, Role.DPO)


def reads_retention() -> bool:
    return scope.current().has_role(*READS)


def decides_retention() -> bool:
    return scope.current().has_role(*DECIDES)


def says_archives() -> bool:
    """Say whether the agreement that the actor would give to a batch is the direction's."""
    return scope.current().has_role(Role.DIRECTION)
