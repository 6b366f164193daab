"""« Salle de veille »: where the coordination and the direction land, and what of it is asked again on a timer."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from cases.arrival.selectors import waivers_to_settle
from cases.common.words import until_words
from cases.incidents.runaways.selectors import clock_of
from cases.watch.rules import RowClock, WatchRow, is_now, row_clock, rows_ordered, tomorrow_evening
from cases.watch.selectors import (
    MOST,
    delay_of,
    frames_running,
    incidents_waiting,
    requests_waiting,
    rings_told,
    stays_near,
    strangers_waiting,
)
from cases.watch.words import (
    frame_row,
    incident_row,
    near_row,
    others_words,
    request_row,
    ring_words,
    settling_row,
    unverified_row,
    voice_row,
)
from cms.journal.services import journal_read
from cms.kit.words import hour
from cms.notify.models import Ring
from cms.operations.work import work_now
from cms.values.settings import settings_frozen
from cms.wall import scope

TITLE = "Salle de veille"
COUNTED = {
    "demande": "cases_sollicitation:list",
    "appel": "cases_unverified:list",
    "incident": "cases_incident:list",
    "parole": "cases_voice:list",
    "accueil": "havre_settling",
}
"""Lists of the menu that say how many wait, by the beginning of the key of a row."""


@dataclass(frozen=True)
class MenuCount:
    """How many wait behind an entry of the menu. `is_here`: behind the « Salle de veille » itself."""

    url: str
    count: int
    is_here: bool = False


def watch_page(request: HttpRequest) -> HttpResponse:
    """Show what waits, what is due first at the top. The journal keeps the page, not each time it is refreshed."""
    context = queue_context(timezone.now())
    journal_read("sollicitation", None, details={"count": context["count"]})
    context |= {"page_title": TITLE, "can_call": can_call(request)}
    return TemplateResponse(request, "cases/watch/admin/page.html", context)


def can_call(request: HttpRequest) -> bool:
    return request.user.has_perm("cases.add_sollicitation")


def queue_fragment(request: HttpRequest) -> HttpResponse:
    only_watchers()
    return TemplateResponse(request, "cases/watch/admin/queue.html", queue_context(timezone.now()))


def ring_fragment(request: HttpRequest) -> HttpResponse:
    """Return the red strip: what rings for the network and nobody has taken. Empty while nothing rings."""
    only_watchers()
    return TemplateResponse(request, "cases/watch/admin/ring.html", strip_context())


def ring_context(request: HttpRequest) -> dict[str, Any]:
    """Give every page of the admin what rings: the strip stands there from the first moment, and moves nothing."""
    return {"rings_now": ring_lines, "calls_stopped_now": calls_stopped}


def strip_context() -> dict[str, Any]:
    return {"rings": ring_lines(), "calls_stopped": calls_stopped()}


def calls_stopped() -> bool:
    """Return whether calls and messages have stopped leaving: nobody would be rung."""
    return work_now().is_stopped


def ring_lines() -> list[dict[str, Any]]:
    now = timezone.now()
    return [ring_line(ring, now) for ring in rings_told()]


def only_watchers() -> None:
    if not scope.current().sees_all_cases():
        raise Http404


def ring_line(ring: Ring, now: dt.datetime) -> dict[str, Any]:
    seconds = int((now - ring.opened_at).total_seconds())
    return {
        "url": reverse("notify:ring", args=[ring.pk]),
        "said": ring_words(ring),
        "since": f"{seconds // 60} min" if seconds >= 60 else f"{max(0, seconds)} s",
    }


def queue_context(now: dt.datetime) -> dict[str, Any]:
    with settings_frozen(is_entered=True):
        rows = rows_ordered(queue_rows(now))
    limit = tomorrow_evening(now)
    first = [row for row in rows if is_now(row, now)]
    soon = [row for row in rows if row not in first and row.due_at and row.due_at < limit]
    later = [row for row in rows if row not in first and row not in soon]
    return {
        "now_rows": clocked(first, now),
        "soon_rows": clocked(soon, now),
        "later_rows": clocked(later, now),
        "later_words": others_words(later),
        "count": len(rows),
        "counts": menu_counts(rows, len(first)),
        "is_cut": len(rows) >= MOST,
        "refreshed_at": timezone.localtime(now),
        "next_due": min((hour(row.due_at, now=now) for row in later if row.due_at), default=""),
    }


def queue_rows(now: dt.datetime) -> list[WatchRow]:
    rows = [request_row(row, sheets, now) for row, sheets in requests_waiting(now)]
    rows += [near_row(row, asked_by) for row, asked_by in stays_near()]
    incidents = incidents_waiting()
    rows += [incident_row(row, clock_of(row, delay_of(row)) if row.is_untold else None) for row in incidents]
    rows += [voice_row(row) if row.is_child else unverified_row(row) for row in strangers_waiting()]
    rows += [frame_row(row) for row in frames_running()]
    return rows + [settling_row(row) for row in waivers_to_settle()]


def menu_counts(rows: list[WatchRow], first: int) -> list[MenuCount]:
    """Return what the menu says beside its entries: what waits now, then each list where somebody waits."""
    kinds = Counter(line.key.split("-")[0] for row in rows for line in (row, *row.also))
    counts = [MenuCount(reverse("wagtailadmin_home"), first, is_here=True)]
    return counts + [MenuCount(reverse(name), kinds[kind]) for kind, name in COUNTED.items() if kinds[kind]]


def counts_fragment(request: HttpRequest) -> HttpResponse:
    """Return the counts of the menu, for the pages that do not show the queue."""
    only_watchers()
    now = timezone.now()
    with settings_frozen(is_entered=True):
        rows = rows_ordered(queue_rows(now))
    counts = menu_counts(rows, sum(is_now(row, now) for row in rows))
    return TemplateResponse(request, "cases/watch/admin/counts.html", {"counts": counts})


def clocked(rows: list[WatchRow], now: dt.datetime) -> list[dict[str, Any]]:
    """Return rows with their clock; the first acceptance alone carries the filled button."""
    first = next((row for row in rows if row.is_accepted), None)
    return [
        {
            "row": row,
            "clock": clock_of_row(row, now),
            "also": [(other, clock_of_row(other, now)) for other in row.also],
            "is_main": row is first,
        }
        for row in rows
    ]


def clock_of_row(row: WatchRow, now: dt.datetime) -> RowClock | None:
    return row_clock(row, now, until=until_words(row.due_at, now)) if row.due_at else None


def watch_urls() -> list[URLPattern]:
    return [
        path("veille/file/", queue_fragment, name="havre_queue"),
        path("veille/comptes/", counts_fragment, name="havre_counts"),
        path("veille/sonnerie/", ring_fragment, name="havre_ring_strip"),
    ]
