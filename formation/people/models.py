"""Two professionals said to be one person, by somebody who may go back on it; or said to be two."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from formation.sessions.models.sessions import Professional


class ProfessionalMerge(models.Model):
    """What went from one to the other, row by row: undoing gives back exactly that."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kept = models.ForeignKey(
        Professional, on_delete=models.PROTECT, verbose_name="fiche gardée", related_name="merges_kept"
    )
    merged = models.ForeignKey(
        Professional, on_delete=models.PROTECT, verbose_name="fiche rapprochée", related_name="merges"
    )
    moved = models.JSONField("lignes déplacées", default=dict)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="rapprochée par", related_name="+"
    )
    merged_at = models.DateTimeField("rapprochée le", default=timezone.now)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="défaite par",
        related_name="+",
    )
    undone_at = models.DateTimeField("défaite le", null=True, blank=True)

    class Meta:
        verbose_name = "rapprochement de professionnels"
        verbose_name_plural = "rapprochements de professionnels"
        ordering = ["-merged_at"]
        constraints = [
            models.UniqueConstraint(fields=["merged"], condition=Q(undone_at=None), name="professionalmerge_once"),
            models.CheckConstraint(condition=~Q(kept=F("merged")), name="professionalmerge_two_people"),
        ]

    def __str__(self):
        return str(self.pk)


class ProfessionalApart(models.Model):
    """Two people who look alike and are two: not proposed together again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    first = models.ForeignKey(Professional, on_delete=models.PROTECT, verbose_name="première", related_name="+")
    second = models.ForeignKey(Professional, on_delete=models.PROTECT, verbose_name="seconde", related_name="+")
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="dit par", related_name="+"
    )
    said_at = models.DateTimeField("dit le", default=timezone.now)

    class Meta:
        verbose_name = "professionnels distincts"
        verbose_name_plural = "professionnels distincts"
        constraints = [models.UniqueConstraint(fields=["first", "second"], name="professionalapart_once")]

    def __str__(self):
        return str(self.pk)
