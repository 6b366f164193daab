"""Who may do what in training. Row security holds the same rules in the database."""

import datetime as dt

from django.utils import timezone

from cms.access import scope
from cms.users.roles import Role

CORRECTION = dt.timedelta(hours=48)
"""A sheet of attendance is proof: it closes two days after each presence was recorded."""

RUNS_ALL = (Role.COORDINATION, Role.DIRECTION)


def runs_all_sessions() -> bool:
    return scope.current().has_role(*RUNS_ALL)


def can_plan() -> bool:
    return scope.current().has_role(*RUNS_ALL, Role.TRAINER)


def can_enrol_team() -> bool:
    return scope.current().has_role(Role.STRUCTURE_DIRECTOR)


def can_correct_late() -> bool:
    return runs_all_sessions()


def is_locked(recorded_at: dt.datetime, at: dt.datetime | None = None) -> bool:
    return (at or timezone.now()) - recorded_at > CORRECTION
