"""What is published of a closed period."""

from django.db import models
from django.db.models import Q

from dashboards.reporting.common.models import FrozenDecision
from dashboards.reporting.periods.models import ClosedPeriod


class Release(FrozenDecision):
    """What leaves the coordination: tables of one closed period, small cells hidden. State, API and papers read it.

    `content` holds nothing that is hidden. Read by the coordination and the direction; by the State once published.
    """

    period = models.ForeignKey(
        ClosedPeriod, on_delete=models.PROTECT, verbose_name="période close", related_name="releases"
    )
    title = models.CharField("intitulé", max_length=80)
    first = models.DateField("premier jour")
    last = models.DateField("dernier jour")
    trace = models.CharField("code de trace", max_length=19, editable=False)

    class Meta(FrozenDecision.Meta):
        verbose_name = "publication"
        verbose_name_plural = "publications"
        ordering = ["-last", "-first"]
        constraints = [
            *FrozenDecision.Meta.constraints,
            models.UniqueConstraint(
                fields=["period"],
                condition=Q(dismissed_at=None),
                name="release_once",
                violation_error_message="Cette période est déjà publiée, ou attend d’être décidée.",
            ),
        ]

    def __str__(self) -> str:
        return self.title
