"""What every page of the chain needs."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from cases.enums import Frame
from cms.sessions.drafts import draft_offered, keeps_drafts
from cms.values.selectors import values_of

PER_PAGE = 25


def posted(request):
    """Data of a form: an empty sending is an error to show, not a form to begin."""
    return request.POST if request.method == "POST" else None


def form_page(request, template: str, context: dict) -> HttpResponse:
    """A page with its form, and what was kept of it; 422 once the form carries errors."""
    form = context["form"]
    if keeps_drafts(request.path):
        context = context | {"draft": draft_offered(request)}
    return render(request, template, context, status=422 if form.is_bound and form.errors else 200)


def frame_warning() -> str:
    """What to know of the 72 hours frame before counting on it: the coordination words it, in the list of frames."""
    frame = values_of("cadre_juridique").filter(pk=Frame.SHELTER_72H).first()
    return frame.extra.get("warning", "") if frame else ""


def page_of(request, rows):
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
