"""Pages of training: what was sent, a form with errors, a confirmation before an action."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from cms.kit.forms.portal import PortalForm

PAGE = 20


def confirm_page(request: HttpRequest, act: Callable[[], object], question: dict[str, str], done: str) -> HttpResponse:
    """Ask for a confirmation, call `act`, and lead to `cancel_url`; its `ValidationError` shows on the same page."""
    form = PortalForm(posted(request))
    if request.method == "POST":
        try:
            with transaction.atomic():
                act()
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, done)
            return redirect(question["cancel_url"])
    return form_page(request, "formation/common/confirm.html", {"form": form, "question": question})


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, even empty; None when the page is only read."""
    return request.POST if request.method == "POST" else None


def form_page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    return render(request, template, context, status=422 if context["form"].errors else 200)
