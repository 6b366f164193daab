"""The brake, at each request of somebody signed in; the API asks it through `api.py`."""

from collections.abc import Callable, Sequence
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import ResolverMatch

from cms.data_rights.readings.policies import is_always_open
from cms.data_rights.readings.rules import Brake
from cms.data_rights.readings.services import reading_braked, reading_stop
from cms.users.models import User

FORBIDDEN, TOO_MANY = 403, 429


class BrakedRequest(HttpRequest):
    """A request that the brake refused, or not."""

    is_braked: bool


class BrakeMiddleware:
    """Answers 429 to an account that reads too much, 403 to one that is stopped.

    It stands around the transaction of the request: what was refused is written when the stop is weighed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "is_braked", False):
            reading_stop(person=cast(User, request.user))
        return response

    def process_view(
        self, request: BrakedRequest, view: Callable[..., HttpResponse], args: Sequence[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        match = cast(ResolverMatch, request.resolver_match)
        is_public = not getattr(view, "login_required", True)
        # The API signs in by itself, and asks once it knows who.
        if is_public or not request.user.is_authenticated or is_always_open(match.view_name, match.route):
            return None
        brake = reading_braked()
        if brake is None:
            return None
        request.is_braked = True
        return braked(brake)


def braked(brake: Brake) -> HttpResponse:
    """Answer in plain words, without a name nor a number."""
    if brake.is_stopped:
        return HttpResponse(render_to_string("rights/readings/stopped.html"), status=FORBIDDEN)
    response = HttpResponse(render_to_string("rights/readings/slowed.html"), status=TOO_MANY)
    response["Retry-After"] = str(brake.wait)
    return response
