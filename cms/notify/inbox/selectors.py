"""The inbox of the person signed in: what waits, what is over, what they chose. Row security keeps it theirs."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from cms.journal.services import refusal_queue
from cms.navigation.registry import allowed
from cms.notify.enums import Timing
from cms.notify.inbox.models import NotificationChoice, Obligation, ObligationQuerySet
from cms.notify.inbox.rules import NotificationKind, due_words, notification_kind, notification_kinds
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
    latest = obligations_mine().exclude(closed_at=None).order_by("-closed_at")[:LATEST_OVER]
    over = [row for row in latest if notification_kind(row.kind)]
    said = sentences_of([*rows, *over])
    return Inbox(
        waiting=[line(row, said) for row in rows],
        over=[line(row, said) for row in over],
        unread=sum(row.read_at is None for row in rows),
    )


Said = Mapping[tuple[str, uuid.UUID], str]


def sentences_of(rows: Iterable[Obligation]) -> Said:
    """Return what the apps say of the objects of these lines, in one call a kind."""
    by_kind: dict[str, set[uuid.UUID]] = {}
    for row in rows:
        by_kind.setdefault(row.kind, set()).add(row.object_id)
    said: dict[tuple[str, uuid.UUID], str] = {}
    for kind, ids in by_kind.items():
        spec = notification_kind(kind)
        if spec and spec.sentences:
            said |= {(kind, pk): sentence for pk, sentence in spec.sentences(ids).items()}
    return said


def is_late(row: Obligation) -> bool:
    if row.closed_at or row.due_on is None:
        return False
    return row.due_at < timezone.now() if row.due_at else row.due_on < timezone.localdate()


def line(row: Obligation, said: Said) -> dict[str, Any]:
    """One line; tone and words say together what is late."""
    spec = notification_kind(row.kind)
    badge, tone = ("en retard", "danger") if is_late(row) else ("non lue", "info") if row.read_at is None else ("", "")
    return {
        "pk": row.pk,
        "label": said.get((row.kind, row.object_id)) or (spec.label if spec else ""),
        "url": reverse("inbox:open", args=[row.pk]),
        "read_url": "" if row.read_at or row.closed_at else reverse("inbox:read", args=[row.pk]),
        "at": row.owed_at,
        "due_on": row.due_on,
        "due": due_words(row.due_at, row.due_on),
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
