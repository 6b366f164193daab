"""Attachments of a request and of a declaration: the object first, then what is attached to it."""

import uuid
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.views.decorators.http import require_safe

from cases.common.portal.pages import for_who_declares, only
from cases.common.selectors import incident_get, sollicitation_get
from cms.files.papers import attachment_response
from cms.files.portal import attach_page, remove_page
from cms.files.selectors import attachment_get, attachment_may_add
from cms.users.roles import Role


def _request(pk: uuid.UUID, verb: str) -> dict[str, Any]:
    row = sollicitation_get(pk=pk, action=f"files.attachment.{verb}")
    only(Role.REQUESTER)
    return {"kind": "sollicitation", "row": row, "back": reverse("cases:request", args=[pk])}


def _incident(pk: uuid.UUID, verb: str) -> dict[str, Any]:
    row = incident_get(pk=pk, action=f"files.attachment.{verb}")
    for_who_declares(row)
    return {"kind": "incident", "row": row, "back": reverse("cases:incident", args=[pk])}


def _add(request, held: dict[str, Any]):
    kind, row = held["kind"], held["row"]
    if not attachment_may_add(kind=kind, object_id=row.pk):
        raise Http404
    return attach_page(request, kind=kind, object_id=row.pk, reference=row.reference, back=held["back"])


def _read(request, held: dict[str, Any], piece_pk: uuid.UUID):
    piece = attachment_get(kind=held["kind"], object_id=held["row"].pk, pk=piece_pk, action="files.attachment.read")
    return attachment_response(request, piece)


def _remove(request, held: dict[str, Any], piece_pk: uuid.UUID):
    kind, row = held["kind"], held["row"]
    return remove_page(request, kind=kind, object_id=row.pk, pk=piece_pk, reference=row.reference, back=held["back"])


def request_piece_add(request, pk):
    return _add(request, _request(pk, "add"))


@require_safe
def request_piece(request, pk, piece_pk):
    return _read(request, _request(pk, "read"), piece_pk)


def request_piece_remove(request, pk, piece_pk):
    return _remove(request, _request(pk, "remove"), piece_pk)


def incident_piece_add(request, pk):
    return _add(request, _incident(pk, "add"))


@require_safe
def incident_piece(request, pk, piece_pk):
    return _read(request, _incident(pk, "read"), piece_pk)


def incident_piece_remove(request, pk, piece_pk):
    return _remove(request, _incident(pk, "remove"), piece_pk)
