"""A derogation by two people: one minor enters one structure in spite of what keeps the minor out of it."""

import uuid
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from cases.files.models import Case
from cases.guard.enums import BY_TWO, Obstacle
from cms.vault.fields import SealedTextField


class StayDerogationQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        return self.filter(agreed_at=None, refused_at=None)

    def in_force(self) -> Self:
        """Keep those that two people gave and whose time is not over."""
        return self.filter(agreed_at__isnull=False, ends_at__gt=timezone.now())


class StayDerogation(models.Model):
    """Asked by one person of the coordination, agreed to by another. It holds for one minor, one structure, the
    obstacles it names, until `ends_at`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, verbose_name="situation", related_name="stay_derogations")
    partner = models.ForeignKey(
        "partners.Partner", on_delete=models.PROTECT, verbose_name="structure", related_name="+"
    )
    obstacles = ArrayField(
        models.CharField(max_length=10, choices=[(one.value, one.label) for one in BY_TWO]), verbose_name="obstacles"
    )
    reason = SealedTextField("motif")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="demandée par", related_name="+"
    )
    asked_at = models.DateTimeField("demandée le")
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="accordée par",
        related_name="+",
    )
    agreed_at = models.DateTimeField("accordée le", null=True, blank=True)
    ends_at = models.DateTimeField("vaut jusqu’à", null=True, blank=True)
    refused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="refusée par",
        related_name="+",
    )
    refused_at = models.DateTimeField("refusée le", null=True, blank=True)

    objects = StayDerogationQuerySet.as_manager()

    class Meta:
        verbose_name = "dérogation d’accueil"
        verbose_name_plural = "dérogations d’accueil"
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(obstacles__len__gt=0, obstacles__contained_by=[one.value for one in BY_TWO]),
                name="stayderogation_obstacles",
                violation_error_message="Choisissez ce dont vous demandez à vous écarter.",
            ),
            models.CheckConstraint(
                condition=Q(agreed_by=None) | ~Q(agreed_by=F("asked_by")),
                name="stayderogation_two_people",
                violation_error_message="Une autre personne que celle qui a demandé doit accorder cette dérogation.",
            ),
            models.CheckConstraint(
                condition=Q(agreed_by=None, agreed_at=None, ends_at=None)
                | Q(agreed_by__isnull=False, agreed_at__isnull=False, ends_at__isnull=False, refused_at=None),
                name="stayderogation_agreed_whole",
            ),
            models.CheckConstraint(
                condition=Q(refused_by=None, refused_at=None) | Q(refused_by__isnull=False, refused_at__isnull=False),
                name="stayderogation_refused_whole",
            ),
            models.UniqueConstraint(
                fields=["case", "partner"],
                condition=Q(agreed_at=None, refused_at=None),
                name="stayderogation_one_waiting",
                violation_error_message="Une dérogation attend déjà une seconde personne pour cette structure.",
            ),
        ]

    def __str__(self) -> str:
        return f"Dérogation du {self.asked_at:%d/%m/%Y}"

    @property
    def is_waiting(self) -> bool:
        return self.agreed_at is None and self.refused_at is None

    @property
    def labels(self) -> list[str]:
        return [Obstacle(code).label for code in self.obstacles]
