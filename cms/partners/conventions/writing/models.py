"""Versions of the text of a convention."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from cms.partners.conventions.models import Convention


class ConventionVersion(models.Model):
    """The text of a convention as it was written one day: frozen, never changed. Seen by whoever sees the convention;
    written by the coordination. It holds the code name of a structure alone, never its real name nor its address.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    convention = models.ForeignKey(
        Convention, on_delete=models.PROTECT, verbose_name="convention", related_name="versions"
    )
    number = models.PositiveSmallIntegerField("numéro")
    text = models.TextField("texte")
    text_hash = models.CharField("empreinte", max_length=64)
    written_at = models.DateTimeField("écrite le")
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="écrite par", related_name="+"
    )

    class Meta:
        verbose_name = "version d’une convention"
        verbose_name_plural = "versions d’une convention"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["convention", "number"],
                name="conventionversion_number_unique",
                violation_error_message="La convention vient d’être écrite à nouveau : rechargez la page.",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="conventionversion_number_positive"),
            models.CheckConstraint(
                condition=Q(text_hash__regex=r"^[0-9a-f]{64}$"), name="conventionversion_text_hash"
            ),
        ]

    def __str__(self) -> str:
        return f"Version {self.number}"
