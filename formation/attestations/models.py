"""What the network attests of who followed a session."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from formation.enums import WithdrawalReason
from formation.sessions.models.sessions import Enrolment


class AttestationQuerySet(models.QuerySet["Attestation"]):
    def standing(self) -> Self:
        """Keep those neither withdrawn nor replaced by another."""
        return self.filter(withdrawn_at=None, successor=None)


class Attestation(models.Model):
    """What the network attests of one enrolment, word for word. Another one replaces it, or it is withdrawn.

    `title`, `starts_on` and `ends_on` are all that the public check repeats; `content` holds the name, and is
    erased with it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField("numéro", max_length=20, unique=True)
    check_code = models.CharField("code de vérification", max_length=12)
    enrolment = models.ForeignKey(
        Enrolment, on_delete=models.PROTECT, verbose_name="inscription", related_name="attestations"
    )
    title = models.CharField("intitulé", max_length=200)
    starts_on = models.DateField("du")
    ends_on = models.DateField("au")
    expires_on = models.DateField("valable jusqu’au", null=True, blank=True)
    content = models.JSONField("contenu")
    content_hash = models.CharField("empreinte", max_length=64)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, verbose_name="remplace", related_name="successor"
    )
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="établie par", related_name="+"
    )
    issued_at = models.DateTimeField("établie le", default=timezone.now)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="retirée par",
        related_name="+",
    )
    withdrawn_at = models.DateTimeField("retirée le", null=True, blank=True)
    withdrawn_why = models.CharField("motif de retrait", max_length=10, choices=WithdrawalReason.choices, blank=True)

    objects = AttestationQuerySet.as_manager()

    class Meta:
        verbose_name = "attestation de formation"
        verbose_name_plural = "attestations de formation"
        ordering = ["number"]
        constraints = [
            # One attestation that replaces nothing: two issues at once would give two numbers to one training.
            models.UniqueConstraint(fields=["enrolment"], condition=Q(replaces=None), name="attestation_first_once"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_why="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_why="")),
                name="attestation_withdrawn_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.number
