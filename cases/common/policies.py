"""Roles by what they do about minors."""

from cms.users.roles import Role

TEAM = (Role.STRUCTURE_DIRECTOR, Role.STRUCTURE_EDUCATOR)
ASKS = (Role.REQUESTER, Role.TRANSMITTER)
DECLARES = (*TEAM, Role.REQUESTER)
