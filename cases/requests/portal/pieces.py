"""Attachments of a request: the object first, then what is attached to it."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from cases.common.policies import only
from cases.common.portal.pieces import piece_add, piece_read, piece_remove
from cases.requests.selectors import sollicitation_get
from cms.users.roles import Role


def _request(pk: uuid.UUID, verb: str) -> dict[str, Any]:
    row = sollicitation_get(pk=pk, action=f"files.attachment.{verb}")
    only(Role.REQUESTER)
    return {"kind": "sollicitation", "row": row, "back": reverse("cases:request", args=[pk])}


def request_piece_add(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    return piece_add(request, _request(pk, "add"))


@require_safe
def request_piece(request: HttpRequest, pk: uuid.UUID, piece_pk: uuid.UUID) -> HttpResponseBase:
    return piece_read(request, _request(pk, "read"), piece_pk)


def request_piece_remove(request: HttpRequest, pk: uuid.UUID, piece_pk: uuid.UUID) -> HttpResponse:
    return piece_remove(request, _request(pk, "remove"), piece_pk)
