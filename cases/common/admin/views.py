"""What the actions of the coordination share: the address of a file, what was posted, the row."""

import uuid
from typing import TypeVar

from django.db.models import Manager, Model, QuerySet
from django.http import Http404, HttpRequest, QueryDict
from django.urls import reverse

Row = TypeVar("Row", bound=Model)


def file_url(row: Model) -> str:
    return reverse(f"cases_{row._meta.model_name}:inspect", args=[row.pk])


def data_of(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def row_or_404(rows: Manager[Row] | QuerySet[Row], pk: uuid.UUID) -> Row:
    """Return the row that the guard has just read; raise `Http404` if it was removed since."""
    row = rows.filter(pk=pk).first()
    if row is None:
        raise Http404
    return row
