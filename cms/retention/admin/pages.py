"""What every page of « Conservation » needs."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse_lazy

from cms.kit.forms.admin import AdminForm
from cms.kit.pages import action_page
from cms.retention.policies import decides_retention, reads_retention

TITLE = "Conservation"
HOME = {"url": reverse_lazy("wagtailadmin_home"), "label": "Accueil"}
INDEX = {"url": reverse_lazy("havre_retention:index"), "label": TITLE}
BACK = reverse_lazy("havre_retention:index")


def shown(request: HttpRequest, template: str, title: str, context: dict, *, crumb: str = "") -> HttpResponse:
    trail = [HOME, INDEX, {"url": "", "label": crumb}] if crumb else [HOME, {"url": "", "label": title}]
    context |= {"page_title": title, "header_title": title, "breadcrumbs_items": trail, "header_buttons": []}
    return TemplateResponse(request, template, context)


def read_or_404() -> None:
    if not reads_retention():
        raise Http404


def decide_or_404() -> None:
    if not decides_retention():
        raise Http404


def confirm(
    request: HttpRequest, *, run: Callable, form: AdminForm | None = None, back_url: str = "", **texts: Any
) -> HttpResponse:
    form = form or AdminForm(request.POST if request.method == "POST" else None)
    return action_page(request, form=form, run=run, back_url=back_url or str(BACK), **texts)
