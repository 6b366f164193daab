"""One page for each action on a row: what will happen, a form, a service, then back to the file."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse_lazy

from cms.access.admin_blocks import Listing
from cms.access.admin_forms import AdminForm
from cms.access.constraints import sentence_for


def constraints_check() -> None:
    """Ask now the rules that the database holds for the end of the transaction: the form can still say them."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def action_page(
    request: HttpRequest,
    *,
    form: AdminForm,
    run: Callable[[dict[str, Any]], object],
    title: str,
    done: str,
    back_url: str,
    done_url: str = "",
    subtitle: str = "",
    intro: str = "",
    submit_label: str = "Enregistrer",
    listing: Listing | None = None,
) -> HttpResponse:
    """Show the form, or give what was asked to the service `run`. What it refuses comes back beside the fields.

    `done_url`: where it leads once done, when that is not back to the file.
    """
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                run(form.cleaned_data)
                constraints_check()
        except ValidationError as error:
            form.add_service_error(error)
        except IntegrityError as error:
            form.add_error(None, sentence_for(error))
        else:
            messages.success(request, done)
            return redirect(done_url or back_url)
    context = {
        "form": form,
        "intro": intro,
        "listing": listing,
        "submit_label": submit_label,
        "back_url": back_url,
        "page_title": title,
        "header_title": title,
        "breadcrumbs_items": [
            {"url": reverse_lazy("wagtailadmin_home"), "label": "Accueil"},
            {"url": back_url, "label": subtitle or "Fiche"},
            {"url": "", "label": title},
        ],
        "header_buttons": [],
        "media": form.media,
    }
    return TemplateResponse(request, "access/admin/action.html", context, status=422 if form.is_bound else 200)
