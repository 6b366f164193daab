"""Addresses that receive nothing: what a mail server sends back, and the coordination who is told of it."""

import datetime as dt
import email
import uuid
from collections.abc import Iterator
from email.message import Message

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from cms.notify.inbox.models import Sending
from cms.notify.inbox.services.messages import digest_id
from cms.notify.inbox.services.obligations import Recipient, notifications_follow
from cms.users.models import User
from cms.users.roles import SEES_ALL_CASES
from cms.wall import scope

ADDRESS_REFUSED = "address_refused"
TOLD_DAYS = 30
"""A refusal older than that says nothing of the address any more."""
RETURN_DAYS = 7
"""Servers give a message up after five days."""


@transaction.atomic
def refusals_follow(*, at: dt.datetime | None = None) -> None:
    """Tell the coordination of each person whose last message was refused for good; no longer once one leaves."""
    at = at or timezone.now()
    with scope.acting(scope.NOTIFY):
        refused = list(_refused(at))
        groups = [role.value for role in SEES_ALL_CASES]
        told = User.objects.filter(is_active=True, groups__name__in=groups).distinct().values_list("pk", flat=True)
        owed = [Recipient(object_id=person, person_id=pk) for person in refused for pk in told if pk != person]
    notifications_follow(kind=ADDRESS_REFUSED, owed=owed)


def _refused(at: dt.datetime) -> Iterator[uuid.UUID]:
    since = at - dt.timedelta(days=TOLD_DAYS)
    rows = Sending.objects.filter(Q(refused_at__gt=since) | Q(sent_at__gt=since), obligation__person__is_active=True)
    for person, refused, sent in rows.values_list("obligation__person").annotate(Max("refused_at"), Max("sent_at")):
        if refused and (sent is None or sent < refused):
            yield person


def message_returned(content: bytes, *, at: dt.datetime | None = None) -> bool:
    """Read what a mail server sends back (RFC 3464). False when it is not about one of our messages, or not final."""
    at = at or timezone.now()
    told = email.message_from_bytes(content)
    key = _original(told)
    if key is None or not _is_final(told):
        return False
    since = timezone.localdate(at) - dt.timedelta(days=RETURN_DAYS)
    with scope.acting(scope.NOTIFY):
        rows = Sending.objects.filter(pk=key)
        if not rows.exists():
            digests = Sending.objects.filter(digest_on__gte=since, obligation__person__isnull=False)
            pairs = digests.values_list("obligation__person", "digest_on").distinct()
            of = next(((person, day) for person, day in pairs if day and digest_id(person, day) == key), None)
            rows = Sending.objects.filter(obligation__person=of[0], digest_on=of[1]) if of else rows
        is_ours = bool(rows.update(sent_at=None, refused_at=at))
    refusals_follow(at=at)
    return is_ours


def _original(told: Message) -> uuid.UUID | None:
    """Return the key of the message that came back: its identifier bears it."""
    for part in told.walk():
        if part.get_content_type() in ("message/rfc822", "text/rfc822-headers"):
            inner = part.get_payload()
            first = inner[0] if isinstance(inner, list) else None
            head = first if isinstance(first, Message) else email.message_from_string(str(inner))
            try:
                return uuid.UUID(str(head["Message-ID"]).strip("<> \r\n").partition("@")[0])
            except ValueError:
                return None
    return None


def _is_final(told: Message) -> bool:
    """Return whether it failed for good: a delay is told too, and is not a failure."""
    for part in told.walk():
        if part.get_content_type() == "message/delivery-status":
            for block in part.get_payload():
                if isinstance(block, Message) and str(block["Action"]).strip().lower() == "failed":
                    return str(block["Status"]).strip().startswith("5")
    return False
