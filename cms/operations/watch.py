"""What the machines that watch read: `/sante/travail` and `/metrics`. Never a person, a place or a file."""

import hmac
import json
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from prometheus_client import CONTENT_TYPE_LATEST

from cms.operations import metrics
from cms.operations.state import state_read
from cms.settings.database import LOOPBACK

WORK, METRICS = "/sante/travail", "/metrics"


class WatchMiddleware:
    """Beside the probes, before the redirection to https: whoever watches comes by plain HTTP, from inside.

    Another machine shows `HAVRE_METRICS_TOKEN`; without one, this machine alone is answered. 404 to everybody else.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path not in (WORK, METRICS):
            return self.get_response(request)
        if not may_watch(request):
            return HttpResponse(status=404)
        response = _metrics() if request.path == METRICS else _work()
        response.headers["Cache-Control"] = "no-store"
        return response


def may_watch(request: HttpRequest) -> bool:
    """Return whether the request comes from this machine and no proxy, or shows the token."""
    token = settings.HAVRE_METRICS_TOKEN
    shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token and hmac.compare_digest(shown.encode(), token.encode()):
        return True
    return request.META.get("REMOTE_ADDR") in LOOPBACK and "X-Forwarded-For" not in request.headers


def _metrics() -> HttpResponse:
    return HttpResponse(metrics.page(), content_type=CONTENT_TYPE_LATEST)


def _work() -> HttpResponse:
    """Answer each probe, and 503 when calls do not leave or nothing is written any more."""
    found = state_read()
    stopped = any(probe.stops_work and not reading.is_well for probe, reading in found)
    said = {probe.name: {"value": reading.value, "well": reading.is_well} for probe, reading in found}
    text = json.dumps({"well": all(reading.is_well for _, reading in found), "probes": said}, indent=1)
    return HttpResponse(f"{text}\n", content_type="application/json", status=503 if stopped else 200)
