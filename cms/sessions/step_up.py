"""Step-up: who takes data out, opens what is sealed or changes rights has shown who they are minutes ago.

Waived in a fictitious instance, as the second factor is. Where a password is all that is asked,
the password counts.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from cms.journal.services import refusal_queue
from cms.kit.api.problems import refused
from cms.sessions import second_factor
from cms.users.models import User
from cms.values.settings import setting_register, setting_still_register, setting_value
from cms.wall.middleware import SAFE_METHODS

REFUSED = "auth.step_up.refused"
SENTENCE = "Confirmez d’abord que c’est bien vous, sur le portail : cette action demande une confirmation récente."


def setting_declare() -> None:
    setting_register(
        "access.fresh_minutes",
        "Export, ouverture, droits : confirmation valable",
        5,
        unit="minutes",
        help="Passé ce délai, il faut confirmer de nouveau que c’est bien vous. Entre 1 et 15 minutes.",
        least=1,
        most=15,
    )
    setting_still_register(
        **{"access.fresh_minutes": "Vaut aussitôt : la prochaine confirmation se demande d’après ce délai."}
    )


def is_fresh(request: HttpRequest) -> bool:
    """Whether the person has shown, minutes ago and in this session, what their roles ask."""
    if settings.HAVRE_FICTITIOUS:
        return True
    shown_at = second_factor.last_shown_at(request)
    return shown_at is not None and 0 <= time.time() - shown_at < 60 * setting_value("access.fresh_minutes")


def fresh_required(request: HttpRequest, *, back: str = "") -> HttpResponse | None:
    """Return None when the person may go on; else the response to give instead of acting.

    A page is asked again once the person has confirmed, at `back` if given. What was posted is not kept on the server:
    the refusal shows a button that sends it again. The API says 403.
    """
    if is_fresh(request):
        return None
    if request.method in SAFE_METHODS and not request.path.startswith("/api/"):
        return redirect(_proof_address(request, back or request.get_full_path()))
    if request.user.is_authenticated:
        refusal_queue("user", request.user.pk, REFUSED)
    if request.path.startswith("/api/"):
        return refused(403, SENTENCE)
    return render(request, "sessions/step_up.html", _refusal_context(request), status=403)


def fresh_factor(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Wrap a view so that it asks for a fresh factor before anything else."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return fresh_required(request) or view(request, *args, **kwargs)

    return inner


def confirm_address(request: HttpRequest) -> str:
    """Return where to confirm before a form that asks for a fresh factor; empty when there is no need."""
    return "" if is_fresh(request) else _proof_address(request, request.get_full_path())


def _proof_address(request: HttpRequest, back: str) -> str:
    """Return where to confirm, then come back; whoever is asked for a fresh factor is signed in."""
    return second_factor.proof_address(cast(User, request.user), back)


def _refusal_context(request: HttpRequest) -> dict:
    typed = [
        (name, value) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken" for value in values
    ]
    return {"confirm_url": _proof_address(request, "/"), "typed": typed, "has_files": bool(request.FILES)}
