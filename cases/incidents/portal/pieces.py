"""Attachments of a declaration: the object first, then what is attached to it."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from cases.common.portal.pieces import piece_add, piece_read, piece_remove
from cases.incidents.policies import for_who_declares
from cases.incidents.selectors import incident_get


def _incident(pk: uuid.UUID, verb: str) -> dict[str, Any]:
    row = incident_get(pk=pk, action=f"files.attachment.{verb}")
    for_who_declares(row)
    return {"kind": "incident", "row": row, "back": reverse("cases:incident", args=[pk])}


def incident_piece_add(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    return piece_add(request, _incident(pk, "add"))


@require_safe
def incident_piece(request: HttpRequest, pk: uuid.UUID, piece_pk: uuid.UUID) -> HttpResponseBase:
    return piece_read(request, _incident(pk, "read"), piece_pk)


def incident_piece_remove(request: HttpRequest, pk: uuid.UUID, piece_pk: uuid.UUID) -> HttpResponse:
    return piece_remove(request, _incident(pk, "remove"), piece_pk)
