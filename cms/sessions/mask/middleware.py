"""While a session is masked, every page leads to the neutral one."""

from collections.abc import Callable, Sequence
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import ResolverMatch

from cms.kit.api.problems import refused
from cms.sessions.mask.portal import ADDRESS
from cms.sessions.mask.services import is_masked

OPEN = frozenset({ADDRESS, "portal:mask"})


class MaskMiddleware:
    """Answers no page of a masked session, whatever its address and whatever is sent."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Sequence[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if not is_masked(request) or cast(ResolverMatch, request.resolver_match).view_name in OPEN:
            return None
        if request.path.startswith("/api/"):
            return refused(403, "Cette session est masquée.")
        return redirect(ADDRESS)
