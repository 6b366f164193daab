"""Acts of support, to a team or to one person (indicator 6)."""

import datetime as dt
import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from cms.values.fields import ValueField, value_constraint
from formation.people.models import Professional


class SupportActQuerySet(models.QuerySet["SupportAct"]):
    def counted(self, first: dt.date, last: dt.date) -> Self:
        return self.filter(is_test=False, happened_on__range=(first, last))


class SupportAct(models.Model):
    """An act of support to a team or to one professional (indicator 6, « accompagnés »)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partner = models.ForeignKey(
        "partners.Partner",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="partenaire",
        related_name="+",
    )
    professional = models.ForeignKey(
        Professional,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="professionnel",
        related_name="support_acts",
    )
    kind = ValueField("nature", list_code="type_acte")
    happened_on = models.DateField("le")
    head_count = models.PositiveSmallIntegerField("personnes accompagnées", default=1)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="saisi par", related_name="+"
    )
    is_test = models.BooleanField("fiche d’essai", default=False)

    objects = SupportActQuerySet.as_manager()

    class Meta:
        verbose_name = "acte d’accompagnement"
        verbose_name_plural = "actes d’accompagnement"
        ordering = ["-happened_on"]
        constraints = [
            value_constraint("supportact", "kind", "type_acte"),
            models.CheckConstraint(
                condition=Q(partner__isnull=False) | Q(professional__isnull=False),
                name="supportact_has_beneficiary",
                violation_error_message="Indiquez la structure ou la personne accompagnée.",
            ),
            models.CheckConstraint(
                condition=Q(professional=None) | Q(head_count=1),
                name="supportact_one_person",
                violation_error_message="Un acte pour une personne nommée compte une personne.",
            ),
            models.CheckConstraint(condition=Q(head_count__gte=1), name="supportact_someone"),
        ]

    def __str__(self) -> str:
        return f"Accompagnement du {self.happened_on:%d/%m/%Y}"
