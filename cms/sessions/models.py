"""Connexions, drafts, displays and tokens: what a browser holds open, keeps for its owner or shows on a wall, and what
lets a software read.
"""

import datetime as dt
import uuid
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from cms.sessions.calls.models import IdempotentCall
from cms.sessions.scopes.rules import READS, TokenScope
from cms.vault.fields import SealedJSONField

__all__ = [
    "ApiToken",
    "DisplayToken",
    "Draft",
    "Ending",
    "IdempotentCall",
    "SignIn",
]


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
    secret = ""
    """Of a connexion that begins, until the session of the browser holds it: no column keeps it."""

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

    def __str__(self) -> str:
        return self.device


class Draft(models.Model):
    """What somebody had typed in a form not yet sent: sealed, seen by its author alone, dropped after some hours
    (`access.draft_hours`).
    """

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

    def __str__(self) -> str:
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
    secret = ""
    """End of the address that found this display: no column keeps it."""

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

    def __str__(self) -> str:
        return f"Affichage du {timezone.localtime(self.opened_at):%d/%m/%Y}"


LONGEST_TOKEN = dt.timedelta(days=366)


class ApiTokenQuerySet(models.QuerySet):
    def live(self) -> Self:
        return self.filter(revoked_at=None, expires_at__gt=timezone.now())


class ApiToken(models.Model):
    """Lets a software read what its owner may read, within its permissions. Seen by its owner alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="personne", related_name="+"
    )
    label = models.CharField("nom", max_length=60)
    digest = models.CharField("empreinte", max_length=64, unique=True, editable=False)
    scopes = ArrayField(
        models.CharField(max_length=20, choices=TokenScope.choices), verbose_name="ce qu’il ouvre", editable=False
    )
    software_id = models.UUIDField("compte de logiciel", null=True, blank=True, editable=False)
    held = ArrayField(models.CharField(max_length=80), verbose_name="droits du jour de création", editable=False)
    created_at = models.DateTimeField("créé le", default=timezone.now)
    expires_at = models.DateTimeField("jusqu’au")
    last_used_on = models.DateField("dernier usage", null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField("révoqué le", null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        app_label = "access"
        verbose_name = "jeton d’accès"
        verbose_name_plural = "jetons d’accès"
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("created_at"))
                & Q(expires_at__lte=models.F("created_at") + LONGEST_TOKEN),
                name="api_token_a_year_at_most",
            ),
            models.CheckConstraint(
                condition=~Q(scopes=[]),
                name="api_token_opens_something",
                violation_error_message="Choisissez au moins une chose à ouvrir.",
            ),
        ]
        # A token is found by its digest, which is unique; those of a person are few, under the index of the key.

    def __str__(self) -> str:
        return f"jeton jusqu’au {timezone.localtime(self.expires_at):%d/%m/%Y}"

    @property
    def reads_everything(self) -> bool:
        return set(self.scopes) >= set(READS)

    def opened(self) -> list[tuple[str, str]]:
        """Return its permissions with their words, in the order of the list."""
        return [(value, label) for value, label in TokenScope.choices if value in self.scopes]
