"""The plan of a year: how many sessions of which module, in which quarter, for how many people."""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from cms.values.fields import ValueField, value_constraint

QUARTERS = [(1, "1er trimestre"), (2, "2e trimestre"), (3, "3e trimestre"), (4, "4e trimestre")]


class YearPlan(models.Model):
    """One a year. Written by the coordination; read by whoever is signed in once it is published."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    year = models.PositiveSmallIntegerField(
        "année", unique=True, validators=[MinValueValidator(2020), MaxValueValidator(2100)]
    )
    aims = models.TextField("objectifs de l’année", max_length=4000)
    published_at = models.DateTimeField("publié le", null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="publié par",
        related_name="+",
    )

    class Meta:
        verbose_name = "plan annuel de formation"
        verbose_name_plural = "plans annuels de formation"
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(
                condition=Q(published_at=None, published_by=None)
                | Q(published_at__isnull=False, published_by__isnull=False),
                name="yearplan_published_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"Plan de formation {self.year}"


class YearPlanLine(models.Model):
    """Sessions of one module in one quarter. Without audience, for everybody; without region, anywhere.

    A line brought to zero is no longer one: nothing is deleted, and the journal keeps what it said.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(YearPlan, on_delete=models.PROTECT, verbose_name="plan", related_name="lines")
    module_code = models.CharField("module", max_length=20)
    quarter = models.PositiveSmallIntegerField("trimestre", choices=QUARTERS)
    audience = ValueField("public", list_code="groupe_profession", null=True, blank=True)
    region = models.ForeignKey(
        "territory.Region",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="région",
        related_name="+",
    )
    sessions = models.PositiveSmallIntegerField("sessions", validators=[MaxValueValidator(200)])
    people = models.PositiveSmallIntegerField("personnes à former", validators=[MaxValueValidator(10000)])

    class Meta:
        verbose_name = "ligne du plan annuel"
        verbose_name_plural = "lignes du plan annuel"
        ordering = ["module_code", "quarter"]
        constraints = [
            value_constraint("yearplanline", "audience", "groupe_profession"),
            models.CheckConstraint(condition=Q(quarter__range=(1, 4)), name="yearplanline_quarter"),
            # Also the index of the lines of a plan, read together.
            models.UniqueConstraint(
                fields=["plan", "module_code", "quarter", "audience", "region"],
                nulls_distinct=False,
                name="yearplanline_once",
                violation_error_message="Le plan a déjà cette ligne : changez ses nombres.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.module_code} {self.get_quarter_display()}"
