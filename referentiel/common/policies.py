"""Screens that the coordination alone opens."""

from django.http import Http404

from cms.users.roles import SEES_ALL_CASES
from cms.wall import scope


def coordination_only() -> None:
    if not scope.current().has_role(*SEES_ALL_CASES):
        raise Http404
