"""Following a convention until it is signed, and until it is renewed: for the coordination alone."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class ConventionFollowUp(models.Model):
    """Who answers for a convention, and what comes next. The partner, who reads its convention, does not read this."""

    convention = models.OneToOneField(
        "partners.Convention", on_delete=models.PROTECT, primary_key=True, related_name="followup"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="responsable",
        related_name="+",
    )
    next_step = models.CharField("prochaine étape", max_length=200, blank=True)
    next_step_on = models.DateField("à faire le", null=True, blank=True)

    class Meta:
        verbose_name = "suivi de convention"
        verbose_name_plural = "suivis de conventions"
        constraints = [
            models.CheckConstraint(
                condition=Q(next_step_on=None) | ~Q(next_step=""),
                name="conventionfollowup_step_is_said",
                violation_error_message="Dites ce qu’il faut faire ce jour-là.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.convention_id)
