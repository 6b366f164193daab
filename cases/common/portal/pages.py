"""Shared pieces of the pages of the portal."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from cms.sessions.drafts import draft_offered, keeps_drafts

PER_PAGE = 25


def posted(request: HttpRequest) -> QueryDict | None:
    """Return the data of a form, even empty when it was posted: its errors are shown then."""
    return request.POST if request.method == "POST" else None


def form_page(request: HttpRequest, template: str, context: dict[str, Any], status: int | None = None) -> HttpResponse:
    """Return a page with its form and its draft; with status 422 when the form has errors."""
    form = context["form"]
    if keeps_drafts(request.path):
        context = context | {"draft": draft_offered(request)}
    return render(request, template, context, status=status or (422 if form.is_bound and form.errors else 200))


def page_of(request: HttpRequest, rows: QuerySet[Any]) -> Page:
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
