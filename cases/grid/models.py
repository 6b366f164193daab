"""The grille de repérage, each version of it as it was published, and the grids joined to a request."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.grid.enums import GridReading
from cases.requests.models import Sollicitation
from cms.vault.fields import SealedJSONField


class GridVersion(models.Model):
    """One version of the grid, read by everybody, account or not. A published one never changes: a trigger."""

    number = models.PositiveIntegerField("numéro", primary_key=True)
    content = models.JSONField("contenu")
    reason = models.CharField("pourquoi cette version", max_length=300)
    published_at = models.DateTimeField("publiée le")
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        verbose_name="publiée par",
        related_name="+",
    )

    class Meta:
        verbose_name = "version de la grille de repérage"
        verbose_name_plural = "versions de la grille de repérage"
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(condition=Q(number__gte=1), name="gridversion_number_from_one"),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="gridversion_has_reason",
                violation_error_message="Dites pourquoi la grille change.",
            ),
        ]

    def __str__(self) -> str:
        return f"Grille de repérage n° {self.number}"


class FilledGrid(models.Model):
    """A grid joined to a request, with the version that was filled in. The coordination and the service that asked
    read it, never who only transmitted. Answers speak of health: they are sealed. Never changed, filled in again.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sollicitation = models.ForeignKey(
        Sollicitation, on_delete=models.PROTECT, verbose_name="sollicitation", related_name="grids"
    )
    version = models.ForeignKey(GridVersion, on_delete=models.PROTECT, verbose_name="version", related_name="+")
    answers = SealedJSONField("réponses")
    reading = models.CharField("lecture", max_length=12, choices=GridReading.choices)
    filled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="remplie par", related_name="+"
    )
    filled_at = models.DateTimeField("remplie le")

    class Meta:
        verbose_name = "grille de repérage remplie"
        verbose_name_plural = "grilles de repérage remplies"
        ordering = ["-filled_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reading__in=GridReading.values),
                name="filledgrid_reading_known",
                violation_error_message="Cette lecture n’existe pas.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
