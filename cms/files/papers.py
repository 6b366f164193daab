"""An attachment given back as bytes that no browser runs."""

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render

from cms.files.enums import MIME, FileType
from cms.files.models import Attachment
from cms.files.services import BodyUnreadableError, StoreAwayError, attachment_open
from cms.journal.services import refusal_queue

RETRY_SECONDS = 60


def attachment_response(request: HttpRequest, attachment: Attachment) -> HttpResponseBase:
    """Return the file, under a neutral name, to download and never to display. Raises `NeedsRevealError`."""
    try:
        pieces = attachment_open(attachment)
    except StoreAwayError:
        return away(request)
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


def away(request: HttpRequest) -> HttpResponseBase:
    """Answer while the store of the bodies does not: 503, and the rest of the site works."""
    answer = render(request, "files/away.html", status=503)
    answer.headers["Retry-After"] = str(RETRY_SECONDS)
    return answer
