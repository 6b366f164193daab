"""One transaction and one scope a request; conflicts and refusals said in plain words."""

import uuid

from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string

from cms.journal import context
from cms.journal.services import readings_take, readings_write, refusal_queue, refusals_take, refusals_write
from cms.kit.constraints import sentence_for
from cms.sessions import second_factor, step_up
from cms.sessions.step_up import SAFE_METHODS
from cms.wall import scope

UNPROCESSABLE = 422
"""A form with errors: nothing is written, and the page is shown all the same."""


class ScopeMiddleware:
    """Opens the transaction, enters the scope of the person signed in, and keeps nothing of a request that failed."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        context.request_id_set(str(uuid.uuid4()))
        refusals_take()
        readings_take()
        try:
            with scope.acting(request.user):
                request.has_scope = True
                response = self.get_response(request)
                if response.status_code >= 400:
                    transaction.set_rollback(True)
                elif request.method not in SAFE_METHODS:
                    with connection.cursor() as cursor:
                        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        except IntegrityError as error:
            response = conflict(request, error)
        refusals, readings = refusals_take(), readings_take()
        if response.status_code != UNPROCESSABLE:
            readings = ()
        if refusals or readings:
            with scope.acting(request.user):
                refusals_write(refusals)
                readings_write(readings)
        if request.user.is_authenticated:
            # A shared computer keeps no page: after sign-out, « précédent » shows nothing.
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    def process_exception(self, request, exception):
        if isinstance(exception, IntegrityError | ProtectedError):
            return conflict(request, exception)
        return None


def conflict(request, error: Exception) -> HttpResponse:
    """409: the same sentence whether the row in the way may be seen or not."""
    sentence = sentence_for(error)
    if request.path.startswith("/api/"):
        return JsonResponse({"detail": sentence}, status=409)
    return HttpResponse(render_to_string("409.html", {"sentence": sentence}), status=409)


class SecondFactorMiddleware:
    """Lets a session of the password alone reach what proves or sets up the second factor, and nothing else.

    The lists of the admin, ours and Wagtail's, are taken out by the parameter `export`: asked here, for all of them.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not request.user.is_authenticated:
            return None
        if not second_factor.came_through_the_door(request):
            return sent_to_the_door(request)
        if second_factor.is_enough(request):
            is_export = request.path.startswith("/admin/") and request.GET.get("export")
            return step_up.fresh_required(request) if is_export else None
        has_factor = second_factor.has_factor(request.user)
        if request.resolver_match.view_name in (second_factor.TO_PROVE if has_factor else second_factor.TO_SET_UP):
            return None
        if request.path.startswith("/api/"):
            return JsonResponse({"detail": "Cette session n’a pas passé la double authentification."}, status=403)
        if has_factor:
            back = request.get_full_path() if request.method in SAFE_METHODS else ""
            return redirect(second_factor.proof_address(request.user, back))
        return redirect("mfa_index")


def sent_to_the_door(request) -> HttpResponse:
    """End a session that the sign-in page did not open."""
    refusal_queue("user", request.user.pk, "auth.session.refused")
    logout(request)
    if request.path.startswith("/api/"):
        return JsonResponse({"detail": "Cette session n’a pas été ouverte par la page de connexion."}, status=403)
    return redirect_to_login(request.get_full_path() if request.method in SAFE_METHODS else "/")


class AdminContentPolicyMiddleware:
    """Wagtail's own screens write inline scripts without a nonce: they alone get `unsafe-inline`, after sign-in."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.path.startswith("/admin/"):
            response._csp_update = {"script-src": ["'unsafe-inline'"], "style-src": ["'unsafe-inline'"]}
        return response
