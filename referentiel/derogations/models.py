"""Derogations: a structure works for a time below an imperative exigence."""

import uuid

from django.db import models
from django.db.models import F, Q

from referentiel.assessments.models import person


class Derogation(models.Model):
    """Two coordinators allow a structure to work for a time below an imperative exigence, with a reason.

    It holds from `starts_on` to `ends_on` once agreed, unless revoked: it ends by itself. Seen by the coordination,
    and by the structure once agreed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partner = models.ForeignKey(
        "partners.Partner", on_delete=models.PROTECT, verbose_name="structure", related_name="+"
    )
    code = models.CharField("exigence", max_length=20)
    reason = models.TextField("motif", max_length=1000)
    starts_on = models.DateField("du")
    ends_on = models.DateField("au")
    asked_by = person("proposée par")
    asked_at = models.DateTimeField("proposée le")
    agreed_by = person("accordée par", null=True)
    agreed_at = models.DateTimeField("accordée le", null=True, blank=True)
    revoked_by = person("levée par", null=True)
    revoked_at = models.DateTimeField("levée le", null=True, blank=True)
    revoke_reason = models.CharField("motif de la levée", max_length=300, blank=True)

    class Meta:
        verbose_name = "dérogation"
        verbose_name_plural = "dérogations"
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="derogation_dates_in_order"),
            models.CheckConstraint(
                condition=Q(agreed_by=None, agreed_at=None)
                | (Q(agreed_by__isnull=False, agreed_at__isnull=False) & ~Q(agreed_by=F("asked_by"))),
                name="derogation_by_two",
                violation_error_message="Une autre personne de la coordination accorde cette dérogation.",
            ),
            models.CheckConstraint(
                condition=Q(revoked_by=None, revoked_at=None)
                | (Q(revoked_by__isnull=False, revoked_at__isnull=False) & ~Q(revoke_reason="")),
                name="derogation_revoked_whole",
            ),
            models.UniqueConstraint(
                fields=["partner", "code"],
                condition=Q(agreed_at=None, revoked_at=None),
                name="derogation_one_pending",
                violation_error_message="Une dérogation attend déjà pour cette exigence.",
            ),
        ]

    def __str__(self) -> str:
        return self.code
