"""The admin page that opens something sealed: it asks why, then shows it until the hour said."""

import uuid
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse_lazy
from django.utils import timezone

from cms.journal.services import refusal_queue
from cms.kit.blocks import Facts
from cms.kit.pages import action_page
from cms.users.requests import UserRequest
from cms.wall.models import Reveal
from cms.wall.reveals.forms import AdminRevealForm
from cms.wall.reveals.services import reveal_live, reveal_may, reveal_open

Read = Callable[[], list[tuple[str, Any]]]
"""Reads the sealed values and tells the journal."""


def until(reveal: Reveal) -> str:
    """`15 h 05`, in local time."""
    return f"{timezone.localtime(reveal.ends_at):%H h %M}"


def reveal_or_404(*, kind: str, object_id: uuid.UUID) -> Reveal | None:
    """Return the live reveal of the actor, None when one may be opened; else 404, and a refusal in the journal."""
    if not reveal_may(kind=kind, object_id=object_id):
        refusal_queue(kind, object_id, "access.reveal.refused")
        raise Http404
    return reveal_live(kind=kind, object_id=object_id)


def reveal_page(
    request: UserRequest,
    *,
    kind: str,
    object_id: uuid.UUID,
    read: Read,
    title: str,
    subtitle: str,
    back_url: str,
) -> HttpResponse:
    """Shown while a reveal lasts; asked for otherwise. Nothing sealed enters the address nor the title."""
    reveal = reveal_or_404(kind=kind, object_id=object_id)
    if reveal:
        return sealed_page(request, reveal, rows=read(), title=title, subtitle=subtitle, back_url=back_url)
    return action_page(
        request,
        form=AdminRevealForm(request.POST if request.method == "POST" else None),
        run=lambda cleaned: reveal_open(kind=kind, object_id=object_id, by=request.user, **cleaned),
        title=title,
        subtitle=subtitle,
        intro="Dites pourquoi : l’ouverture dure quelques minutes, et le journal la garde avec votre nom et ce motif.",
        done="C’est ouvert. Fermez la page dès que vous avez fini.",
        back_url=back_url,
        done_url=request.path,
        submit_label="Ouvrir",
    )


def sealed_page(
    request: HttpRequest,
    reveal: Reveal,
    *,
    rows: list[tuple[str, Any]],
    title: str,
    subtitle: str,
    back_url: str,
) -> HttpResponse:
    context = {
        "next_step": f"Ouvert pour vous jusqu’à {until(reveal)}. Ne copiez rien hors de Havre.",
        "blocks": [Facts(title, rows)],
        "page_title": title,
        "header_title": title,
        "breadcrumbs_items": [
            {"url": reverse_lazy("wagtailadmin_home"), "label": "Accueil"},
            {"url": back_url, "label": subtitle},
            {"url": "", "label": title},
        ],
        "header_buttons": [],
    }
    return TemplateResponse(request, "kit/inspect.html", context)
