"""Who may do what in training. Row security holds the same rules in the database."""

import uuid

from cms.users.roles import Role
from cms.wall import scope

RUNS_ALL = (Role.COORDINATION, Role.DIRECTION)


def runs_all_sessions() -> bool:
    return scope.current().has_role(*RUNS_ALL)


def can_plan() -> bool:
    return scope.current().has_role(*RUNS_ALL, Role.TRAINER)


def can_enrol_team() -> bool:
    return scope.current().has_role(Role.STRUCTURE_DIRECTOR)


def own_structures_ids() -> list[uuid.UUID]:
    return scope.current().partners_as(Role.STRUCTURE_DIRECTOR)
