"""Telling what happened: worked out from what is written, each minute. Everything may run twice.

What is to be told is copied for each address under the scope of whoever answers for it, then each is called in its
turn. A killed worker tells again under the same identifier: at least once, and in order for one object.
"""

import datetime as dt
import time
from typing import cast

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from cms.events.feed.models import Event
from cms.events.feed.rules import KEPT_MONTHS, envelope
from cms.events.feed.services import events_ready
from cms.events.webhooks.enums import FAILING_DAYS, PAUSED, DeliveryState, Outcome, Pause, Sees
from cms.events.webhooks.models import Attempt, Channel, Delivery, Subscription
from cms.events.webhooks.rules import GONE, SECONDS, body_of, delay_after, headers_of, is_received
from cms.journal.services import journal_append
from cms.kit.outgoing import AddressRefusedError, NoAnswerError, post
from cms.notify.inbox.services.obligations import Recipient, notification_owe
from cms.users.models import User
from cms.users.roles import Role
from cms.values.settings import setting_value
from cms.wall import scope

RUN_SECONDS = 20
"""No call begins later in a run: the worker has urgent messages to send."""
AT_ONCE = 500
"""Events copied for one address in a run."""


def webhooks_send(*, at: dt.datetime | None = None) -> int:
    """Tell what is due; answers how many notices are over."""
    at, until = at or timezone.now(), time.monotonic() + RUN_SECONDS
    with scope.acting(scope.EVENTS):
        events_ready()
    with scope.acting(scope.EVENTS):
        rows = Subscription.objects.in_force().filter(channel__paused_at=None).select_related("asked_by")
        # Whoever waited the longest first: an address that hangs takes its turn, and no more.
        known = list(rows.order_by("channel__next_try_at", "pk"))
    received = 0
    for row in known:
        if _copy(row):
            received += _send_to(row, at, until)
    return received


def _reader(row: Subscription) -> User | AnonymousUser | None:
    """Return whose eyes choose what is told; None: they closed."""
    if row.sees == Sees.PUBLIC:
        return AnonymousUser()
    return row.asked_by if row.asked_by.is_active else None


def _copy(row: Subscription) -> bool:
    """Copy what is new for an address; say whether it may be called."""
    with scope.acting(scope.EVENTS):
        channel = Channel.objects.defer("secret", "former_secret").select_for_update().get(subscription=row)
        reader = _reader(row)
        if reader is None:
            _pause(row, channel, Pause.OWNER)
            return False
        new = Event.objects.filter(position__gt=channel.position)
        last = new.order_by("-position").values_list("position", flat=True).first()
        if last is None:
            return True
        with scope.acting(reader):
            # As they read it now, and no further than what has a place for this actor too.
            seen = list(new.filter(position__lte=last, kind__in=row.kinds).order_by("position")[:AT_ONCE])
        Delivery.objects.bulk_create([_delivery(row, event) for event in seen], ignore_conflicts=True)
        channel.position = _position(seen[-1]) if len(seen) == AT_ONCE else last
        channel.save(update_fields=["position"])
    return True


def _position(event: Event) -> int:
    """Return the place of an event that has one, as whatever is read after a place does."""
    return cast(int, event.position)


def _delivery(row: Subscription, event: Event) -> Delivery:
    return Delivery(
        subscription=row,
        event_key=event.key,
        kind=event.kind,
        object=event.object,
        object_id=event.object_id,
        at=event.at,
        position=_position(event),
        waiting_since=timezone.now(),
    )


def _send_to(row: Subscription, at: dt.datetime, until: float) -> int:
    """Call one address as long as it answers, and time allows."""
    received = 0
    while time.monotonic() < until and (is_received := _send_next(row, at)) is not None:
        if not is_received:
            break
        received += 1
    return received


def _send_next(row: Subscription, at: dt.datetime) -> bool | None:
    """Tell the next thing; None: nothing is due, or somebody else is at it."""
    with scope.acting(scope.EVENTS):
        channels = Channel.objects.select_for_update(skip_locked=True).filter(subscription=row, paused_at=None)
        in_force = Subscription.objects.in_force().filter(pk=row.pk)
        channel = channels.filter(Q(next_try_at=None) | Q(next_try_at__lte=at), Exists(in_force)).first()
        delivery = _next_due(row, at) if channel else None
        if channel is None or delivery is None:
            return None
        if not _is_seen(row, delivery):
            delivery.state = DeliveryState.WITHHELD
            delivery.save(update_fields=["state"])
            return True
        attempt = _try(row, channel, delivery)
        attempt.save(force_insert=True)
        _note(row, channel, delivery, attempt, at)
        return attempt.outcome == Outcome.RECEIVED


def _next_due(row: Subscription, at: dt.datetime) -> Delivery | None:
    """Return the next notice that is due, and that no older one about the same object precedes.

    What was never tried comes first: a notice that is always refused would take every turn of the others.
    """
    waiting = Delivery.objects.filter(subscription=row, state=DeliveryState.WAITING)
    same = {"object": OuterRef("object"), "object_id": OuterRef("object_id")}
    older = waiting.filter(**same, position__lt=OuterRef("position"))
    due = waiting.filter(Q(next_try_at=None) | Q(next_try_at__lte=at)).exclude(Exists(older))
    return due.order_by(F("next_try_at").asc(nulls_first=True), "position").first()


def _is_seen(row: Subscription, delivery: Delivery) -> bool:
    """Say whether whoever answers for the address may still read what it would be told of.

    An event that the feed has forgotten was seen when it was copied.
    """
    known = Event.objects.filter(key=delivery.event_key)
    reader = _reader(row)
    if not known.exists():
        return reader is not None
    if reader is None:
        return False
    with scope.acting(reader):
        return known.exists()


def _try(row: Subscription, channel: Channel, delivery: Delivery) -> Attempt:
    """Call the address once. The hour of the signature is that of the call, whatever the run works out."""
    now, body = timezone.now(), body_of(envelope(delivery.told))
    headers = headers_of(str(delivery.event_key), body, now, channel.keys(now))
    attempt = Attempt(delivery=delivery, at=now)
    try:
        answer = post(row.address, body, headers, seconds=SECONDS)
    except AddressRefusedError:
        attempt.outcome = Outcome.ADDRESS
    except NoAnswerError as error:
        attempt.outcome = Outcome(str(error))
    else:
        attempt.status, attempt.milliseconds = answer.status, answer.milliseconds
        attempt.outcome = Outcome.RECEIVED if is_received(answer.status) else Outcome.REFUSED
    return attempt


def _note(row: Subscription, channel: Channel, delivery: Delivery, attempt: Attempt, at: dt.datetime) -> None:
    """Keep how a try ended, for the notice and for its address."""
    delivery.tries += 1
    if attempt.outcome == Outcome.RECEIVED:
        delivery.state, delivery.done_at, delivery.next_try_at = DeliveryState.DONE, at, None
        channel.failures, channel.failing_since, channel.next_try_at = 0, None, None
    else:
        channel.failures += 1
        channel.failing_since = channel.failing_since or at
        channel.next_try_at = at + delay_after(channel.failures)
        delivery.next_try_at = at + delay_after(delivery.tries)
        if _is_refused_alone(row, delivery, at):
            delivery.state = DeliveryState.GIVEN_UP
    delivery.save(update_fields=["tries", "state", "done_at", "next_try_at"])
    channel.save(update_fields=["failures", "failing_since", "next_try_at"])
    if attempt.status == GONE:
        _pause(row, channel, Pause.GONE, at)
    elif channel.failing_since and at - channel.failing_since >= _patience():
        _pause(row, channel, Pause.FAILING, at)


def _patience() -> dt.timedelta:
    return dt.timedelta(days=setting_value(FAILING_DAYS))


def _is_refused_alone(row: Subscription, delivery: Delivery, at: dt.datetime) -> bool:
    """Say whether one notice was refused for days while others were received: it alone is given up."""
    others = Delivery.objects.filter(subscription=row, done_at__gt=delivery.waiting_since)
    return at - delivery.waiting_since >= _patience() and others.exists()


def _pause(row: Subscription, channel: Channel, why: Pause, at: dt.datetime | None = None) -> None:
    """Leave an address in peace, and tell whoever answers for it, and the direction. What waits goes on waiting."""
    channel.paused_at, channel.pause = at or timezone.now(), why
    channel.save(update_fields=["paused_at", "pause"])
    journal_append(
        action="events.subscription.stop", kind="subscription", object_id=row.pk, details={"pause": why.value}
    )
    people = User.objects.filter(is_active=True, groups__name=Role.DIRECTION.value)
    told = {*people.values_list("pk", flat=True), *([row.asked_by_id] if row.asked_by.is_active else [])}
    notification_owe(kind=PAUSED, owed=[Recipient(row.pk, person_id=pk) for pk in sorted(told)])


def deliveries_forget() -> int:
    """Remove the log that is as old as what the feed forgets. Run under the scope of `EVENTS`."""
    before = timezone.now() - dt.timedelta(days=KEPT_MONTHS * 31)
    with connection.cursor() as cursor:
        cursor.execute("SELECT deliveries_forget(%s)", [before])
        return cursor.fetchone()[0]
