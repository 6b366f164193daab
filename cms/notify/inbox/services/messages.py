"""Sending what is owed, worked out from what is written: a scan, each minute and as soon as something is owed.

No timer is kept, so none is lost. Everything may run twice: a message has one id, hence one Message-ID.
"""

import datetime as dt
import uuid
from collections.abc import Iterable
from smtplib import SMTPException, SMTPRecipientsRefused
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import F, Prefetch, QuerySet
from django.utils import timezone

from cms.kit.addresses import address_of, home_address
from cms.kit.mails import mail
from cms.notify.enums import DIGEST_HOUR, QUIET_FROM, QUIET_TO, Post, Timing
from cms.notify.inbox.models import NotificationChoice, Obligation, Sending
from cms.notify.inbox.rules import MessageContent, NotificationKind, due_words, notification_kind, notification_kinds
from cms.notify.inbox.words import DIGEST, text_fill, text_in_force
from cms.values.settings import setting_values
from cms.wall import scope

NAMESPACE = uuid.UUID("c2a0f5a4-3b0e-4b0c-8d2f-7b3c4d5e6f70")
MAX_TRIES = 8
FINAL = 500
"""From this answer on, a mail server refuses for good."""
PARIS = ZoneInfo("Europe/Paris")
"""The day and its hours are those of the network, wherever the server stands."""

DueMessage = tuple[Obligation, NotificationKind, int | None]


def notifications_send(*, at: dt.datetime | None = None) -> int:
    """Send what is due; answers how many messages left."""
    at = at or timezone.now()
    with scope.acting(scope.NOTIFY):
        _close_what_is_no_longer_theirs(at)
        at_once, by_person = _sorted(_due(at), at)
    sent = sum(_send_one(row.pk, step, at=at) for row, _, step in at_once)
    return sent + sum(_send_digest(person_id, due, at=at) for person_id, due in by_person.items())


def sending_id(obligation_id: uuid.UUID, step: int | None) -> uuid.UUID:
    return uuid.uuid5(NAMESPACE, f"{obligation_id}/{'' if step is None else step}")


def digest_id(person_id: uuid.UUID, day: dt.date) -> uuid.UUID:
    return uuid.uuid5(NAMESPACE, f"{person_id}/{day}")


def step_on(due_on: dt.date | None, day: dt.date, steps: Iterable[int]) -> int | None:
    """Return the reminder due on a day: the latest whose time has come, so that a day without a worker loses none."""
    if due_on is None:
        return None
    days_before = (due_on - day).days
    return min((step for step in steps if days_before <= step), default=None)


def _close_what_is_no_longer_theirs(at: dt.datetime) -> None:
    rows = Obligation.objects.open().extra(where=["notify_obligation.id NOT IN (SELECT obligation_held_ids())"])
    rows.update(closed_at=at)


def _due(at: dt.datetime) -> list[DueMessage]:
    """Return what is open and whose present step has not left yet."""
    day = at.astimezone(PARIS).date()
    due: list[DueMessage] = []
    steps = {spec.kind: spec.steps() for spec in notification_kinds()}
    rows = Obligation.objects.open().select_related("person")
    for row in rows.prefetch_related(Prefetch("sendings", to_attr="messages")):
        spec = notification_kind(row.kind)
        if spec is None:
            continue
        step = step_on(row.due_on, day, steps[row.kind])
        if step is None and not spec.is_announced:
            continue
        messages = {message.step: message for message in row.messages}
        if step is not None and spec.is_announced and _is_said(row, step, messages.get(None)):
            # Owed so late that its reminder is due already: the first message says it.
            step = None
        if _may_leave(messages.get(step), at):
            due.append((row, spec, step))
    return due


def _is_said(row: Obligation, step: int, first: Sending | None) -> bool:
    """Say whether the first message has not left, or left once the time of this reminder had come."""
    if first is not None and first.refused_at:
        return False  # the address may have been put right since: the reminder is tried
    if first is None or first.sent_at is None or row.due_on is None:
        return True
    return first.sent_at.astimezone(PARIS).date() >= row.due_on - dt.timedelta(days=step)


def _may_leave(message: Sending | None, at: dt.datetime) -> bool:
    """Never tried, or tried long enough ago: the pause grows with the tries."""
    if message is None or message.tried_at is None:
        return True
    if message.sent_at or message.refused_at or message.tries >= MAX_TRIES:
        return False
    return message.tried_at + dt.timedelta(minutes=2**message.tries) <= at


def _sorted(due: list[DueMessage], at: dt.datetime) -> tuple[list[DueMessage], dict[uuid.UUID, list[DueMessage]]]:
    """Return what leaves now, and what stands in the message of this morning, by person."""
    chosen: dict[tuple[uuid.UUID | None, str], str] = {
        (row.person_id, row.kind): row.timing
        for row in NotificationChoice.objects.filter(person__in={row.person_id for row, *_ in due if row.person_id})
    }
    quiet_from, quiet_to, digest_hour = setting_values(QUIET_FROM, QUIET_TO, DIGEST_HOUR)
    hour = at.astimezone(PARIS).hour
    is_quiet = _is_quiet(hour, quiet_from, quiet_to)
    at_once: list[DueMessage] = []
    by_person: dict[uuid.UUID, list[DueMessage]] = {}
    for row, spec, step in due:
        person_id = row.person_id
        if spec.is_urgent or person_id is None:
            timing = Timing.NOW
        else:
            timing = Timing(chosen.get((person_id, row.kind), spec.timing))
        if timing == Timing.NOW and (spec.is_urgent or not is_quiet):
            at_once.append((row, spec, step))
        elif timing == Timing.MORNING and hour >= digest_hour and person_id:
            by_person.setdefault(person_id, []).append((row, spec, step))
    day = at.astimezone(PARIS).date()
    done = set(
        Sending.objects.filter(digest_on=day, obligation__person__in=by_person).values_list(
            "obligation__person_id", flat=True
        )
    )
    return at_once, {person: rows for person, rows in by_person.items() if person not in done}


def _is_quiet(hour: int, quiet_from: int, quiet_to: int) -> bool:
    """Say whether an hour is of the night, which goes over midnight; two equal hours mean that there is none."""
    if quiet_from <= quiet_to:
        return quiet_from <= hour < quiet_to
    return hour >= quiet_from or hour < quiet_to


def _send_one(obligation_id: uuid.UUID, step: int | None, *, at: dt.datetime) -> bool:
    """One message. Killed before it is marked, the next scan sends it again under the same Message-ID."""
    key = sending_id(obligation_id, step)
    with scope.acting(scope.NOTIFY):
        row = _claimed(key, [obligation_id]).first()
        if row is None or Sending.objects.filter(pk=key, sent_at__isnull=False).exists():
            return False
        message = Sending.objects.filter(pk=key).first() or Sending(pk=key, obligation=row, step=step)
        spec = notification_kind(row.kind)
        extra = spec.particulars(row.object_id, row.pk) if spec and spec.particulars else MessageContent()
        if extra is None:
            Obligation.objects.filter(pk=row.pk).update(closed_at=at)
            return False
        post = _mail_one(key, row, extra, at=at)
        is_sent = post == Post.LEFT
        message.tried_at, message.tries, message.sent_at = at, message.tries + 1, at if is_sent else None
        message.refused_at = at if post == Post.REFUSED else None
        message.save()
        if is_sent and row.person is None and spec and not spec.steps():
            Obligation.objects.filter(pk=row.pk).update(closed_at=at)
        return is_sent


def _mail_one(key: uuid.UUID, row: Obligation, extra: MessageContent, *, at: dt.datetime) -> Post:
    text = text_in_force(row.kind)
    values = {
        "link": _page(row.pk) if row.person else extra.link or home_address(),
        "day": f"{row.due_on:%d/%m/%Y}" if row.due_on else "",
        "due": due_words(row.due_at, row.due_on, now=at),
        "content": extra.content,
    }
    address = row.person.email if row.person else row.address
    return _mail(key, address, text_fill(text.subject, **values), text_fill(text.body, **values), extra.files)


def _send_digest(person_id: uuid.UUID, due: list[DueMessage], *, at: dt.datetime) -> bool:
    """One message for the morning. One that does not leave is tried again a minute later, the whole morning."""
    day = at.astimezone(PARIS).date()
    key = digest_id(person_id, day)
    steps = {row.pk: step for row, _, step in due}
    with scope.acting(scope.NOTIFY):
        rows = list(_claimed(key, list(steps)))
        if not rows or Sending.objects.filter(digest_on=day, obligation__person=person_id).exists():
            return False
        text = text_in_force(DIGEST)
        values = {"link": _page(), "items": _items(rows)}
        post = _mail(key, rows[0].person.email, text_fill(text.subject, **values), text_fill(text.body, **values))
        if post == Post.WAITS:
            return False
        is_sent = post == Post.LEFT
        told = {"tried_at": at, "sent_at": at if is_sent else None, "refused_at": None if is_sent else at}
        for row in rows:
            message_id = sending_id(row.pk, steps[row.pk])
            known = Sending.objects.filter(pk=message_id)
            if not known.update(tries=F("tries") + 1, digest_on=day, **told):
                Sending.objects.create(
                    pk=message_id, obligation=row, step=steps[row.pk], tries=1, digest_on=day, **told
                )
        return is_sent


def _claimed(key: uuid.UUID, ids: list[uuid.UUID]) -> QuerySet[Obligation]:
    """Return what is still open of these, unless another worker is sending the message; no row is locked meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 2))", [str(key)])
        if not cursor.fetchone()[0]:
            return Obligation.objects.none()
    held = (
        Obligation.objects.open()
        .filter(pk__in=ids)
        .extra(where=["notify_obligation.id IN (SELECT obligation_held_ids())"])
    )
    return held.select_related("person").order_by("owed_at")


def _items(rows: list[Obligation]) -> str:
    """« – Une signature vous attend (2) »: what waits, never about whom."""
    counts: dict[str, int] = {}
    for row in rows:
        spec = notification_kind(row.kind)
        if spec:
            counts[spec.label] = counts.get(spec.label, 0) + 1
    return "\n".join(f"– {label}{f' ({count})' if count > 1 else ''}" for label, count in counts.items())


def _page(pk: uuid.UUID | None = None) -> str:
    return address_of("inbox:open", pk) if pk else address_of("inbox:list")


def _mail(key: uuid.UUID, address: str, subject: str, body: str, files: tuple[tuple[str, str, str], ...] = ()) -> Post:
    try:
        mail(to=address, subject=f"Havre : {subject[:1].lower()}{subject[1:]}", body=body, key=key, files=files)
    except SMTPRecipientsRefused as error:
        # 4xx: not now (a full mailbox, a server that makes strangers wait). 5xx: never.
        is_final = all(code >= FINAL for code, _ in error.recipients.values())
        return Post.REFUSED if is_final else Post.WAITS
    except (SMTPException, OSError):
        return Post.WAITS
    return Post.LEFT
