"""What browsers say that the content policy refused: one line of the log, without person, address or page."""

import json
import logging
from typing import Any

from allauth.core.internal import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

logger = logging.getLogger(__name__)

KINDS = ("application/csp-report", "application/reports+json")
MOST_BYTES = 8_000
RATES = {"policy_report": "20/m/ip,200/m/key"}
"""A page that is refused something says it once or twice; anybody may send more, and fills no log."""
DIRECTIVES = frozenset(
    {"default-src", "script-src", "script-src-elem", "script-src-attr", "style-src", "style-src-elem"}
    | {"style-src-attr", "img-src", "font-src", "connect-src", "frame-src", "frame-ancestors", "form-action"}
    | {"base-uri", "manifest-src"}
)
WORDS = frozenset({"inline", "eval", "self", "data", "blob", "wasm-eval"})


@csrf_exempt
@login_not_required
@require_POST
def policy_report(request: HttpRequest) -> HttpResponse:
    """Take a report; the browser waits for nothing."""
    if request.content_type not in KINDS:
        return HttpResponse(status=415)
    if len(request.body) > MOST_BYTES:
        return HttpResponse(status=413)
    if not ratelimit.consume(request, app="havre", action="policy_report", config=RATES, key="all"):
        return HttpResponse(status=429)
    try:
        told = _reports(json.loads(request.body))
    except (ValueError, RecursionError):
        return HttpResponse(status=400)
    for report in told:
        logger.warning("content policy: %s refused %s, in %s", *_without_person(report))
    return HttpResponse(status=204)


def _reports(told: Any) -> list[dict[str, Any]]:
    """Return the reports of a body, whichever of the two shapes a browser gave it."""
    rows = told if isinstance(told, list) else [told]
    found = [row.get("csp-report", row.get("body")) for row in rows[:5] if isinstance(row, dict)]
    return [report for report in found if isinstance(report, dict)]


def _without_person(report: dict[str, Any]) -> tuple[str, str, str]:
    """Return directive, kind of what was refused, and part of the site: words of ours, never those of the report."""
    directive = _first(report, "effective-directive", "effectiveDirective", "violated-directive").split(" ")[0]
    refused = _first(report, "blocked-uri", "blockedURL").split(":")[0]
    page = _first(report, "document-uri", "documentURL")
    return (
        directive if directive in DIRECTIVES else "another directive",
        refused if refused in WORDS else "an address",
        "the admin" if "/admin/" in page else "the portal",
    )


def _first(report: dict[str, Any], *names: str) -> str:
    return next((value for name in names if isinstance(value := report.get(name), str)), "")
