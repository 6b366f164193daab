"""The sheet signed on paper, scanned and kept with its session."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from cms.files.papers import attachment_response
from cms.files.portal import attach_page, remove_page
from cms.files.selectors import attachment_get, attachment_may_add
from formation.sessions.models.sessions import Session
from formation.sessions.selectors import session_run_get

KIND = "session"


def _session_and_page(session_id: uuid.UUID, verb: str) -> tuple[Session, str]:
    row = session_run_get(session_id, f"files.attachment.{verb}")
    return row, reverse("formation:paper-sheet", args=[row.pk])


def add(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    row, back = _session_and_page(session_id, "add")
    if not attachment_may_add(kind=KIND, object_id=row.pk):
        raise Http404
    return attach_page(request, kind=KIND, object_id=row.pk, reference=_reference_of(row), back=back)


@require_safe
def read(request: HttpRequest, session_id: uuid.UUID, piece_pk: uuid.UUID) -> HttpResponseBase:
    row, _ = _session_and_page(session_id, "read")
    piece = attachment_get(kind=KIND, object_id=row.pk, pk=piece_pk, action="files.attachment.read")
    return attachment_response(request, piece)


def remove(request: HttpRequest, session_id: uuid.UUID, piece_pk: uuid.UUID) -> HttpResponse:
    row, back = _session_and_page(session_id, "remove")
    return remove_page(request, kind=KIND, object_id=row.pk, pk=piece_pk, reference=_reference_of(row), back=back)


def _reference_of(row: Session) -> str:
    return f"session {row.module_code} du {row.starts_on:%d/%m/%Y}"
