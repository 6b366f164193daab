"""What is answered while the database is not: 503 with what to do, never a fault of the service.

Nothing here may read the database: the number to call comes from the settings of the process.
"""

import sys
from collections.abc import Iterator

import psycopg
from django.conf import settings
from django.db import Error, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views import defaults

from cms.kit.api.problems import refused

RETRY_SECONDS = 30
GONE = ("08", "53", "57P")
"""Classes of SQLSTATE: connection lost; disk, memory or connections used up; server that stops or starts."""
STANDBY = "25006"
"""The server reached is a copy that only reads: the primary is moving."""
DETAIL = "Rien ne peut être lu ni enregistré pour l’instant. Recommencez dans une minute."


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 503 when the database could not be reached, 500 to any other fault. Called by Django, while it handles
    the exception.
    """
    error = sys.exc_info()[1]
    if error is not None and is_outage(error):
        return unavailable(request)
    return refused(500) if request.path.startswith("/api/") else defaults.server_error(request)


def unavailable(request: HttpRequest) -> HttpResponse:
    headers = {"Retry-After": str(RETRY_SECONDS), "Cache-Control": "no-store"}
    if request.path.startswith("/api/"):
        return refused(503, DETAIL, headers)
    context = {"is_fictitious": settings.HAVRE_FICTITIOUS}
    return HttpResponse(render_to_string("503.html", context), status=503, headers=headers)


def is_outage(error: BaseException) -> bool:
    """Return whether an exception, or one that it comes from, says that the database cannot be reached."""
    return any(_is_gone(each) for each in _chain(error))


def _chain(error: BaseException) -> Iterator[BaseException]:
    left, seen = [error], set()
    while left:
        each = left.pop()
        if id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        left += [cause for cause in (each.__cause__, each.__context__) if cause is not None]


def _is_gone(error: BaseException) -> bool:
    if isinstance(error, psycopg.Error):
        state = error.sqlstate or ""
        if state:
            return state.startswith(GONE) or state == STANDBY
        # The last is what the driver raises when the server dies in the middle of a COMMIT: nothing came back.
        return isinstance(error, psycopg.OperationalError | psycopg.InterfaceError | psycopg.InternalError)
    # Raised by Django itself, as on a connection that is closed already; else the driver's own says why.
    return isinstance(error, OperationalError | InterfaceError) and not isinstance(error.__cause__, psycopg.Error)


UNREACHABLE = (Error, psycopg.Error)
"""All that a probe may meet."""
