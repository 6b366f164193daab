"""Derogations: a structure works for a time below an imperative exigence."""

from django.db import models
from django.db.models import F, Q

from cms.decisions.models import AgreedByTwo
from cms.kit.constraints import whole
from cms.kit.fields import person


class Derogation(AgreedByTwo):
    """Two coordinators allow a structure to work for a time below an imperative exigence, with a reason.

    It holds from `starts_on` to `ends_on` once agreed, unless revoked: it ends by itself. Seen by the coordination,
    and by the structure once agreed.
    """

    partner = models.ForeignKey(
        "partners.Partner", on_delete=models.PROTECT, verbose_name="structure", related_name="+"
    )
    code = models.CharField("exigence", max_length=20)
    reason = models.TextField("motif", max_length=1000)
    starts_on = models.DateField("du")
    ends_on = models.DateField("au")
    revoked_by = person("levée par", null=True)
    revoked_at = models.DateTimeField("levée le", null=True, blank=True)
    revoke_reason = models.CharField("motif de la levée", max_length=300, blank=True)

    class Meta(AgreedByTwo.Meta):
        verbose_name = "dérogation"
        verbose_name_plural = "dérogations"
        constraints = [
            *AgreedByTwo.Meta.constraints,
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="derogation_dates_in_order"),
            whole("derogation_revoked_whole", "revoked_by", "revoked_at", also=~Q(revoke_reason="")),
            models.UniqueConstraint(
                fields=["partner", "code"],
                condition=Q(agreed_at=None, revoked_at=None),
                name="derogation_one_pending",
                violation_error_message="Une dérogation attend déjà pour cette exigence.",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_waiting(self) -> bool:
        return not self.is_agreed and self.revoked_at is None
