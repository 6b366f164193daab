"""Grants: visibility as data. A row says who may see which object, how far, from when to when, and why."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from cms.users.roles import Role


class Level(models.IntegerChoices):
    """How far a grant opens an object; each level includes the ones below it."""

    OUTCOME = 5, "suite donnée"
    SHEET = 10, "fiche anonyme"
    CONTACT = 20, "mise en lien"
    FILE = 30, "dossier"
    IDENTITY = 40, "identité"


class GrantQuerySet(models.QuerySet):
    def live(self, at=None):
        at = at or timezone.now()
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=at), starts_at__lte=at)

    def on(self, kind, object_id):
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

    def __str__(self):
        return f"{self.get_level_display()} ({self.object_kind})"


class Counter(models.Model):
    """Last number given to a reference of one prefix in one year; moved only by `reference_draw`."""

    id = models.CharField("série", primary_key=True, max_length=20)
    last = models.PositiveIntegerField("dernier numéro", default=0)

    class Meta:
        verbose_name = "compteur"
        verbose_name_plural = "compteurs"

    def __str__(self):
        return self.id
