"""Self-assessment: once a year each structure marks itself against one version, and says what it will do.

Nothing here speaks of a minor: marks, actions and evidence are about the structure. Seen by the structure and by the
coordination.
"""

import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from cms.kit.fields import person
from referentiel.enums import Level, MarkValue


class Campaign(models.Model):
    """One year of self-assessments, opened by the coordination. Read by everybody signed in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    year = models.PositiveSmallIntegerField("année", unique=True)
    version = models.ForeignKey(
        "documents.DocumentVersion", on_delete=models.PROTECT, verbose_name="version", related_name="+"
    )
    opens_on = models.DateField("ouverte du")
    closes_on = models.DateField("jusqu’au")
    opened_by = person("ouverte par")

    class Meta:
        verbose_name = "campagne d’auto-évaluation"
        verbose_name_plural = "campagnes d’auto-évaluation"
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="campaign_dates_in_order")
        ]

    def __str__(self) -> str:
        return f"Auto-évaluation {self.year}"

    def clean(self) -> None:
        if self.opens_on and self.closes_on and self.closes_on < self.opens_on:
            raise ValidationError({"closes_on": "La date de fin précède la date de début."})


class Assessment(models.Model):
    """The self-assessment of a structure in a campaign, pinned to one version. Frozen once it is sent."""

    # Set by the steering: actions whose day is past.
    late_steps: int

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, verbose_name="campagne", related_name="assessments"
    )
    partner = models.ForeignKey(
        "partners.Partner", on_delete=models.PROTECT, verbose_name="structure", related_name="+"
    )
    version = models.ForeignKey(
        "documents.DocumentVersion", on_delete=models.PROTECT, verbose_name="version", related_name="+"
    )
    started_by = person("commencée par")
    started_at = models.DateTimeField("commencée le")
    submitted_by = person("envoyée par", null=True)
    submitted_at = models.DateTimeField("envoyée le", null=True, blank=True)

    class Meta:
        verbose_name = "auto-évaluation"
        verbose_name_plural = "auto-évaluations"
        ordering = ["-campaign__year"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "partner"], name="assessment_unique"),
            models.CheckConstraint(
                condition=Q(submitted_by=None, submitted_at=None)
                | Q(submitted_by__isnull=False, submitted_at__isnull=False),
                name="assessment_submitted_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.partner_id}"


class Mark(models.Model):
    """The mark of one exigence. `is_to_confirm`: its words changed since it was given, in a version carried over."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(
        Assessment, on_delete=models.PROTECT, verbose_name="auto-évaluation", related_name="marks"
    )
    code = models.CharField("code", max_length=20)
    level = models.CharField("niveau", max_length=10, choices=Level.choices)
    value = models.CharField("cotation", max_length=2, choices=MarkValue.choices)
    is_to_confirm = models.BooleanField("à confirmer", default=False)
    marked_by = person("cotée par")
    marked_at = models.DateTimeField("cotée le")

    class Meta:
        verbose_name = "cotation"
        verbose_name_plural = "cotations"
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "code"], name="mark_unique"),
            models.CheckConstraint(
                condition=~Q(level=Level.IMPERATIVE, value=MarkValue.NOT_CONCERNED), name="mark_imperative_concerns"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class PlanStep(models.Model):
    """What a structure will do about one exigence: who leads, by when, and what will prove it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(
        Assessment, on_delete=models.PROTECT, verbose_name="auto-évaluation", related_name="steps"
    )
    code = models.CharField("code", max_length=20)
    what = models.CharField("ce qui sera fait", max_length=300)
    pilot = models.CharField("qui s’en occupe", max_length=120)
    due_on = models.DateField("pour le")
    proof = models.CharField("ce qui le prouvera", max_length=200)
    done_on = models.DateField("fait le", null=True, blank=True)

    class Meta:
        verbose_name = "action du plan"
        verbose_name_plural = "actions du plan"
        ordering = ["due_on"]
        constraints = [models.UniqueConstraint(fields=["assessment", "code"], name="plan_step_unique")]

    def __str__(self) -> str:
        return self.code


class Evidence(models.Model):
    """A proof attached to one exigence (its file is stored by `cms.files`), and the end of its validity.

    A proof that expires is replaced by another, even once the whole is sent: the older one stays, as it was.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(
        Assessment, on_delete=models.PROTECT, verbose_name="auto-évaluation", related_name="evidences"
    )
    code = models.CharField("code", max_length=20)
    valid_until = models.DateField("valable jusqu’au", null=True, blank=True)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, verbose_name="remplace", related_name="replaced_by", null=True, blank=True
    )
    added_by = person("ajoutée par")
    added_at = models.DateTimeField("ajoutée le")

    class Meta:
        verbose_name = "preuve"
        verbose_name_plural = "preuves"
        ordering = ["added_at"]

    def __str__(self) -> str:
        return self.code
