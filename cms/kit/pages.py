"""One page for each action on a row: what will happen, a form, a service, then back to the file."""

import hashlib
from collections.abc import Callable, Sequence
from typing import Any, Required, TypedDict, Unpack

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
    """Return the hash of the answers whose effect was shown: others are shown theirs before they are saved.

    The reason given is left out: it has no effect.
    """
    answers = repr(sorted((name, str(value)) for name, value in cleaned.items() if name != "reason"))
    return hashlib.sha256(answers.encode()).hexdigest()


def constraints_check() -> None:
    """Ask now the rules that the database holds for the end of the transaction: the form can still say them."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class PageTexts(TypedDict, total=False):
    """What an action page says around its form, and where it leads."""

    title: Required[str]
    done: Required[str | Callable[[Any], str]]
    """Said once done; a function is given what `run` returned."""
    back_url: Required[str]
    """The file it comes from."""
    done_url: str | Callable[[Any], str | HttpResponse]
    """Where it leads once done, when that is not back to the file: an address, or a function of what `run` returned.
    The function gives an address, the answer itself (a document), or nothing, which leads back.
    """
    subtitle: str
    intro: str
    submit_label: str
    listing: Listing | None
    script: str
    """Static file of a script that the form can do without."""


def action_page(
    request: HttpRequest,
    *,
    form: ServiceErrorsMixin,
    run: Callable[[dict[str, Any]], object],
    impact: Callable[[dict[str, Any]], Sequence[str]] | None = None,
    **texts: Unpack[PageTexts],
) -> HttpResponse:
    """Show the form, or give its answers to the service `run`. What it refuses comes back beside the fields.

    `impact`: sentences that say what this change would move among what runs; they are shown first, and only then can
    the same answers be saved.
    """
    is_valid = request.method == "POST" and form.is_valid()
    effects, mark = None, ""
    if is_valid and impact is not None:
        mark = mark_of(form.cleaned_data)
        if request.POST.get("seen") != mark:
            effects = list(impact(form.cleaned_data)) or [NOTHING_COUNTED]
    if is_valid and effects is None:
        try:
            with transaction.atomic():
                result = run(form.cleaned_data)
                constraints_check()
        except ValidationError as error:
            form.add_service_error(error)
        except IntegrityError as error:
            form.add_error(None, sentence_for(error))
        else:
            return _done(request, texts, result)
    label = texts.get("submit_label", "Enregistrer")
    context = {
        **_frame(texts),
        "form": form,
        "impact": effects,
        "mark": mark,
        "submit_label": label if impact is None or effects else "Voir ce que cela changerait",
        "media": form.media,
    }
    status = 422 if form.is_bound and effects is None else 200
    return TemplateResponse(request, "kit/action.html", context, status=status)


def _frame(texts: PageTexts) -> dict[str, Any]:
    """Return the context of the page around its form."""
    return {
        "intro": texts.get("intro", ""),
        "listing": texts.get("listing"),
        "script": texts.get("script", ""),
        "back_url": texts["back_url"],
        "page_title": texts["title"],
        "header_title": texts["title"],
        "breadcrumbs_items": [
            {"url": reverse_lazy("wagtailadmin_home"), "label": "Accueil"},
            {"url": texts["back_url"], "label": texts.get("subtitle") or "Fiche"},
            {"url": "", "label": texts["title"]},
        ],
        "header_buttons": [],
    }


def _done(request: HttpRequest, texts: PageTexts, result: Any) -> HttpResponse:
    done, done_url = texts["done"], texts.get("done_url", "")
    messages.success(request, done(result) if callable(done) else done)
    answer = (done_url(result) if callable(done_url) else done_url) or texts["back_url"]
    return answer if isinstance(answer, HttpResponseBase) else redirect(answer)
