"""Actions of the coordination on one row: a form, a service, back to the file. Each view is guarded by its viewset."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from cases.common.admin.forms import ConfirmForm
from cms.kit.pages import action_page


def file_url(row) -> str:
    return reverse(f"cases_{row._meta.model_name}:inspect", args=[row.pk])


def confirm_page(request: HttpRequest, row, *, run, title: str, intro: str, done: str, label: str) -> HttpResponse:
    """A page whose only field is its button."""
    return action_page(
        request,
        form=ConfirmForm(request.POST if request.method == "POST" else None),
        run=lambda cleaned: run(),
        title=title,
        subtitle=str(row),
        intro=intro,
        done=done,
        back_url=file_url(row),
        submit_label=label,
    )


def data_of(request: HttpRequest):
    return request.POST if request.method == "POST" else None


def row_or_404(rows, pk):
    """The guard has seen the row through the wall; between the two it may only have gone."""
    row = rows.filter(pk=pk).first()
    if row is None:
        raise Http404
    return row
