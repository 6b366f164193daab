"""Pages of attachments. `target` holds the kind and the row of their object, and the page to come back to."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from cms.files.papers import attachment_response
from cms.files.portal import attach_page, remove_page
from cms.files.selectors import attachment_get, attachment_may_add


def piece_add(request: HttpRequest, target: dict[str, Any]) -> HttpResponse:
    kind, row = target["kind"], target["row"]
    if not attachment_may_add(kind=kind, object_id=row.pk):
        raise Http404
    return attach_page(request, kind=kind, object_id=row.pk, reference=row.reference, back=target["back"])


def piece_read(request: HttpRequest, target: dict[str, Any], piece_pk: uuid.UUID) -> HttpResponseBase:
    piece = attachment_get(
        kind=target["kind"], object_id=target["row"].pk, pk=piece_pk, action="files.attachment.read"
    )
    return attachment_response(request, piece)


def piece_remove(request: HttpRequest, target: dict[str, Any], piece_pk: uuid.UUID) -> HttpResponse:
    kind, row = target["kind"], target["row"]
    return remove_page(request, kind=kind, object_id=row.pk, pk=piece_pk, reference=row.reference, back=target["back"])
