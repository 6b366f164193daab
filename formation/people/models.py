"""People trained or supported; files merged as one person, which can be undone, or declared to be two people."""

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from cms.values.fields import ValueField, value_constraint
from formation.enums import Sex


class Professional(models.Model):
    """A person trained or supported, with or without an account."""

    # Annotated by `with_last_training`.
    last_trained_on: dt.date | None

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="compte",
        related_name="professional",
    )
    last_name = models.CharField("nom", max_length=100)
    first_name = models.CharField("prénom", max_length=100)
    email = models.EmailField("adresse électronique", blank=True)
    profession = ValueField("profession", list_code="profession", null=True, blank=True)
    employer = models.ForeignKey(
        "partners.Partner",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="partenaire employeur",
        related_name="professionals",
    )
    employer_name = models.CharField("autre employeur", max_length=160, blank=True)
    employer_type = ValueField("type d’employeur", list_code="type_employeur", null=True, blank=True)
    territory = models.ForeignKey(
        "territory.Territory",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="département",
        related_name="+",
    )
    # Both are optional; the year stays true while the person goes on working.
    sex = models.CharField("sexe", max_length=1, choices=Sex.choices, blank=True)
    working_since = models.PositiveSmallIntegerField("exerce depuis (année)", null=True, blank=True)
    is_test = models.BooleanField("fiche d’essai", default=False)
    created_by_id = models.UUIDField("saisi par", null=True, editable=False)
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        verbose_name="compte avec",
        related_name="+",
    )

    class Meta:
        verbose_name = "professionnel"
        verbose_name_plural = "professionnels"
        ordering = ["last_name", "first_name"]
        constraints = [
            value_constraint("professional", "profession", "profession"),
            value_constraint("professional", "employer_type", "type_employeur"),
            models.CheckConstraint(
                condition=Q(working_since=None) | Q(working_since__range=(1950, 2100)),
                name="professional_working_since",
                violation_error_message="Écrivez l’année où la personne a commencé à exercer.",
            ),
            models.UniqueConstraint(
                Lower("email"),
                condition=~Q(email=""),
                name="professional_email_unique",
                violation_error_message="Une personne a déjà cette adresse.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}"


class ProfessionalMerge(models.Model):
    """The rows that a merge moved from one file to the other: undoing gives back exactly these."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kept = models.ForeignKey(
        Professional, on_delete=models.PROTECT, verbose_name="fiche gardée", related_name="merges_kept"
    )
    merged = models.ForeignKey(
        Professional, on_delete=models.PROTECT, verbose_name="fiche rapprochée", related_name="merges"
    )
    moved = models.JSONField("lignes déplacées", default=dict)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="rapprochée par", related_name="+"
    )
    merged_at = models.DateTimeField("rapprochée le", default=timezone.now)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="défaite par",
        related_name="+",
    )
    undone_at = models.DateTimeField("défaite le", null=True, blank=True)

    class Meta:
        verbose_name = "rapprochement de professionnels"
        verbose_name_plural = "rapprochements de professionnels"
        ordering = ["-merged_at"]
        constraints = [
            models.UniqueConstraint(fields=["merged"], condition=Q(undone_at=None), name="professionalmerge_once"),
            models.CheckConstraint(condition=~Q(kept=F("merged")), name="professionalmerge_two_people"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class ProfessionalApart(models.Model):
    """Two files that look alike and are two people: not proposed together again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    first = models.ForeignKey(Professional, on_delete=models.PROTECT, verbose_name="première", related_name="+")
    second = models.ForeignKey(Professional, on_delete=models.PROTECT, verbose_name="seconde", related_name="+")
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="dit par", related_name="+"
    )
    said_at = models.DateTimeField("dit le", default=timezone.now)

    class Meta:
        verbose_name = "professionnels distincts"
        verbose_name_plural = "professionnels distincts"
        constraints = [models.UniqueConstraint(fields=["first", "second"], name="professionalapart_once")]

    def __str__(self) -> str:
        return str(self.pk)
