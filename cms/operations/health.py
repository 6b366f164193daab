"""Answers to the probes of the machine that runs the service."""

from collections.abc import Callable

from django.db import connection
from django.http import HttpRequest, HttpResponse

from cms.operations.outage import UNREACHABLE

ALIVE, READY = "/sante/vivant", "/sante/pret"


class HealthMiddleware:
    """First of all: a probe comes by plain HTTP, under the machine's own address, and without a database to speak to.

    `/sante/vivant`: the process answers. `/sante/pret`: the database answers too, or 503. What the service does with
    them is read elsewhere: `watch.py`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == ALIVE:
            return _plain("vivant")
        if request.path == READY:
            return _plain("prêt") if _database_answers() else _plain("base de données injoignable", status=503)
        return self.get_response(request)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except UNREACHABLE:
        return False
    return True


def _plain(text: str, status: int = 200) -> HttpResponse:
    headers = {"Cache-Control": "no-store"}
    return HttpResponse(f"{text}\n", content_type="text/plain; charset=utf-8", status=status, headers=headers)
