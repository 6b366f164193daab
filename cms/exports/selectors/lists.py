"""The lists of the admin as a source of rows: read again by a job with the filters that the screen had."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, QueryDict
from wagtail.permissions import policy_registry
from wagtail.snippets.models import get_snippet_models

from cms.admin.viewsets import ScopedSnippetViewSet
from cms.kit.xlsx.lists import ListExport
from cms.users.models import User
from cms.wall.policies import READING


def source(user: User, name: str, query: str) -> ListExport:
    viewset = next((each for each in _viewsets() if each.admin_url_namespace == name), None)
    if viewset is None or not viewset.columns:
        raise PermissionDenied
    if not policy_registry.get_by_type(viewset.model).user_has_any_permission(user, set(READING)):
        raise PermissionDenied
    return _view_of(viewset, user, query).taken()


def _viewsets() -> list[ScopedSnippetViewSet]:
    viewsets = (getattr(model, "snippet_viewset", None) for model in get_snippet_models())
    return [viewset for viewset in viewsets if isinstance(viewset, ScopedSnippetViewSet)]


def _view_of(viewset: ScopedSnippetViewSet, user: User, query: str) -> Any:
    """Return the view of the list, as if the account had just asked for it."""
    request = HttpRequest()
    request.method, request.user, request.GET = "GET", user, QueryDict(query)
    view_class, options = viewset.index_view.view_class, viewset.index_view.view_initkwargs
    view = view_class(**options)
    view.setup(request)
    return view
