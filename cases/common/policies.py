"""Roles by what they do about minors."""

from django.http import Http404

from cms.users.roles import Role
from cms.wall import scope

TEAM = (Role.STRUCTURE_DIRECTOR, Role.STRUCTURE_EDUCATOR)
ASKS = (Role.REQUESTER, Role.TRANSMITTER)
DECLARES = (*TEAM, Role.REQUESTER)


def only(*roles: Role) -> None:
    """A page that a role has nothing to do on does not exist for it. Called after the fetch, which keeps refusals."""
    if not scope.current().has_role(*roles):
        raise Http404
