"""« Astreinte »: who is on duty, what rings, and every open request, the late ones first."""

import datetime as dt
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from cases.common.rules.states import SOLLICITATION
from cases.common.settings import on_call_phone
from cases.common.words import minor_words
from cases.enums import MessageKind, Urgency
from cases.requests.board.selectors import ALL, MINE, WAITING, answers_said, board_counts, board_rows, board_shown
from cases.requests.board.words import clock, elapsed, state_words, waiting_words
from cases.requests.models import Sollicitation
from cases.requests.unverified.admin import waiting_lines
from cms.admin.heads import actions_split
from cms.journal.services import journal_read
from cms.kit.blocks import Action, Badge
from cms.notify.duty.rules.kinds import ring_kind
from cms.notify.duty.selectors import next_duties, on_duty, rings_open
from cms.notify.models import Ring
from cms.wall import scope

TITLE = "Astreinte"
PER_PAGE = 25
TONES = {Urgency.DANGER.value: "danger", Urgency.NIGHT.value: "night"}
STEPS = (
    ("take", "Prendre en charge", True),
    ("ask", "Demander un complément", False),
    ("advise", "Répondre par un avis", False),
    ("close", "Clore", False),
)


def board_page(request: HttpRequest) -> HttpResponse:
    if not scope.current().sees_all_cases():
        raise Http404
    at = timezone.now()
    counts = board_counts(at=at)
    shown = request.GET.get("voir", ALL)
    paginator = Paginator(board_shown(board_rows(at=at), shown), PER_PAGE)
    paginator.count = {WAITING: counts["waiting"], MINE: counts["mine"]}.get(shown, counts["all"])
    page = paginator.get_page(request.GET.get("page"))
    rows = list(page.object_list)
    journal_read("sollicitation", None, details={"count": len(rows)})
    answers = answers_said(row.pk for row in rows)
    context = {
        "counts": counts,
        "shown": shown,
        "choices": (
            (ALL, "Toutes les demandes ouvertes", counts["all"]),
            (WAITING, "Sans réponse", counts["waiting"]),
            (MINE, "Suivies par moi", counts["mine"]),
        ),
        "page": page,
        "lines": [{**board_line(row, at), "answers": answers.get(row.pk, "")} for row in rows],
        "on_duty": on_duty(at=at),
        "next_duties": next_duties(at=at),
        "on_call_phone": on_call_phone(),
        "unverified": waiting_lines(),
        "rings": [ring_line(ring, at) for ring in rings_open()],
        "page_title": TITLE,
        "header_title": TITLE,
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": "Accueil"},
            {"url": "", "label": TITLE},
        ],
        "header_buttons": [],
    }
    return TemplateResponse(request, "cases/requests/admin/board.html", context)


def board_line(row: Sollicitation, at: dt.datetime) -> dict[str, Any]:
    acts = [
        Action(label, reverse(f"cases_sollicitation:{verb}", args=[row.pk]), is_main)
        for verb, label, is_main in STEPS
        if (row.state, verb) in SOLLICITATION and not (verb == "take" and row.taken_by_id)
    ]
    main, others = actions_split(acts)
    url = reverse("cases_sollicitation:inspect", args=[row.pk])
    return {
        "row": row,
        "url": url,
        "who": minor_words(row.sex_id, row.age_at_reception),
        "urgency": Badge(row.urgency.label.split(" (")[0], TONES.get(row.urgency_id, "neutral")),
        "clock": clock(row, at=at),
        "since": elapsed(at - row.received_at),
        "state": state_words(row),
        "waiting": waiting_words(row, at=at),
        "has_reply": row.last_message == MessageKind.REPLY,
        "main": main or Action("Ouvrir", url),
        "others": others,
    }


def ring_line(ring: Ring, at: dt.datetime) -> dict[str, Any]:
    """Return since when it rings, and the last person called."""
    steps = [step for step in ring.steps.all() if step.rung == ring.rung]
    return {
        "url": reverse("notify:ring", args=[ring.pk]),
        "label": ring_kind(ring.kind).label,
        "since": elapsed(at - ring.opened_at),
        "by": ring.acknowledged_by,
        "called": sorted({str(step.person) for step in steps}),
        "has_failed": bool(steps) and not any(step.sent_at for step in steps),
    }
