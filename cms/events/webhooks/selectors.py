"""What the screens show of the addresses, and of what they were told."""

import uuid

from django.db.models import Count, Max, Q, QuerySet

from cms.events.webhooks.enums import DeliveryState
from cms.events.webhooks.models import Attempt, Channel, Delivery, Subscription

LOG = 50
"""Notices shown at once, the last first."""


def subscriptions_listed() -> QuerySet[Subscription]:
    waiting = Count("deliveries", filter=Q(deliveries__state=DeliveryState.WAITING))
    rows = Subscription.objects.filter(dismissed_at=None).select_related("asked_by")
    return rows.annotate(waiting=waiting, told_at=Max("deliveries__done_at")).order_by("revoked_at", "name")


def subscription_get(pk: uuid.UUID) -> Subscription | None:
    people = ("asked_by", "agreed_by", "dismissed_by", "revoked_by")
    return Subscription.objects.select_related(*people).filter(pk=pk).first()


def channel_of(row: Subscription) -> Channel | None:
    """Return how an address does, its keys apart: they are shown on demand, and the journal knows."""
    return Channel.objects.defer("secret", "former_secret").filter(subscription=row).first()


def log_of(row: Subscription) -> list[tuple[Delivery, Attempt | None]]:
    """Return the last notices of an address, each with its last try."""
    deliveries = list(Delivery.objects.filter(subscription=row).order_by("-position")[:LOG])
    attempts = Attempt.objects.filter(delivery__in=deliveries).order_by("delivery_id", "-at").distinct("delivery_id")
    last = {attempt.delivery_id: attempt for attempt in attempts}
    return [(delivery, last.get(delivery.pk)) for delivery in deliveries]


def attempts_of(row: Subscription, pk: uuid.UUID) -> tuple[Delivery, list[Attempt]] | None:
    delivery = Delivery.objects.filter(subscription=row, pk=pk).first()
    return (delivery, list(delivery.attempts.order_by("-at"))) if delivery else None
