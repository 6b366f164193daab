"""« Je prends l’appel », and the address to which the gateway speaks.

The page shows, only its button answers: a link that a mail scanner opens changes nothing.
"""

import json
import uuid
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from cms.notify.duty.models import Ring, RingStep
from cms.notify.duty.policies import takes_calls
from cms.notify.duty.rules.kinds import ring_kind
from cms.notify.duty.selectors import ring_get
from cms.notify.duty.services.channels import is_signed
from cms.notify.duty.services.rings import ring_acknowledge, ring_read, ring_seen
from cms.notify.duty.services.scan import step_delivered
from cms.notify.enums import Channel
from cms.users.models import User


def ring(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    row = ring_get(pk=pk)
    if request.method == "POST" and not takes_calls():
        ring_read(ring=row, by=cast(User, request.user))
        messages.success(request, "C’est noté : vous avez lu ce message. La coordination est appelée.")
        return redirect("notify:ring", row.pk)
    if request.method == "POST":
        return _taken(request, row)
    ring_seen(ring=row, by=cast(User, request.user))
    kind = ring_kind(row.kind)
    context = {
        "ring": row,
        "label": kind.label,
        "words": kind.words(row.object_id),
        "takes_calls": takes_calls(),
        "has_read": row.steps.filter(person=cast(User, request.user), acknowledged_at__isnull=False).exists(),
        "is_mine": row.acknowledged_by_id == request.user.pk,
        "object_url": kind.url(row.object_id),
        "minutes": int((timezone.now() - row.opened_at).total_seconds() // 60),
        "calls": [call_line(step) for step in row.steps.select_related("person")],
    }
    return render(request, "notify/ring.html", context)


def _taken(request: HttpRequest, row: Ring) -> HttpResponse:
    """Take the call; lead to the object when it is taken with it, and say who was first when somebody was."""
    is_mine = ring_acknowledge(ring=row, by=cast(User, request.user))
    row.refresh_from_db()
    if not is_mine:
        messages.warning(request, taken_words(row))
        return redirect("notify:ring", row.pk)
    messages.success(request, "L’appel est à vous : plus personne d’autre n’est appelé.")
    address = ring_kind(row.kind).url(row.object_id)
    return redirect(address) if row.closed_at and address else redirect("notify:ring", row.pk)


def taken_words(row: Ring) -> str:
    if row.acknowledged_by and row.acknowledged_at:
        return f"{row.acknowledged_by} a pris cet appel à {timezone.localtime(row.acknowledged_at):%H:%M}."
    return "Cet appel est terminé : quelqu’un s’en est chargé."


def call_line(step: RingStep) -> dict[str, Any]:
    """One call, as `ui/timeline.html` wants it: who, how, and the furthest that is known of it."""
    word, at, tone = call_state(step)
    return {"title": f"{step.person}, par {Channel(step.channel).label} : {word}", "at": at, "tone": tone}


def call_state(step: RingStep) -> tuple[str, Any, str]:
    if step.acknowledged_at:
        return "a pris l’appel", step.acknowledged_at, "success"
    if step.opened_at:
        return "a ouvert la page", step.opened_at, "info"
    if step.delivered_at:
        return "message remis", step.delivered_at, "info"
    if step.sent_at:
        return "message envoyé", step.sent_at, "neutral"
    return ("message non parti", step.tried_at, "danger") if step.tries else ("en attente", None, "neutral")


@csrf_exempt
@login_not_required
@require_POST
def gateway(request: HttpRequest) -> HttpResponse:
    """`{"id": "<id of the call>", "state": "delivered"}`, signed. Another state is heard and changes nothing."""
    if not is_signed(request.body, request.headers.get("X-Havre-Signature", "")):
        raise Http404
    try:
        payload = json.loads(request.body)
        step_id, state = uuid.UUID(payload["id"]), payload["state"]
    except (ValueError, KeyError, TypeError, AttributeError):
        return HttpResponse(status=400)
    if state == "delivered":
        step_delivered(step_id=step_id)
    return HttpResponse(status=204)
