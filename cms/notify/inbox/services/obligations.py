"""Owing somebody a word, and closing it, in the transaction of what causes it: rolled back, nothing leaves."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone
from procrastinate.contrib.django import app

from cms.journal.rows import row_clean
from cms.journal.services import journal_append
from cms.notify.enums import Timing
from cms.notify.inbox.models import MessageText, NotificationChoice, Obligation
from cms.notify.inbox.rules import notification_kind
from cms.notify.inbox.words import DIGEST, text_check
from cms.users.models import User
from cms.wall import scope


@dataclass(frozen=True)
class Recipient:
    """One person to tell of one object; as a member of a partner, or for a role of the network. Somebody without an
    account is an `address`. `key`: the id of the obligation, when a link in the message is drawn from it.
    """

    object_id: uuid.UUID
    person_id: uuid.UUID | None = None
    partner_id: uuid.UUID | None = None
    role: str = ""
    due_on: dt.date | None = None
    due_at: dt.datetime | None = None
    """The hour when it is due; its day in Paris stands for `due_on`."""
    address: str = ""
    key: uuid.UUID | None = None


@transaction.atomic
def notification_owe(*, kind: str, owed: Iterable[Recipient]) -> int:
    """Open what is not open yet; answers how many are new. The first messages leave with the job queued here; if it
    were lost, the scan of the next minute would send them.
    """
    spec = notification_kind(kind)
    if spec is None:
        raise KeyError(kind)
    new = [row_id for row_id in (_owe(kind, one) for one in owed) if row_id]
    if new and spec.is_announced:
        # A lock of its own: that of the task would refuse what another request queues in the same minute.
        app.configure_task("cms.notify.tasks.notifications", queueing_lock=f"notify-{new[0]}").defer(timestamp=0)
    return len(new)


def _owe(kind: str, one: Recipient) -> uuid.UUID | None:
    row_id = one.key or uuid.uuid4()
    due_on = timezone.localdate(one.due_at) if one.due_at else one.due_on
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT obligation_owe(%s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [row_id, kind, one.object_id, one.person_id, one.partner_id, one.role, due_on, one.address, one.due_at],
        )
        return row_id if cursor.fetchone()[0] else None


@transaction.atomic
def notification_close(
    *,
    kind: str,
    object_id: uuid.UUID,
    person_id: uuid.UUID | None = None,
    partner_id: uuid.UUID | None = None,
) -> int:
    """Close an obligation: nothing more is sent of it, to anybody unless one is named."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT obligation_close(%s, %s, %s, %s)", [kind, object_id, person_id, partner_id])
        return cursor.fetchone()[0]


@transaction.atomic
def notifications_follow(*, kind: str, owed: Iterable[Recipient]) -> None:
    """Make what is open of a kind what is wanted now: what is missing opens, what is no longer wanted closes.

    For what is worked out from the state rather than caused by one act (a signature awaited, a term that comes).
    """
    wanted = {(one.object_id, one.person_id, one.partner_id, one.address): one for one in owed}
    with scope.acting(scope.NOTIFY):
        rows = Obligation.objects.open().filter(kind=kind)
        known = {(row.object_id, row.person_id, row.partner_id, row.address): row for row in rows}
        over = [known[key].pk for key in known.keys() - wanted.keys()]
        Obligation.objects.filter(pk__in=over).update(closed_at=timezone.now())
        moved = [one for key, one in wanted.items() if key not in known or known[key].due_on != one.due_on]
        notification_owe(kind=kind, owed=moved)


@transaction.atomic
def notification_open(*, obligation: Obligation) -> None:
    """Record that the person, signed in, followed the link."""
    at = timezone.now()
    row = Obligation.objects.filter(pk=obligation.pk)
    row.update(opened_at=Coalesce(F("opened_at"), at), read_at=Coalesce(F("read_at"), at))


@transaction.atomic
def notifications_read(*, by: User, pk: uuid.UUID | None = None) -> int:
    """Mark one line as read, or all of them. It ends no obligation: what waits goes on waiting."""
    rows = Obligation.objects.unread().filter(person=by)
    return (rows.filter(pk=pk) if pk else rows).update(read_at=timezone.now())


@transaction.atomic
def notification_choose(*, by: User, timings: dict[str, Timing]) -> None:
    """Keep how a person wants to be told of each kind. Raises `ValidationError` for a kind that is locked on."""
    known = {row.kind: row for row in NotificationChoice.objects.filter(person=by)}
    for kind, timing in timings.items():
        spec = notification_kind(kind)
        if spec is None or spec.is_urgent:
            raise ValidationError("Ces messages partent toujours aussitôt : ils ne se règlent pas.")
        row = known.get(kind) or NotificationChoice(person=by, kind=kind)
        row.timing = timing
        row_clean(row)
        row.save()


@transaction.atomic
def message_text_change(*, kind: str, subject: str, body: str, by: User, reason: str = "") -> MessageText:
    """Put a new version of a text in force. Raises `ValidationError` beside its field."""
    if kind != DIGEST and notification_kind(kind) is None:
        raise ValidationError("Ce message n’existe pas.")
    subject, body = subject.strip(), body.replace("\r\n", "\n").strip()
    text_check(kind, subject, body)
    text = MessageText(kind=kind, subject=subject, body=body, written_at=timezone.now(), written_by=by, reason=reason)
    row_clean(text)
    text.save(force_insert=True)
    journal_append(action="notify.text.change", details={"kind": kind})
    return text
