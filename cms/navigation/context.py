"""What every template knows: the instance, and the navigation of the person signed in."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from cms.navigation.registry import is_open, navigation_for
from cms.wall import scope


def instance(request: HttpRequest) -> dict[str, Any]:
    return {"is_fictitious": settings.HAVRE_FICTITIOUS, "watches": lambda: _watches(request)}


def _watches(request: HttpRequest) -> bool:
    """Return whether the pages of the admin show this person what rings for the network."""
    user = getattr(request, "user", None)
    return bool(user and user.is_authenticated) and scope.current().sees_all_cases()


def connexion(request: HttpRequest) -> dict[str, Any]:
    """Seconds before the connexion ends by itself, for the script that warns of it."""
    touch = getattr(request, "connexion", None)
    if touch is None or not request.user.is_authenticated:
        return {}
    return {"connexion_left": touch.seconds_left(), "connexion_is_final": touch.is_final}


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Worked out only when a template shows it."""
    return {
        "portal_nav": SimpleLazyObject(lambda: navigation_for(request)),
        "can_search": lambda: is_open(request, "portal:search"),
    }
