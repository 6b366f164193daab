"""Who reads what is published."""

from cms.users.roles import SEES_ALL_CASES, Role
from cms.wall import scope

READERS = (Role.STATE_READER, *sorted(SEES_ALL_CASES))


def reads_releases() -> bool:
    """Return whether the reader is of the State, of the coordination or of the direction."""
    return scope.current().has_role(*READERS)


def speaks_for_state() -> bool:
    return scope.current().has_role(Role.STATE_READER)
