"""Having a software told takes two people; stopping it takes one, at once."""

import uuid
from collections.abc import Collection
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.utils import timezone

from cms.decisions.services import decision_agree, decision_ask, decision_dismiss
from cms.events.feed.services import events_ready
from cms.events.webhooks.enums import ASKED, PAUSED, DeliveryState, Pause, Sees
from cms.events.webhooks.models import Channel, Delivery, Subscription
from cms.events.webhooks.policies import may_agree, may_tell
from cms.events.webhooks.rules import FORMER_KEY, secret_new
from cms.journal.services import journal_append
from cms.kit.outgoing import AddressRefusedError, address_checked
from cms.notify.inbox.services.obligations import Recipient, notification_close, notification_owe
from cms.users.models import User
from cms.users.roles import SEES_ALL_CASES
from cms.wall import scope

STOPPED = "Ce logiciel n’est plus prévenu : demandez-le de nouveau."
NOT_PAUSED = "Rien n’est en pause."


def _only(by: User, allowed: bool) -> None:
    if scope.current().user_id != by.pk or not allowed:
        raise PermissionDenied


@transaction.atomic
def subscription_ask(
    *, name: str, address: str, kinds: Collection[str], sees: str, reason: str, by: User
) -> Subscription:
    """Ask that a software be told. Raises `ValidationError` beside its field."""
    _only(by, may_tell())
    try:
        address_checked(address.strip())
    except AddressRefusedError as error:
        raise ValidationError({"address": str(error)}) from error
    row = Subscription(
        name=name.strip(), address=address.strip(), kinds=sorted(set(kinds)), sees=Sees(sees), reason=reason.strip()
    )
    decision_ask(row, by=by, tell=_tell)
    people = User.objects.filter(is_active=True, groups__name__in=[role.value for role in SEES_ALL_CASES])
    deciders = people.exclude(pk=by.pk).distinct().values_list("pk", flat=True)
    notification_owe(kind=ASKED, owed=[Recipient(row.pk, person_id=pk) for pk in deciders])
    return row


@transaction.atomic
def subscription_agree(*, row: Subscription, by: User) -> Subscription:
    """Agree, as another person: a key is drawn, and what happens from now on is told."""
    _only(by, may_agree())
    return _close(decision_agree(row, by=by, tell=_tell, effect=_open))


@transaction.atomic
def subscription_dismiss(*, row: Subscription, by: User) -> Subscription:
    """Set aside a request that waits: whoever asked may as well."""
    _only(by, may_tell())
    return _close(decision_dismiss(row, by=by, tell=_tell))


@transaction.atomic
def subscription_revoke(*, row: Subscription, by: User) -> Subscription:
    """Stop telling a software, at once: what waited is not told. Raises `ValidationError` when it was stopped."""
    _only(by, may_tell())
    row = _in_force(row)
    row.revoked_by, row.revoked_at = by, timezone.now()
    row.save(update_fields=["revoked_by", "revoked_at"])
    notification_close(kind=PAUSED, object_id=row.pk)
    _tell("revoke", row)
    return row


@transaction.atomic
def subscription_pause(*, row: Subscription, by: User) -> None:
    _only(by, may_tell())
    Channel.objects.filter(subscription=_in_force(row), paused_at=None).update(
        paused_at=timezone.now(), pause=Pause.ASKED
    )
    _tell("pause", row)


@transaction.atomic
def subscription_resume(*, row: Subscription, by: User) -> None:
    """Take up again where it stopped: what waited is tried at once. Raises `ValidationError` when it is not paused."""
    _only(by, may_tell())
    kept = {"paused_at": None, "pause": "", "failures": 0, "failing_since": None, "next_try_at": None}
    if not Channel.objects.filter(subscription=_in_force(row), paused_at__isnull=False).update(**kept):
        raise ValidationError(NOT_PAUSED)
    Delivery.objects.filter(subscription=row, state=DeliveryState.WAITING).update(
        tries=0, next_try_at=None, waiting_since=timezone.now()
    )
    notification_close(kind=PAUSED, object_id=row.pk)
    _tell("resume", row)


@transaction.atomic
def secret_show(*, row: Subscription, by: User) -> str:
    """Return the key of an address, for whoever writes it in the software. The journal keeps who asked."""
    _only(by, may_tell())
    _in_force(row)
    _tell("key_show", row)
    return Channel.objects.get(subscription=row).secret


@transaction.atomic
def secret_change(*, row: Subscription, by: User) -> str:
    """Draw another key, and return it: the former one signs beside it for a day."""
    _only(by, may_tell())
    channel = Channel.objects.select_for_update().get(subscription=_in_force(row))
    channel.former_secret, channel.former_until = channel.secret, timezone.now() + FORMER_KEY
    channel.secret = secret_new()
    channel.save(update_fields=["secret", "former_secret", "former_until"])
    _tell("key_change", row)
    return channel.secret


@transaction.atomic
def delivery_replay(*, row: Subscription, delivery_id: uuid.UUID, by: User) -> None:
    """Tell one event again, under the same identifier: a receiver that had it knows that it is the same."""
    _only(by, may_tell())
    rows = Delivery.objects.filter(subscription=_in_force(row), pk=delivery_id)
    if not rows.update(state=DeliveryState.WAITING, tries=0, next_try_at=None, waiting_since=timezone.now()):
        raise ValidationError("Cet avis n’est plus gardé.")
    _tell("replay", row)


def _open(row: Subscription) -> dict[str, Any]:
    events_ready()
    with connection.cursor() as cursor:
        cursor.execute("SELECT events_last()")
        position = cursor.fetchone()[0]
    Channel.objects.create(subscription=row, secret=secret_new(), position=position)
    return {}


def _in_force(row: Subscription) -> Subscription:
    """Read the row again, locked. Raises `ValidationError` for what was stopped, or was never agreed to."""
    found = Subscription.objects.select_for_update().in_force().filter(pk=row.pk).first()
    if found is None:
        raise ValidationError(STOPPED)
    return found


def _close(row: Subscription) -> Subscription:
    notification_close(kind=ASKED, object_id=row.pk)
    return row


def _tell(verb: str, row: Subscription) -> None:
    details = {"kinds": list(row.kinds), "sees": row.sees} if verb == "ask" else {}
    journal_append(action=f"events.subscription.{verb}", kind="subscription", object_id=row.pk, details=details)
