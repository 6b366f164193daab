"""Roles by what they do about minors."""

from django.http import Http404

from cms.users.roles import Role
from cms.wall import scope

TEAM = (Role.STRUCTURE_DIRECTOR, Role.STRUCTURE_EDUCATOR)
ASKS = (Role.REQUESTER, Role.TRANSMITTER)
DECLARES = (*TEAM, Role.REQUESTER)


def only(*roles: Role) -> None:
    """Raise `Http404` for the other roles. Call it after the row is read, which records refusals."""
    if not scope.current().has_role(*roles):
        raise Http404
