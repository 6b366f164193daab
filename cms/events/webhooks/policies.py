"""Who has a software told, and who agrees."""

from cms.users.roles import SEES_ALL_CASES, Role
from cms.wall import scope

TELLERS = (*sorted(SEES_ALL_CASES), Role.TECH_ADMIN)
"""Who asks, follows, pauses and stops."""


def may_tell() -> bool:
    return scope.current().has_role(*TELLERS)


def may_agree() -> bool:
    """Say whether this is the coordination or the direction: `decision_agree` refuses whoever asked."""
    return scope.current().has_role(*SEES_ALL_CASES)
