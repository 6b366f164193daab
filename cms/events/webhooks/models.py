"""Which software is told of what, at which address; what waits to be told, and each try."""

import datetime as dt
import uuid
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from cms.decisions.models import DecidedByTwo, DecisionQuerySet
from cms.events.feed.rules import LEAVES, Told
from cms.events.webhooks.enums import DeliveryState, Outcome, Pause, Sees
from cms.kit.constraints import whole
from cms.kit.fields import person
from cms.vault.fields import SealedTextField


class SubscriptionQuerySet(DecisionQuerySet):
    def in_force(self) -> Self:
        return self.agreed().filter(revoked_at=None)


class Subscription(DecidedByTwo):
    """A software told of what happens, at one address: asked by whoever answers for it, agreed to by another person.

    Seen by the coordination, the direction and the technical administration. What was agreed to never changes.
    """

    name = models.CharField("logiciel", max_length=80)
    address = models.CharField("adresse appelée", max_length=500)
    kinds = ArrayField(
        models.CharField(max_length=60, choices=list(LEAVES.items())), verbose_name="ce qui lui est dit"
    )
    sees = models.CharField("de quoi", max_length=10, choices=Sees.choices, default=Sees.PUBLIC)
    reason = models.CharField("pourquoi", max_length=300)
    revoked_by = person("arrêté par", null=True, editable=False)
    revoked_at = models.DateTimeField("arrêté le", null=True, blank=True, editable=False)

    objects = SubscriptionQuerySet.as_manager()

    class Meta(DecidedByTwo.Meta):
        verbose_name = "logiciel prévenu"
        verbose_name_plural = "logiciels prévenus"
        constraints = [
            *DecidedByTwo.Meta.constraints,
            whole("subscription_revoked_whole", "revoked_by", "revoked_at", also=Q(agreed_at__isnull=False)),
            models.CheckConstraint(
                condition=~Q(kinds=[]),
                name="subscription_says_something",
                violation_error_message="Choisissez au moins une chose à dire.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_in_force(self) -> bool:
        return self.is_agreed and self.revoked_at is None


class Channel(models.Model):
    """What changes about an address in force: its key, how far it was told, how it answers."""

    subscription = models.OneToOneField(
        Subscription, on_delete=models.PROTECT, primary_key=True, related_name="channel", verbose_name="logiciel"
    )
    secret = SealedTextField("clé", editable=False)
    former_secret = SealedTextField("clé d’avant", blank=True, editable=False)
    former_until = models.DateTimeField("clé d’avant jusqu’au", null=True, blank=True, editable=False)
    position = models.BigIntegerField("dit jusqu’au rang", default=0, editable=False)
    failures = models.PositiveIntegerField("échecs de suite", default=0)
    failing_since = models.DateTimeField("ne répond plus depuis", null=True, blank=True)
    next_try_at = models.DateTimeField("prochain essai", null=True, blank=True)
    paused_at = models.DateTimeField("en pause depuis", null=True, blank=True)
    pause = models.CharField("raison de la pause", max_length=10, choices=Pause.choices, blank=True)

    class Meta:
        verbose_name = "canal"
        verbose_name_plural = "canaux"
        constraints = [
            models.CheckConstraint(
                condition=Q(paused_at=None, pause="") | Q(paused_at__isnull=False) & ~Q(pause=""),
                name="channel_pause_whole",
            )
        ]

    def __str__(self) -> str:
        return str(self.subscription)

    def keys(self, at: dt.datetime) -> list[str]:
        """Return the keys that sign now, the present one first."""
        is_former = self.former_until is not None and at < self.former_until
        return [self.secret, self.former_secret] if is_former else [self.secret]


class Delivery(models.Model):
    """One event to tell to one address. What is said of it is copied: it is told even once the feed forgot it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subscription = models.ForeignKey(
        Subscription, on_delete=models.PROTECT, related_name="deliveries", verbose_name="logiciel"
    )
    event_key = models.UUIDField("événement", editable=False)
    kind = models.CharField("ce qui est dit", max_length=60)
    object = models.CharField("nature de l’objet", max_length=20)
    object_id = models.CharField("objet", max_length=40)
    at = models.DateTimeField("le")
    position = models.BigIntegerField("rang", editable=False)
    state = models.CharField(
        "état", max_length=10, choices=DeliveryState.choices, default=DeliveryState.WAITING, db_default="waiting"
    )
    tries = models.PositiveIntegerField("essais", default=0)
    next_try_at = models.DateTimeField("prochain essai", null=True, blank=True)
    waiting_since = models.DateTimeField("en attente depuis")
    done_at = models.DateTimeField("reçu le", null=True, blank=True)

    class Meta:
        verbose_name = "avis"
        verbose_name_plural = "avis"
        ordering = ["-position"]
        constraints = [
            models.UniqueConstraint(fields=["subscription", "event_key"], name="delivery_once"),
        ]
        indexes = [
            models.Index(fields=["subscription", "position"], name="delivery_waiting", condition=Q(state="waiting")),
        ]

    def __str__(self) -> str:
        return self.kind

    @property
    def told(self) -> Told:
        return Told(str(self.event_key), self.kind, self.object, self.object_id, self.at.isoformat())


class Attempt(models.Model):
    """One try: when, how it ended, how long it took. Never what was answered: a receiver may say anything."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="attempts", verbose_name="avis")
    at = models.DateTimeField("le")
    outcome = models.CharField("issue", max_length=10, choices=Outcome.choices)
    status = models.PositiveSmallIntegerField("code de la réponse", null=True, blank=True)
    milliseconds = models.PositiveIntegerField("durée", null=True, blank=True)

    class Meta:
        verbose_name = "essai"
        verbose_name_plural = "essais"
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.RECEIVED) | Q(status__gte=200, status__lt=300),
                name="attempt_received_is_said",
            )
        ]

    def __str__(self) -> str:
        return self.get_outcome_display()
