"""The second factor, and the content security policy of the admin."""

from collections.abc import Callable, Sequence
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import ResolverMatch

from cms.journal.services import refusal_queue
from cms.kit.api.problems import refused
from cms.sessions import second_factor, step_up
from cms.users.models import User
from cms.wall.middleware import SAFE_METHODS

CSP_UPDATE = "_csp_update"
"""Attribute of a response in which django-csp reads what to add to the policy."""


class SecondFactorMiddleware:
    """Lets a session of the password alone reach what proves or sets up the second factor, and nothing else.

    The lists of the admin, ours and Wagtail's, are taken out by the parameter `export`: asked here, for all of them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Sequence[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if not request.user.is_authenticated:
            return None
        if not second_factor.came_through_the_door(request):
            return sent_to_the_door(request)
        if second_factor.is_enough(request):
            is_export = request.path.startswith("/admin/") and request.GET.get("export")
            return step_up.fresh_required(request) if is_export else None
        return _led_to_the_factor(request)


def _led_to_the_factor(request: HttpRequest) -> HttpResponse | None:
    """Lead a session that has not shown enough to where it sets a factor up, or shows the one it has."""
    sets_up = second_factor.may_set_up(request)
    if cast(ResolverMatch, request.resolver_match).view_name in second_factor.addresses_open(request, sets_up):
        return None
    if request.path.startswith("/api/"):
        return refused(403, "Cette session n’a pas passé la double authentification.")
    if sets_up:
        return redirect("mfa_index")
    back = request.get_full_path() if request.method in SAFE_METHODS else ""
    return redirect(second_factor.proof_address(cast(User, request.user), back))


def sent_to_the_door(request: HttpRequest) -> HttpResponse:
    """End a session that the sign-in page did not open."""
    refusal_queue("user", cast(User, request.user).pk, "auth.session.refused")
    logout(request)
    if request.path.startswith("/api/"):
        return refused(403, "Cette session n’a pas été ouverte par la page de connexion.")
    return redirect_to_login(request.get_full_path() if request.method in SAFE_METHODS else "/")


class EditorContentPolicyMiddleware:
    """Under `/admin/pages/` alone, styles that the editor of Wagtail writes by itself; no script, in any page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith("/admin/pages/"):
            setattr(response, CSP_UPDATE, settings.HAVRE_EDITOR_POLICY)
        return response
