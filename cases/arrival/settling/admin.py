"""« À régulariser »: one list of what the arrivals left to be done."""

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from cases.arrival.settling.words import Settling, settlings
from cases.common.admin.words import linked, moment, partner_cell, time_left
from cms.journal.services import journal_read
from cms.kit.blocks import Action, Badge, Listing
from cms.wall import scope

TITLE = "À régulariser"
HEADINGS = ("Situation", "Structure", "Ce qui manque", "Qui doit le faire", "Avant le", "Délai")


def settling_page(request: HttpRequest) -> HttpResponse:
    if not scope.current().sees_all_cases():
        raise Http404
    lines = settlings()
    journal_read("linking", None, details={"count": len(lines)})
    context = {
        "next_step": "Ce que les arrivées par dérogation ont laissé à faire, le plus proche d’abord. Une ligne "
        "disparaît dès que la pièce est là.",
        "blocks": [settling_block(lines)],
        "actions": [],
        "page_title": TITLE,
        "header_title": TITLE,
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": "Accueil"},
            {"url": "", "label": TITLE},
        ],
        "header_buttons": [],
    }
    return TemplateResponse(request, "kit/inspect.html", context)


def settling_block(lines: list[Settling]) -> Listing:
    now = timezone.now()
    rows = [
        (
            linked(line.linking.case),
            partner_cell(line.linking.partner),
            line.what,
            line.who,
            moment(line.due_at),
            Badge(time_left(line.due_at, now), "danger" if line.due_at < now else "warning"),
        )
        for line in lines
    ]
    actions = [[Action(line.action, line.url, is_main=True)] for line in lines]
    return Listing(TITLE, HEADINGS, rows, "Rien à régulariser : chaque accueil en cours est complet.", actions)
