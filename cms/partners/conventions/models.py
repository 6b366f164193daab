"""What binds a partner to the network, and each of its stages."""

import datetime as dt
import uuid
from typing import Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import Expression, F, Q

from cms.kit.constraints import DateRange, DatesInOrder, in_order
from cms.partners.enums import Stage


class ConventionQuerySet(models.QuerySet):
    def in_force_on(self, day: dt.date | Expression) -> Self:
        """Keep those signed, begun, neither past their end nor denounced on that day."""
        return self.filter(
            Q(ends_on=None) | Q(ends_on__gte=day),
            Q(denounced_on=None) | Q(denounced_on__gt=day),
            signed_on__lte=day,
            starts_on__lte=day,
        )


class Convention(DatesInOrder):
    """What binds a partner to the network. Only a signed one, begun and not ended, counts (indicators 4 and 5)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partner = models.ForeignKey(
        "partners.Partner", on_delete=models.PROTECT, verbose_name="partenaire", related_name="conventions"
    )
    reference = models.CharField("référence", max_length=40, unique=True)
    stage = models.CharField("étape", max_length=12, choices=Stage.choices, default=Stage.CONTACT)
    signed_on = models.DateField("signée le", null=True, blank=True)
    starts_on = models.DateField("prend effet le", null=True, blank=True)
    ends_on = models.DateField("prend fin le", null=True, blank=True)
    denounced_on = models.DateField("dénoncée le", null=True, blank=True)

    objects = ConventionQuerySet.as_manager()

    class Meta:
        verbose_name = "convention"
        verbose_name_plural = "conventions"
        ordering = ["-starts_on", "reference"]
        constraints = [
            in_order("convention_dates_in_order", "starts_on", "ends_on"),
            models.CheckConstraint(
                condition=~Q(stage=Stage.SIGNED) | Q(signed_on__isnull=False, starts_on__isnull=False),
                name="convention_signed_has_dates",
                violation_error_message="Une convention signée a une date de signature et une date d’effet.",
            ),
            models.CheckConstraint(
                condition=Q(denounced_on=None) | Q(signed_on__isnull=False, denounced_on__gte=F("signed_on")),
                name="convention_denounced_after_signed",
                violation_error_message="La dénonciation suit la signature.",
            ),
            ExclusionConstraint(
                name="convention_no_overlap",
                expressions=[
                    ("partner", RangeOperators.EQUAL),
                    (DateRange(F("starts_on"), F("ends_on"), RangeBoundary(True, True)), RangeOperators.OVERLAPS),
                ],
                condition=Q(stage=Stage.SIGNED, starts_on__isnull=False),
                violation_error_message="Une autre convention signée couvre déjà une partie de ces dates.",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class ConventionStep(models.Model):
    """One change of stage of a convention, with its day and its author."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    convention = models.ForeignKey(
        Convention, on_delete=models.PROTECT, verbose_name="convention", related_name="steps"
    )
    stage = models.CharField("étape", max_length=12, choices=Stage.choices)
    happened_on = models.DateField("le")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, verbose_name="saisi par", related_name="+"
    )
    recorded_at = models.DateTimeField("saisi le", auto_now_add=True)

    class Meta:
        verbose_name = "étape de convention"
        verbose_name_plural = "étapes de convention"
        ordering = ["happened_on", "recorded_at"]

    def __str__(self) -> str:
        return self.get_stage_display()
