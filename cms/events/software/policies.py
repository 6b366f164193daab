"""Who asks for the account of a software, and who agrees."""

from cms.sessions.tokens import may_hold_token
from cms.users.roles import SEES_ALL_CASES, Role
from cms.wall import scope

FOLLOWS = (*sorted(SEES_ALL_CASES), Role.TECH_ADMIN)
"""Who sees the accounts of all, and stops any."""


def may_ask() -> bool:
    """Say whether the actor holds a role: there would be nothing to open otherwise."""
    return may_hold_token()


def may_follow() -> bool:
    return scope.current().has_role(*FOLLOWS)


def may_agree() -> bool:
    """Say whether this is the coordination or the direction: `decision_agree` refuses whoever asked."""
    return scope.current().has_role(*SEES_ALL_CASES)
