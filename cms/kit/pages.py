"""One page for each action on a row: what will happen, a form, a service, then back to the file."""

import hashlib
from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse_lazy

from cms.kit.blocks import Listing
from cms.kit.constraints import sentence_for
from cms.kit.forms.admin import ServiceErrorsMixin

NOTHING_COUNTED = "L’effet de ce changement n’est pas chiffré d’avance. Il vaut dès l’enregistrement."


def mark_of(cleaned: dict[str, Any]) -> str:
    """Hash of the answers whose effect was shown: others are shown theirs before they are saved. Why they are given
    moves nothing.
    """
    told = repr(sorted((name, str(value)) for name, value in cleaned.items() if name != "reason"))
    return hashlib.sha256(told.encode()).hexdigest()


def constraints_check() -> None:
    """Ask now the rules that the database holds for the end of the transaction: the form can still say them."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def action_page(
    request: HttpRequest,
    *,
    form: ServiceErrorsMixin,
    run: Callable[[dict[str, Any]], object],
    title: str,
    done: str | Callable[[Any], str],
    back_url: str,
    done_url: str | Callable[[Any], str | HttpResponse] = "",
    subtitle: str = "",
    intro: str = "",
    submit_label: str = "Enregistrer",
    listing: Listing | None = None,
    impact: Callable[[dict[str, Any]], Sequence[str]] | None = None,
) -> HttpResponse:
    """Show the form, or give what was asked to the service `run`. What it refuses comes back beside the fields.

    `done_url`: where it leads once done, when that is not back to the file. As `done`, it may be a function of what
    `run` returned: it gives an address, the answer itself (a document), or nothing, which leads back. `impact`:
    sentences that say what this change would move among what runs; they are shown first, and only then can the same
    answers be saved.
    """
    is_valid = request.method == "POST" and form.is_valid()
    said, mark = None, ""
    if is_valid and impact is not None:
        mark = mark_of(form.cleaned_data)
        if request.POST.get("seen") != mark:
            said = list(impact(form.cleaned_data)) or [NOTHING_COUNTED]
    if is_valid and said is None:
        try:
            with transaction.atomic():
                result = run(form.cleaned_data)
                constraints_check()
        except ValidationError as error:
            form.add_service_error(error)
        except IntegrityError as error:
            form.add_error(None, sentence_for(error))
        else:
            messages.success(request, done(result) if callable(done) else done)
            answer = (done_url(result) if callable(done_url) else done_url) or back_url
            return answer if isinstance(answer, HttpResponseBase) else redirect(answer)
    context = {
        "form": form,
        "intro": intro,
        "listing": listing,
        "impact": said,
        "mark": mark,
        "submit_label": submit_label if impact is None or said else "Voir ce que cela changerait",
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
    status = 422 if form.is_bound and said is None else 200
    return TemplateResponse(request, "kit/action.html", context, status=status)
