"""Grants: visibility as data. A row says who may see which object, how far, from when to when, and why."""

import datetime as dt
import uuid
from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from cms.users.roles import Role
from cms.vault.fields import SealedTextField


class Level(models.IntegerChoices):
    """How far a grant opens an object; each level includes the ones below it."""

    OUTCOME = 5, "suite donnée"
    SHEET = 10, "fiche anonyme"
    CONTACT = 20, "mise en lien"
    FILE = 30, "dossier"
    IDENTITY = 40, "identité"


class GrantQuerySet(models.QuerySet):
    def live(self, at: dt.datetime | None = None) -> Self:
        at = at or timezone.now()
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=at), starts_at__lte=at)

    def on(self, kind: str, object_id: UUID) -> Self:
        return self.filter(object_kind=kind, object_id=object_id)


class Grant(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    object_kind = models.CharField("nature de l’objet", max_length=40)
    object_id = models.UUIDField("objet")
    partner_id = models.UUIDField("partenaire", null=True, blank=True)
    role = models.CharField("rôle dans le partenaire", max_length=30, choices=Role.choices, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="personne",
        related_name="+",
    )
    level = models.PositiveSmallIntegerField("niveau", choices=Level.choices)
    starts_at = models.DateTimeField("à partir de", default=timezone.now)
    ends_at = models.DateTimeField("jusqu’à", null=True, blank=True)
    reason = models.CharField("motif", max_length=200)
    given_by_id = models.UUIDField("accordé par", null=True, editable=False)

    objects = GrantQuerySet.as_manager()

    class Meta:
        verbose_name = "droit de regard"
        verbose_name_plural = "droits de regard"
        constraints = [
            models.CheckConstraint(condition=Q(partner_id=None, role="") | Q(user=None), name="grant_one_holder"),
            models.CheckConstraint(
                condition=Q(partner_id__isnull=False) | Q(user__isnull=False), name="grant_has_holder"
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gte=models.F("starts_at")), name="grant_dates_in_order"
            ),
        ]
        indexes = [
            # The policies read the live grants of one partner or of one person, by kind, at each request.
            models.Index(fields=["partner_id", "object_kind"], name="grant_by_partner"),
            models.Index(fields=["user", "object_kind"], name="grant_by_user"),
            models.Index(fields=["object_kind", "object_id"], name="grant_by_object"),
        ]

    def __str__(self) -> str:
        return f"{self.get_level_display()} ({self.object_kind})"


class Counter(models.Model):
    """How many references of one prefix were given in one year; read and moved by `reference_draw` alone."""

    id = models.CharField("série", primary_key=True, max_length=20)
    last = models.PositiveIntegerField("nombre de références", default=0)
    secret = models.UUIDField("secret de la série", default=uuid.uuid4, editable=False)
    """Draws which number each of them shows. It never changes: another one would give numbers again."""

    class Meta:
        verbose_name = "compteur"
        verbose_name_plural = "compteurs"

    def __str__(self) -> str:
        return self.id


class RevealReason(models.TextChoices):
    """Why an identity or an address is opened. The words that complete it are sealed."""

    DANGER = "danger", "Urgence : fugue, santé ou danger"
    CONTACT = "contact", "Joindre le mineur, ses proches ou la structure"
    TRANSPORT = "transport", "Préparer une arrivée, un transport ou un rendez-vous"
    AUTHORITY = "authority", "Démarche auprès d’une autorité, d’un service ou d’un soignant"
    CORRECTION = "correction", "Vérifier ou corriger ce qui est écrit"
    CONTROL = "control", "Contrôle de protection des données"


class SealedPart(models.TextChoices):
    """What a reveal opens: the identity of a minor, or the real name and address of a structure."""

    IDENTITY = "identity", "identité"
    ADDRESS = "address", "adresse"


LONGEST_REVEAL = dt.timedelta(minutes=60)


class RevealQuerySet(models.QuerySet):
    def live(self, at: dt.datetime | None = None) -> Self:
        at = at or timezone.now()
        return self.filter(starts_at__lte=at, ends_at__gt=at)


class Reveal(models.Model):
    """One person opened one sealed row for a few minutes and said why. Never changed; seen by its author, the
    coordination, the direction and data protection.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    object_kind = models.CharField("nature de l’objet", max_length=40)
    object_id = models.UUIDField("objet")
    what = models.CharField("ce qui est ouvert", max_length=20, choices=SealedPart.choices)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="personne", related_name="+"
    )
    reason = models.CharField("motif", max_length=20, choices=RevealReason.choices)
    words = SealedTextField("précision", blank=True)
    necessity = SealedTextField("pourquoi rien d’autre ne suffit", blank=True)
    is_break_glass = models.BooleanField("bris de glace", default=False)
    starts_at = models.DateTimeField("à partir de", default=timezone.now)
    ends_at = models.DateTimeField("jusqu’à")

    objects = RevealQuerySet.as_manager()

    class Meta:
        verbose_name = "ouverture motivée"
        verbose_name_plural = "ouvertures motivées"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=models.F("starts_at"))
                & Q(ends_at__lte=models.F("starts_at") + LONGEST_REVEAL),
                name="reveal_is_short",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "object_kind", "ends_at"], name="reveal_by_user"),
            models.Index(fields=["object_kind", "object_id"], name="reveal_by_object"),
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()} ({self.object_kind})"


class Alert(models.Model):
    """What the direction and data protection must know at once: somebody broke the glass. Seen by them alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    object_kind = models.CharField("nature de l’objet", max_length=40)
    object_id = models.UUIDField("objet")
    reference = models.CharField("référence", max_length=40)
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="à cause de", related_name="+"
    )
    raised_at = models.DateTimeField("levée le", default=timezone.now)

    class Meta:
        verbose_name = "alerte"
        verbose_name_plural = "alertes"
        ordering = ["-raised_at"]

    def __str__(self) -> str:
        return f"Alerte du {timezone.localtime(self.raised_at):%d/%m/%Y}"
