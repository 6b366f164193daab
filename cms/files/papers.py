"""An attachment given back as bytes that no browser runs."""

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render

from cms.files.enums import MIME, FileType
from cms.files.models import Attachment
from cms.files.services import BodyUnreadableError, attachment_open
from cms.journal.services import refusal_queue


def attachment_response(request: HttpRequest, attachment: Attachment) -> HttpResponseBase:
    """Return the file, under a neutral name, to download and never to display. Raises `NeedsRevealError`."""
    try:
        pieces = attachment_open(attachment)
    except BodyUnreadableError:
        refusal_queue(attachment.object_kind, attachment.object_id, "files.attachment.unreadable")
        return render(request, "files/unreadable.html", status=409)
    headers = {
        "Content-Type": MIME[FileType(attachment.file_type)],
        "Content-Disposition": f'attachment; filename="{attachment.neutral_name}"',
        "Content-Length": str(attachment.size),
        "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Accept-Ranges": "none",
        "Cache-Control": "private, no-store",
    }
    return StreamingHttpResponse(pieces, headers=headers)
