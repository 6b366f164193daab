"""The State's own pages: what is published, and its papers."""

import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from cms.journal.enums import Outcome
from cms.journal.services import journal_append
from cms.users.requests import UserRequest
from dashboards.reporting.common.policies import reads_releases
from dashboards.reporting.releases.displays import release_shown
from dashboards.reporting.releases.models import Release
from dashboards.reporting.releases.papers.formats import PAPERS, file_name
from dashboards.reporting.releases.selectors import published, release_of_trace, release_read


@require_GET
def latest(request: UserRequest) -> HttpResponse:
    """Show what was published last, or the release that a trace code names."""
    _readers()
    if trace := request.GET.get("trace", "").strip():
        row = release_of_trace(trace)
        if row:
            return redirect("dashboards:release", row.pk)
        return _shown(request, release_read(), status=404, unknown=trace[:40])
    return _shown(request, release_read())


@require_GET
def release(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    _readers()
    return _shown(request, _release_or_404(pk))


def _shown(request: UserRequest, row: Release | None, *, status: int = 200, unknown: str = "") -> HttpResponse:
    if row:
        _tell(row)
    context = {
        "release": row,
        "shown": release_shown(row, request.GET) if row else None,
        "releases": published(),
        "papers": PAPERS,
        "unknown": unknown,
        "hide": "visually-hidden",
    }
    return render(request, "reporting/releases/state.html", context, status=status)


@require_GET
def paper(request: UserRequest, pk: uuid.UUID, kind: str) -> HttpResponse:
    """Answer one file of a release."""
    _readers()
    row = _release_or_404(pk)
    if kind not in PAPERS:
        raise Http404
    body = PAPERS[kind].write(row)
    _tell(row, kind=kind)
    headers = {
        "Content-Disposition": f'attachment; filename="{file_name(row, kind)}"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    return HttpResponse(body, content_type=PAPERS[kind].content_type, headers=headers)


def _readers() -> None:
    if not reads_releases():
        raise Http404


def _release_or_404(pk: uuid.UUID) -> Release:
    row = release_read(pk)
    if row is None:
        raise Http404
    return row


def _tell(row: Release, **details: str) -> None:
    journal_append(
        action="reporting.release.read", kind="release", object_id=row.pk, outcome=Outcome.READ, details=details
    )
