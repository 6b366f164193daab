"""What every template knows: the instance, and the navigation of the person signed in."""

from os.path import commonprefix
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from cms.navigation.registry import is_open, navigation_for
from cms.wall import scope
from cms.wall.asked import tree_entered


def instance(request: HttpRequest) -> dict[str, Any]:
    return {
        "is_fictitious": settings.HAVRE_FICTITIOUS,
        "watches": lambda: _watches(request),
        "explorer_known": lambda: _explorer_known(request),
    }


EXPLORED = "_explorable_root_page_cache"
"""The name under which Wagtail keeps, on the person, the top of what they may explore, once it has asked."""


def _explorer_known(request: HttpRequest) -> str:
    """Give Wagtail's menu what the request knows: with rights on one branch, its root; on several, the common one."""
    pages = {page.path: page for page in PagePermissionPolicy().instances_with_direct_explore_permission(request.user)}
    tree = tree_entered()
    if len(pages) == 1:
        setattr(request.user, EXPLORED, next(iter(pages.values())))
    elif tree and pages and len(commonprefix(list(pages))) < 2 * len(tree["path"]):
        setattr(request.user, EXPLORED, Page(**tree))
    return ""


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
