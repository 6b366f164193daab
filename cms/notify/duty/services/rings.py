"""A ring: opened with what it is about, acknowledged by one person, closed when the object is taken."""

import datetime as dt
import uuid

from django.db import connection, transaction
from django.db.models import F, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from procrastinate.contrib.django import app

from cms.journal.services import journal_append, journal_read
from cms.notify.duty.models import Ring, RingStep
from cms.notify.duty.rules.kinds import ring_kind
from cms.users.models import User


@transaction.atomic
def ring_open(*, kind: str, object_id: uuid.UUID) -> None:
    """Ring for an object until it is taken; nothing more when it rings already.

    Called in the transaction of what causes it, by whoever causes it. The first messages leave with the job queued
    here; if it were lost, the scan of the next minute would send them.
    """
    ring_kind(kind)
    ring_id = uuid.uuid4()
    with connection.cursor() as cursor:
        cursor.execute("SELECT ring_open(%s, %s, %s)", [ring_id, kind, object_id])
        is_new = cursor.fetchone()[0]
    if is_new:
        journal_append(action="notify.ring.open", kind="ring", object_id=ring_id, details={"kind": kind})
        # A lock of its own: that of the task would refuse a second request in the same minute.
        app.configure_task("cms.notify.tasks.rings", queueing_lock=f"ring-{ring_id}").defer(timestamp=0)


@transaction.atomic
def ring_close(*, kind: str, object_id: uuid.UUID, by: User | None = None) -> None:
    """Nothing more to take: no message leaves from now on. Whoever ends it may not see it: the owner closes it.

    `by`: who took the object, and its call with it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT ring_close(%s, %s, %s)", [kind, object_id, by.pk if by else None])
        [ring_id] = cursor.fetchone()
    if ring_id:
        journal_append(action="notify.ring.close", kind="ring", object_id=ring_id)


@transaction.atomic
def ring_opened(*, kind: str, object_id: uuid.UUID, by: User) -> None:
    """Mark the calls of a person about an object as read: they opened its own page rather than that of the call."""
    ring = Ring.objects.open().filter(kind=kind, object_id=object_id, steps__person=by).first()
    if ring:
        ring_seen(ring=ring, by=by)


@transaction.atomic
def ring_seen(*, ring: Ring, by: User) -> None:
    """Mark the calls of a person as read: they opened the page. It does not take the call."""
    journal_read("ring", ring.pk)
    own = RingStep.objects.filter(ring=ring, person=by, sent_at__isnull=False, opened_at=None)
    own.update(opened_at=timezone.now())


@transaction.atomic
def ring_acknowledge(*, ring: Ring, by: User, at: dt.datetime | None = None) -> bool:
    """« Je prends l’appel », and the object with it when its kind says so. False when somebody else did before, or
    when it is over: of two at once, one wins.
    """
    at = at or timezone.now()
    free = Ring.objects.open().filter(pk=ring.pk, acknowledged_at=None)
    spec = ring_kind(ring.kind)
    if spec.take:
        # The object is locked before its ring, as on its own page: two people never wait for each other.
        is_mine = free.exists() and spec.take(ring.object_id, by)
    else:
        is_mine = bool(free.update(acknowledged_at=at, acknowledged_by=by))
    if is_mine:
        _own_answered(ring, by, at)
        journal_append(action="notify.ring.acknowledge", kind="ring", object_id=ring.pk)
        if spec.is_information:
            ring_close(kind=ring.kind, object_id=ring.object_id)
    return is_mine


@transaction.atomic
def ring_read(*, ring: Ring, by: User, at: dt.datetime | None = None) -> None:
    """« J’ai lu », from somebody who was told and may not take the call: the calls go on with the next persons."""
    if _own_answered(ring, by, at or timezone.now()):
        journal_append(action="notify.ring.read", kind="ring", object_id=ring.pk)


def _own_answered(ring: Ring, by: User, at: dt.datetime) -> int:
    own = RingStep.objects.filter(ring=ring, person=by, sent_at__isnull=False, acknowledged_at=None)
    return own.update(acknowledged_at=at, opened_at=Coalesce(F("opened_at"), Value(at)))
