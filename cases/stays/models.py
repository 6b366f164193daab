"""A stay of a minor in a structure (indicator 3), and its absences."""

import datetime as dt
import uuid
from typing import Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from cases.enums import MAJORITY
from cases.files.models import Case
from cases.proposals.models import Orientation
from cms.kit.constraints import DateRange, in_order
from cms.values.fields import ValueField, value_constraint


class PlacementQuerySet(models.QuerySet):
    def real(self) -> Self:
        """Leave out the stays of a test file, in a test structure, or that a test request led to."""
        return self.of_real_files().filter(Q(orientation=None) | Q(orientation__sollicitation__is_test=False))

    def of_real_files(self) -> Self:
        """Leave out the stays of a test file and in a test structure, without reading the request that led there."""
        return self.filter(case__is_test=False, partner__is_test=False)

    def of_minors(self) -> Self:
        return self.filter(Q(age_at_arrival__lt=MAJORITY) | Q(age_at_arrival=None))

    def confirmed(self) -> Self:
        return self.filter(confirmed_at__isnull=False)

    def in_network(self) -> Self:
        """Keep arrivals under a convention in force: the main figure of indicator 3."""
        return self.filter(convention__isnull=False)

    def arrived_between(self, first: dt.date, last: dt.date) -> Self:
        return self.filter(arrived_on__range=(first, last))

    def taking_on(self, day: dt.date) -> Self:
        """Keep stays that take a place on a day, those announced by a transfer included."""
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=day), arrived_on__lte=day)

    def present_on(self, day: dt.date) -> Self:
        """Keep minors who are there: after a transfer, in the former structure until the next one confirms."""
        return self.settled().taking_on(day)

    def settled(self) -> Self:
        """Leave out stays that a transfer announced and that nobody confirmed yet."""
        return self.exclude(follows__isnull=False, confirmed_at=None)


class Placement(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, verbose_name="situation", related_name="placements")
    orientation = models.ForeignKey(
        Orientation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="orientation",
        related_name="placements",
    )
    partner = models.ForeignKey(
        "partners.Partner", on_delete=models.PROTECT, verbose_name="structure", related_name="+"
    )
    place = models.ForeignKey(
        "partners.Place", on_delete=models.PROTECT, null=True, blank=True, verbose_name="place", related_name="+"
    )
    convention = models.ForeignKey(
        "partners.Convention",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="convention",
        related_name="+",
    )
    outside_reason = ValueField("motif hors convention", list_code="motif_hors_convention", null=True, blank=True)
    follows = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="suit le séjour",
        related_name="followers",
    )
    legal_frame = ValueField("cadre juridique", list_code="cadre_juridique")
    legal_frame_ends_on = models.DateField("fin du cadre juridique", null=True, blank=True)
    arrived_at = models.DateTimeField("arrivée")
    arrived_on = models.DateField("jour d’arrivée", editable=False)
    confirmed_at = models.DateTimeField("arrivée confirmée le", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="confirmée par",
        related_name="+",
    )
    age_at_arrival = models.PositiveSmallIntegerField("âge à l’arrivée", null=True, blank=True)
    ended_on = models.DateField("fin du séjour", null=True, blank=True)
    end_reason = ValueField("motif de fin", list_code="motif_fin", null=True, blank=True)

    objects = PlacementQuerySet.as_manager()

    asked: str | None
    """Set by `placements_opened_to_requester`: reference of the latest request of the actor's services."""

    class Meta:
        verbose_name = "séjour"
        verbose_name_plural = "séjours"
        ordering = ["-arrived_on"]
        constraints = [
            value_constraint("placement", "outside_reason", "motif_hors_convention"),
            value_constraint("placement", "legal_frame", "cadre_juridique"),
            value_constraint("placement", "end_reason", "motif_fin"),
            in_order("placement_dates_in_order", "arrived_on", "ended_on"),
            models.CheckConstraint(
                condition=Q(ended_on=None, end_reason=None) | Q(ended_on__isnull=False, end_reason__isnull=False),
                name="placement_end_has_reason",
                violation_error_message="Indiquez la date et le motif de fin.",
            ),
            models.CheckConstraint(
                condition=Q(convention__isnull=False, outside_reason=None)
                | Q(convention=None, outside_reason__isnull=False),
                name="placement_convention_or_reason",
                violation_error_message="Sans convention en cours, indiquez le motif hors convention.",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(confirmed_at__gte=F("arrived_at"), confirmed_by__isnull=False),
                name="placement_confirmed_after_arrival",
                violation_error_message="La confirmation précède l’arrivée.",
            ),
            # A transfer may leave one structure and enter another on the same day: the last day is excluded. Until it
            # is confirmed, the former stay goes on beside it.
            ExclusionConstraint(
                name="placement_no_overlap",
                expressions=[
                    ("case", RangeOperators.EQUAL),
                    (DateRange(F("arrived_on"), F("ended_on")), RangeOperators.OVERLAPS),
                ],
                condition=Q(follows=None) | Q(confirmed_at__isnull=False),
                violation_error_message="Ce mineur est déjà accueilli à ces dates.",
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(follows__isnull=False, confirmed_at=None, ended_on=None),
                name="placement_one_announced",
                violation_error_message="Un passage est déjà annoncé pour ce mineur : confirmez-le, ou terminez-le.",
            ),
            ExclusionConstraint(
                name="placement_one_per_place",
                expressions=[
                    ("place", RangeOperators.EQUAL),
                    (DateRange(F("arrived_on"), F("ended_on")), RangeOperators.OVERLAPS),
                ],
                condition=Q(place__isnull=False),
                violation_error_message="Cette place est déjà occupée à ces dates.",
            ),
        ]
        indexes = [
            models.Index(fields=["arrived_on"], name="placement_by_day"),
            models.Index(fields=["partner", "arrived_on"], name="placement_by_structure"),
        ]

    def __str__(self) -> str:
        return f"Séjour depuis le {self.arrived_on:%d/%m/%Y}"


class Absence(models.Model):
    """A runaway or another absence. Back within 30 days, the same stay goes on (domain rule of indicator 3)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, verbose_name="séjour", related_name="absences")
    starts_on = models.DateField("du")
    ends_on = models.DateField("retour le", null=True, blank=True)
    is_runaway = models.BooleanField("fugue", default=True)

    class Meta:
        verbose_name = "absence"
        verbose_name_plural = "absences"
        ordering = ["starts_on"]
        constraints = [
            in_order("absence_dates_in_order", "starts_on", "ends_on"),
            ExclusionConstraint(
                name="absence_no_overlap",
                expressions=[
                    ("placement", RangeOperators.EQUAL),
                    (DateRange(F("starts_on"), F("ends_on")), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Une absence est déjà enregistrée à ces dates.",
            ),
        ]

    def __str__(self) -> str:
        return f"Absence du {self.starts_on:%d/%m/%Y}"
