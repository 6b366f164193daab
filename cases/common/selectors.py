"""Reading one row; what the network says of a legal frame."""

import uuid
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404

from cases.enums import Frame
from cms.admin.guard import one_by_pk
from cms.journal.services import refusal_queue
from cms.values.selectors import values_of

Row = TypeVar("Row", bound=Model)


def row_get(rows: QuerySet[Row], kind: str, pk: uuid.UUID, action: str) -> Row:
    """Return the row; raise `Http404`, with the refusal recorded in the journal, when the actor may not see it."""
    row = one_by_pk(rows, pk)
    if row is None:
        refusal_queue(kind, pk, action)
        raise Http404
    return row


def frame_warning() -> str:
    """Return the warning about the 72 hours frame, as the coordination wrote it in the list of frames."""
    frame = values_of("cadre_juridique").filter(pk=Frame.SHELTER_72H).first()
    return frame.extra.get("warning", "") if frame else ""
