"""Documents shared on a question and on a committee: one page for the two sides, under the rules of attachments."""

import uuid
from dataclasses import dataclass

from django.http import Http404, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from cms.files.papers import attachment_response
from cms.files.portal import attach_page, remove_page
from cms.files.selectors import attachment_get, attachment_may_add
from cms.journal.services import refusal_queue
from cms.users.requests import UserRequest
from dashboards.policies import VIEW
from dashboards.reporting.common.policies import speaks_for_state
from dashboards.reporting.state.models import Committee, StateQuestion
from dashboards.reporting.state.words import COMMITTEE, QUESTION, SPACES

MODELS: dict[str, type[StateQuestion] | type[Committee]] = {QUESTION: StateQuestion, COMMITTEE: Committee}


@dataclass(frozen=True)
class DocumentHolder:
    """What the documents are attached to, and the page of the reader that shows it."""

    kind: str
    row: StateQuestion | Committee
    back: str

    @property
    def reference(self) -> str:
        return "question" if self.kind == QUESTION else "comité de suivi"


def _shared(request: UserRequest, kind: str, pk: uuid.UUID, verb: str) -> DocumentHolder:
    is_state = speaks_for_state()
    row = MODELS[kind].objects.filter(pk=pk).first()
    if row is None or not (is_state or request.user.has_perm(VIEW)):
        refusal_queue(kind, pk, f"files.attachment.{verb}")
        raise Http404
    if is_state:
        back = reverse("dashboards:question", args=[pk]) if kind == QUESTION else reverse("dashboards:exchanges")
    else:
        back = reverse(f"havre_periods:{SPACES[kind]}", args=[pk])
    return DocumentHolder(kind, row, back)


def add(request: UserRequest, pk: uuid.UUID, *, kind: str) -> HttpResponseBase:
    shared = _shared(request, kind, pk, "add")
    if not attachment_may_add(kind=kind, object_id=pk):
        raise Http404
    return attach_page(request, kind=kind, object_id=pk, reference=shared.reference, back=shared.back)


@require_safe
def read(request: UserRequest, pk: uuid.UUID, piece_pk: uuid.UUID, *, kind: str) -> HttpResponseBase:
    _shared(request, kind, pk, "read")
    piece = attachment_get(kind=kind, object_id=pk, pk=piece_pk, action="files.attachment.read")
    return attachment_response(request, piece)


def remove(request: UserRequest, pk: uuid.UUID, piece_pk: uuid.UUID, *, kind: str) -> HttpResponseBase:
    shared = _shared(request, kind, pk, "remove")
    return remove_page(request, kind=kind, object_id=pk, pk=piece_pk, reference=shared.reference, back=shared.back)
