"""Connexions, drafts and displays: what a browser holds open, keeps for its owner, or shows on a wall."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from cms.vault.fields import SealedJSONField


class Ending(models.TextChoices):
    """Why a connexion came to its end."""

    SIGNED_OUT = "signed_out", "déconnexion"
    CHOSEN = "chosen", "fin demandée"
    IDLE = "idle", "inactivité"
    ABSOLUTE = "absolute", "durée maximale"
    PASSWORD = "password", "mot de passe changé"
    FACTOR = "factor", "double authentification changée"
    ACCOUNT = "account", "compte ou rattachement terminé"


class SignIn(models.Model):
    """One browser signed in, from start to end. The cookie's session holds this id; seen by its owner alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, verbose_name="compte", related_name="+"
    )
    device = models.CharField("appareil", max_length=60)
    started_at = models.DateTimeField("ouverte le", default=timezone.now)
    seen_at = models.DateTimeField("dernière activité", default=timezone.now)
    ended_at = models.DateTimeField("terminée le", null=True, blank=True)
    ending = models.CharField("fin", max_length=12, choices=Ending.choices, blank=True)

    class Meta:
        app_label = "access"
        verbose_name = "connexion"
        verbose_name_plural = "connexions"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_at=None, ending="")
                | (models.Q(ended_at__isnull=False) & ~models.Q(ending="")),
                name="signin_ends_for_a_reason",
            ),
        ]
        indexes = [
            # « Mes connexions » and the end of all of them read the live ones of one account.
            models.Index(fields=["user"], condition=models.Q(ended_at=None), name="signin_live_by_user"),
            # The nightly removal reads the oldest.
            models.Index(fields=["started_at"], name="signin_by_start"),
        ]

    def __str__(self):
        return self.device


class Draft(models.Model):
    """What somebody had typed in a form not yet sent: sealed, seen by its author alone, dropped after 72 hours."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, verbose_name="compte", related_name="+"
    )
    address = models.CharField("adresse du formulaire", max_length=200)
    fields = SealedJSONField("saisie")
    saved_at = models.DateTimeField("gardée le", default=timezone.now)

    class Meta:
        app_label = "access"
        verbose_name = "saisie gardée"
        verbose_name_plural = "saisies gardées"
        constraints = [models.UniqueConstraint(fields=["user", "address"], name="draft_one_per_form")]
        indexes = [models.Index(fields=["saved_at"], name="draft_by_age")]

    def __str__(self):
        return f"Saisie du {timezone.localtime(self.saved_at):%d/%m/%Y}"


class DisplayToken(models.Model):
    """Opens one view on a projector or a wall, until a moment, to whoever holds its address.

    The address is kept as a hash. Seen by who opened it, the coordination and the direction; closed by them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    token_hash = models.CharField("empreinte", max_length=64, unique=True)
    kind = models.CharField("vue", max_length=30)
    object_id = models.UUIDField("objet", null=True, blank=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, verbose_name="ouvert par", related_name="+"
    )
    opened_at = models.DateTimeField("ouvert le", default=timezone.now)
    ends_at = models.DateTimeField("jusqu’à")
    closed_at = models.DateTimeField("fermé le", null=True, blank=True)

    class Meta:
        app_label = "access"
        verbose_name = "affichage"
        verbose_name_plural = "affichages"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("opened_at")), name="display_ends_after_it_opens"
            ),
        ]
        indexes = [models.Index(fields=["opened_by", "ends_at"], name="display_by_opener")]

    def __str__(self):
        return f"Affichage du {timezone.localtime(self.opened_at):%d/%m/%Y}"
