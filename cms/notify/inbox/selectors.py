"""The inbox of the person signed in: what waits, what is over, what they chose. Row security keeps it theirs."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from cms.journal.services import refusal_queue
from cms.navigation.registry import allowed
from cms.notify.enums import Timing
from cms.notify.inbox.models import NotificationChoice, Obligation, ObligationQuerySet
from cms.notify.inbox.rules import NotificationKind, notification_kind, notification_kinds
from cms.wall import scope

LATEST_OVER = 20


def obligations_mine() -> ObligationQuerySet:
    return Obligation.objects.filter(person_id=scope.current().user_id)


def obligation_get(*, pk: uuid.UUID) -> tuple[Obligation, NotificationKind]:
    """One of mine with its kind, or 404 with the refusal kept for the journal."""
    row = obligations_mine().filter(pk=pk).first()
    spec = row and notification_kind(row.kind)
    if row is None or spec is None:
        refusal_queue("obligation", pk, "notify.obligation.read")
        raise Http404
    return row, spec


@dataclass(frozen=True)
class Inbox:
    waiting: list[dict[str, Any]]
    over: list[dict[str, Any]]
    unread: int


def inbox() -> Inbox:
    """Return what waits: unread first, then the nearest day, then the oldest. Two queries."""
    today = timezone.localdate()
    rows = [row for row in obligations_mine().open() if notification_kind(row.kind)]
    rows.sort(key=lambda row: (row.read_at is not None, row.due_on is None, row.due_on or today, row.owed_at))
    over = obligations_mine().exclude(closed_at=None).order_by("-closed_at")[:LATEST_OVER]
    return Inbox(
        waiting=[line(row, today) for row in rows],
        over=[line(row, today) for row in over if notification_kind(row.kind)],
        unread=sum(row.read_at is None for row in rows),
    )


def line(row: Obligation, today: dt.date) -> dict[str, Any]:
    """One line; tone and words say together what is late."""
    spec = notification_kind(row.kind)
    is_late = row.closed_at is None and row.due_on is not None and row.due_on < today
    badge, tone = ("en retard", "danger") if is_late else ("non lue", "info") if row.read_at is None else ("", "")
    return {
        "pk": row.pk,
        "label": spec.label if spec else "",
        "url": reverse("inbox:open", args=[row.pk]),
        "read_url": "" if row.read_at or row.closed_at else reverse("inbox:read", args=[row.pk]),
        "at": row.owed_at,
        "due_on": row.due_on,
        "closed_at": row.closed_at,
        "badge_label": badge,
        "badge_tone": tone,
    }


def choices_mine() -> list[tuple[NotificationKind, Timing]]:
    """Kinds that concern the person, with what holds for each: an urgent one is always « aussitôt »."""
    rows = NotificationChoice.objects.filter(person_id=scope.current().user_id)
    chosen = {row.kind: Timing(row.timing) for row in rows}
    return [
        (spec, Timing.NOW if spec.is_urgent else chosen.get(spec.kind, spec.timing))
        for spec in notification_kinds()
        if spec.is_chosen and allowed(spec.roles)
    ]
