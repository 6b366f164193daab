"""Reading one row."""

import uuid
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404

from cms.admin.guard import one_by_pk
from cms.journal.services import refusal_queue

Row = TypeVar("Row", bound=Model)


def row_get(rows: QuerySet[Row], kind: str, pk: uuid.UUID, action: str) -> Row:
    """Return the row; raise `Http404`, with the refusal recorded in the journal, when the actor may not see it."""
    row = one_by_pk(rows, pk)
    if row is None:
        refusal_queue(kind, pk, action)
        raise Http404
    return row
