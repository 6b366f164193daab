"""What the actions of the coordination share: the address of a file, what was posted, the row."""

from django.http import Http404, HttpRequest
from django.urls import reverse


def file_url(row) -> str:
    return reverse(f"cases_{row._meta.model_name}:inspect", args=[row.pk])


def data_of(request: HttpRequest):
    return request.POST if request.method == "POST" else None


def row_or_404(rows, pk):
    """The guard has seen the row through the wall; between the two it may only have gone."""
    row = rows.filter(pk=pk).first()
    if row is None:
        raise Http404
    return row
