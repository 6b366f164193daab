"""Pages of training: what was sent, a form that is refused, a question asked before an act."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cms.kit.forms.portal import PortalForm

PAGE = 20


def confirm_page(request: HttpRequest, act, question: dict, done: str) -> HttpResponse:
    """Ask, do, and come back to the session; a refusal is said on the page of the question."""
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


def posted(request: HttpRequest):
    """What was sent, even empty; None when the page is only read."""
    return request.POST if request.method == "POST" else None


def form_page(request: HttpRequest, template: str, context: dict) -> HttpResponse:
    return render(request, template, context, status=422 if context["form"].errors else 200)
