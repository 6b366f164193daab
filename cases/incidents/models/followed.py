"""What follows a declaration: time line, tasks, reviews and their causes, pairs of declarations of one fact."""

import datetime as dt
import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q

from cases.incidents.enums import EventKind
from cases.incidents.models.declared import Incident
from cms.kit.fields import person
from cms.values.fields import ValueField, value_constraint
from cms.vault.fields import SealedTextField


class IncidentEvent(models.Model):
    """One line of the time line, never changed. Read by the coordination; by who reads the incident when shared."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, verbose_name="incident", related_name="events")
    kind = models.CharField("nature", max_length=10, choices=EventKind.choices, default=EventKind.NOTE)
    words = SealedTextField("ce qui s’est passé", blank=True)
    is_shared = models.BooleanField("lu par le déclarant et la structure", default=False)
    author = person("par")
    at = models.DateTimeField("le")

    class Meta:
        verbose_name = "ligne du suivi"
        verbose_name_plural = "lignes du suivi"
        ordering = ["at"]

    def __str__(self) -> str:
        return self.get_kind_display()


class IncidentTaskQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        return self.filter(done_at=None)

    def late_on(self, day: dt.date) -> Self:
        return self.waiting().filter(due_on__lt=day)


class IncidentTask(models.Model):
    """Something to do, by somebody, until a day; an action when it comes from the retour d’expérience.

    An action may point at an exigence of the référentiel and at a module of training, by their codes. Read by the
    coordination, and by its owner as long as they read the incident.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, verbose_name="incident", related_name="tasks")
    words = SealedTextField("à faire")
    owner = person("responsable")
    due_on = models.DateField("pour le")
    is_action = models.BooleanField("action du retour d’expérience", default=False)
    exigence_code = models.CharField("exigence", max_length=20, blank=True)
    module_code = models.CharField("module de formation", max_length=20, blank=True)
    done_at = models.DateTimeField("fait le", null=True, blank=True)
    done_by = person("fait par", null=True, blank=True)

    objects = IncidentTaskQuerySet.as_manager()

    class Meta:
        verbose_name = "tâche d’un incident"
        verbose_name_plural = "tâches d’un incident"
        ordering = ["due_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None) | Q(done_at__isnull=False, done_by__isnull=False),
                name="incidenttask_done_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(is_action=True) | Q(exigence_code="", module_code=""),
                name="incidenttask_codes_of_actions",
                violation_error_message="Seule une action du RETEX renvoie à une exigence ou à un module.",
            ),
        ]
        indexes = [
            # The home of the coordination reads what is late, a few rows among years of them.
            models.Index(fields=["due_on"], condition=Q(done_at=None), name="incidenttask_waiting"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class IncidentReview(models.Model):
    """A retour d’expérience: what was learnt together, never changed; another is added. Read as the incident is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, verbose_name="incident", related_name="reviews")
    held_on = models.DateField("tenu le")
    lessons = SealedTextField("ce qui a été compris", null=True)
    written_by = person("écrit par")

    class Meta:
        verbose_name = "retour d’expérience"
        verbose_name_plural = "retours d’expérience"
        ordering = ["held_on"]

    def __str__(self) -> str:
        return f"Retour d’expérience du {self.held_on:%d/%m/%Y}"


class IncidentCause(models.Model):
    """A cause found by a retour d’expérience. Read as the incident is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, verbose_name="incident", related_name="causes")
    cause = ValueField("cause", list_code="cause_incident")

    class Meta:
        verbose_name = "cause d’un incident"
        verbose_name_plural = "causes d’un incident"
        constraints = [
            value_constraint("incidentcause", "cause", "cause_incident"),
            models.UniqueConstraint(fields=["incident", "cause"], name="incidentcause_once"),
        ]

    def __str__(self) -> str:
        return str(self.cause_id)


class IncidentPair(models.Model):
    """Two declarations: of the same fact, or not; both are kept. Read by the coordination alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    first = models.ForeignKey(Incident, on_delete=models.PROTECT, verbose_name="déclaration", related_name="+")
    second = models.ForeignKey(Incident, on_delete=models.PROTECT, verbose_name="autre déclaration", related_name="+")
    is_same = models.BooleanField("le même fait")
    said_by = person("dit par")
    said_at = models.DateTimeField("dit le")

    class Meta:
        verbose_name = "déclarations rapprochées"
        verbose_name_plural = "déclarations rapprochées"
        constraints = [
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="incidentpair_in_order"),
            models.UniqueConstraint(
                fields=["first", "second"],
                name="incidentpair_once",
                violation_error_message="Quelqu’un a déjà répondu pour ces deux déclarations.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
