"""One transaction and one scope for each request; conflicts and refusals answered in plain words."""

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from cms.journal.services import readings_take, readings_write, refusals_take, refusals_write
from cms.kit.api.problems import refused
from cms.kit.constraints import sentence_for
from cms.wall import doors, scope
from cms.wall.asked import rights_give
from cms.wall.doors import Door

UNPROCESSABLE = 422
"""A form with errors: nothing is written, and the page is shown all the same."""


SECRET = "sign_in_secret"  # noqa: S105 (the name of a key)
"""Key of Django's session that holds the secret of the connexion: the database keeps its digest."""


class ServingMiddleware:
    """Says that a request is answered: nobody is entered without a secret or the seal of the process."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with doors.serving():
            return self.get_response(request)


class ScopedRequest(HttpRequest):
    """A request whose scope is entered: the receivers of a sign-in then enter the next one."""

    has_scope: bool


class ScopeMiddleware:
    """Opens the transaction, enters the scope of the person signed in, and keeps nothing of a request that failed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: ScopedRequest) -> HttpResponse:
        refusals_take()
        readings_take()
        if request.user.is_authenticated:
            doors.shown(request.user.pk, Door("session", request.session.get(SECRET, "")))
        try:
            with scope.acting(request.user) as entered:
                if entered.user_id is None:
                    # The connexion ended since it was checked, or the account: nobody reads this page.
                    request.user = AnonymousUser()
                request.has_scope = True
                if request.user.is_authenticated:
                    rights_give(request.user)
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
            with scope.acting(request.user, door=doors.SIGN_IN):
                refusals_write(refusals)
                readings_write(readings)
        if request.user.is_authenticated:
            # A shared computer keeps no page: after sign-out, « précédent » shows nothing.
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, IntegrityError | ProtectedError):
            return conflict(request, exception)
        return None


def conflict(request: HttpRequest, error: Exception) -> HttpResponse:
    """Answer 409, with the same sentence whether the conflicting row may be seen or not."""
    sentence = sentence_for(error)
    if request.path.startswith("/api/"):
        return refused(409, sentence)
    return HttpResponse(render_to_string("409.html", {"sentence": sentence}), status=409)


SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
