"""The circuit de protection: versioned templates, the circuit of one minor and its steps."""

import datetime as dt
import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.arrival.enums import Party
from cases.circuit.enums import StepState, Visibility
from cases.files.models import Case
from cms.values.fields import ValueField, value_constraint
from cms.vault.fields import SealedTextField

OPEN_STATES = (StepState.TO_DO, StepState.DOING, StepState.BLOCKED)


class CircuitTemplate(models.Model):
    """A way to protect minors of one kind. Its steps stand in its versions: the last one serves circuits to come."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    label = models.CharField("modèle", max_length=120, unique=True)
    retired_on = models.DateField("retiré le", null=True, blank=True)

    class Meta:
        verbose_name = "modèle de circuit"
        verbose_name_plural = "modèles de circuit"
        ordering = ["label"]

    def __str__(self) -> str:
        return self.label


class CircuitVersion(models.Model):
    """Steps of a template, as they were published. Insert-only: a circuit keeps the version that it began with.

    `steps`: `[{"measure": "mesure:MAB", "owner": "network", "days": 0, "visibility": "structure"}, …]` in their order.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    template = models.ForeignKey(
        CircuitTemplate, on_delete=models.PROTECT, verbose_name="modèle", related_name="versions"
    )
    number = models.PositiveIntegerField("numéro")
    steps = models.JSONField("étapes")
    reason = models.CharField("pourquoi cette version", max_length=300)
    published_at = models.DateTimeField("publiée le")
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="publiée par",
        related_name="+",
    )

    class Meta:
        verbose_name = "version d’un modèle de circuit"
        verbose_name_plural = "versions d’un modèle de circuit"
        ordering = ["template_id", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["template", "number"],
                name="circuitversion_number_unique",
                violation_error_message="Une autre version vient d’être publiée : rechargez la page.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template}, version {self.number}"


class Circuit(models.Model):
    """The circuit of one minor. Its steps are its own: they change without changing the template."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, verbose_name="situation", related_name="circuits")
    version = models.ForeignKey(
        CircuitVersion, on_delete=models.PROTECT, verbose_name="version du modèle", related_name="+"
    )
    started_on = models.DateField("commencé le")
    closed_on = models.DateField("clos le", null=True, blank=True)

    class Meta:
        verbose_name = "circuit de protection"
        verbose_name_plural = "circuits de protection"
        ordering = ["-started_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(closed_on=None),
                name="circuit_one_running",
                violation_error_message="Un circuit est déjà en cours pour ce mineur.",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("started_on")),
                name="circuit_dates_in_order",
                violation_error_message="La fin du circuit précède son début.",
            ),
        ]

    def __str__(self) -> str:
        return f"Circuit du {self.started_on:%d/%m/%Y}"


class CircuitStepQuerySet(models.QuerySet):
    def running(self) -> Self:
        return self.filter(state__in=OPEN_STATES, circuit__closed_on=None)

    def late_on(self, day: dt.date) -> Self:
        return self.running().filter(due_on__lt=day)


class CircuitStep(models.Model):
    """One measure, for one minor: who answers for it, until when, where it stands. The note is sealed, and holds no
    diagnosis.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    circuit = models.ForeignKey(Circuit, on_delete=models.PROTECT, verbose_name="circuit", related_name="steps")
    measure = ValueField("mesure", list_code="mesure")
    owner = models.CharField("responsable", max_length=10, choices=Party.choices)
    due_on = models.DateField("échéance")
    state = models.CharField("état", max_length=8, choices=StepState.choices, default=StepState.TO_DO)
    done_on = models.DateField("fait le", null=True, blank=True)
    visibility = models.CharField("lu par", max_length=10, choices=Visibility.choices, default=Visibility.STRUCTURE)
    note = SealedTextField("note", blank=True)

    objects = CircuitStepQuerySet.as_manager()

    class Meta:
        verbose_name = "étape du circuit de protection"
        verbose_name_plural = "étapes du circuit de protection"
        ordering = ["due_on", "measure_id"]
        constraints = [
            value_constraint("circuitstep", "measure", "mesure"),
            models.UniqueConstraint(
                fields=["circuit", "measure"],
                name="circuitstep_once",
                violation_error_message="Cette mesure est déjà dans le circuit.",
            ),
            models.CheckConstraint(
                condition=Q(state=StepState.DONE, done_on__isnull=False)
                | (~Q(state=StepState.DONE) & Q(done_on=None)),
                name="circuitstep_done_is_dated",
                violation_error_message="Indiquez le jour où c’est fait.",
            ),
            # Who answers for a step reads it.
            models.CheckConstraint(
                condition=Q(owner="network")
                | Q(owner="structure", visibility__in=["structure", "parties"])
                | Q(owner="requester", visibility="parties"),
                name="circuitstep_owner_reads",
                violation_error_message="Le responsable d’une étape doit pouvoir la lire.",
            ),
        ]
        indexes = [
            # Boards read the steps that are late, the oldest first.
            models.Index(
                fields=["due_on"], condition=Q(state__in=["to_do", "doing", "blocked"]), name="circuitstep_running"
            ),
        ]

    def __str__(self) -> str:
        return str(self.measure_id)
