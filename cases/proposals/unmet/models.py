"""Unmet needs, for the figures of what is missing and for the requests that wait for a place."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.enums import SollicitationState
from cases.requests.models import Sollicitation
from cms.values.fields import ValueField, value_constraint


class UnmetNeedQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        """Keep the needs still looked for: the request is open, and no structure was confirmed since."""
        return self.filter(met_on=None).exclude(sollicitation__state=SollicitationState.CLOSED)


class UnmetNeed(models.Model):
    """What was missing for one request, noted when no structure took the minor in. Région and form are those of that
    day. Read by the coordination.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sollicitation = models.OneToOneField(
        Sollicitation, on_delete=models.PROTECT, verbose_name="sollicitation", related_name="unmet_need"
    )
    reason = ValueField("ce qui a manqué", list_code="motif_sans_solution")
    region = models.ForeignKey(
        "territory.Region",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="région",
        related_name="+",
    )
    form = ValueField("forme principale", list_code="forme", null=True, blank=True)
    noted_at = models.DateTimeField("noté le")
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="noté par", related_name="+"
    )
    met_on = models.DateField("couvert le", null=True, blank=True)

    objects = UnmetNeedQuerySet.as_manager()

    class Meta:
        verbose_name = "besoin non couvert"
        verbose_name_plural = "besoins non couverts"
        ordering = ["-noted_at"]
        constraints = [
            value_constraint("unmetneed", "reason", "motif_sans_solution"),
            value_constraint("unmetneed", "form", "forme"),
        ]
        indexes = [models.Index(F("noted_at"), condition=Q(met_on=None), name="unmetneed_waiting")]

    def __str__(self) -> str:
        return f"Besoin non couvert du {self.noted_at:%d/%m/%Y}"
