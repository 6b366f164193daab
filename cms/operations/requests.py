"""Each request: its number, its line in the logs, its count. None of the three says whose it was."""

import time
import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from cms.journal.context import request_numbered
from cms.kit.door import VERBS
from cms.kit.logs import logger
from cms.operations.metrics import request_count

HEADER = "X-Request-ID"
"""Given back, so that who calls for help can say which request it was. One that the client sends is not read."""
UNKNOWN = "-"
log = logger("request")


class RequestMiddleware:
    """Draws the number, outside everything that may answer; writes one line when the answer leaves."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began, number = time.perf_counter(), str(uuid.uuid4())
        with request_numbered(number):
            response = self.get_response(request)
            seconds = time.perf_counter() - began
            route, method, status = route_of(request), method_of(request), response.status_code
            fields = {"request_id": number, "route": route, "method": method, "status": status}
            log.info("request", extra={"havre": fields | {"ms": round(seconds * 1000)}})
            request_count(route=route, method=method, status=status, seconds=seconds)
        response.headers[HEADER] = number
        return response


def route_of(request: HttpRequest) -> str:
    """Return the name of the address, never the address: it holds identifiers, and at worst what somebody typed."""
    match = request.resolver_match
    return (match.view_name or match.route or UNKNOWN) if match else UNKNOWN


def method_of(request: HttpRequest) -> str:
    """Return the verb, or one word for what no page has: whoever makes them up would make up counters."""
    return request.method if request.method in VERBS else "OTHER"
