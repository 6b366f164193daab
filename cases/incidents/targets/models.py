"""Versions of the delays that each severity of incident promises."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class SeverityTargets(models.Model):
    """One version of the delays of every severity, with why it changed. Insert-only; the list and the settings hold
    what is in force.

    `targets`: code of the severity → `report` and `acknowledge` in minutes, `answer` in minutes or null, `words`.
    """

    number = models.PositiveIntegerField("numéro", primary_key=True)
    targets = models.JSONField("délais")
    reason = models.CharField("pourquoi ce changement", max_length=300)
    changed_at = models.DateTimeField("en vigueur depuis le")
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="changés par", related_name="+"
    )

    class Meta:
        verbose_name = "version des délais d’incident"
        verbose_name_plural = "versions des délais d’incident"
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(condition=Q(number__gte=1), name="severitytargets_number_from_one"),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="severitytargets_has_reason",
                violation_error_message="Dites pourquoi les délais changent.",
            ),
        ]

    def __str__(self) -> str:
        return f"Délais n° {self.number}"
