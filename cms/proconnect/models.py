"""Somebody whom ProConnect knows and the network does not: a request for an account, never an account."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from cms.proconnect.enums import RefusalReason, RequestState
from cms.vault.fields import SealedTextField

DECIDED = [RequestState.APPROVED, RequestState.REFUSED, RequestState.LINKED]
OPENED = [RequestState.APPROVED, RequestState.LINKED]


class AccountRequest(models.Model):
    """A first sign-in through ProConnect, and what became of it. Seen by the coordination and the direction alone.

    `sub` is how ProConnect names the person to us: opaque, the same for ever, and what an account is linked by.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sub = models.CharField("identifiant donné par ProConnect", max_length=191, unique=True, editable=False)
    given_name = SealedTextField("prénom", max_length=150)
    usual_name = SealedTextField("nom", max_length=150)
    email = SealedTextField("adresse électronique", max_length=254)
    siret = models.CharField("SIRET de l’employeur", max_length=14, blank=True)
    organizational_unit = models.CharField("service", max_length=200, blank=True)
    asked_at = models.DateTimeField("demandée le", default=timezone.now)
    state = models.CharField("état", max_length=10, choices=RequestState.choices, default=RequestState.PENDING)
    refusal = models.CharField("motif du refus", max_length=20, choices=RefusalReason.choices, blank=True)
    decided_at = models.DateTimeField("traitée le", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="traitée par",
        related_name="+",
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="compte",
        related_name="+",
    )

    class Meta:
        verbose_name = "demande de compte"
        verbose_name_plural = "demandes de compte"
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=RequestState.PENDING, decided_at=None, decided_by=None)
                | Q(state__in=DECIDED, decided_at__isnull=False, decided_by__isnull=False),
                name="account_request_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=(Q(state=RequestState.REFUSED) & ~Q(refusal=""))
                | (~Q(state=RequestState.REFUSED) & Q(refusal="")),
                name="account_request_refused_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPENED, user__isnull=False) | (~Q(state__in=OPENED) & Q(user=None)),
                name="account_request_account_when_open",
            ),
        ]
        indexes = [
            # The list of the coordination: what waits, oldest or latest first.
            models.Index(fields=["state", "asked_at"], name="account_request_waiting"),
        ]

    def __str__(self) -> str:
        return f"Demande du {timezone.localtime(self.asked_at):%d/%m/%Y à %H:%M}"
