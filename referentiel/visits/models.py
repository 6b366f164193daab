"""Visits of the coordination: its own marks beside those of the structure, what is answered, what is confirmed.

Nothing here speaks of a minor. The coordination sees every row. The team of a structure sees its own visit once it is
sent, never before; what the team writes is read by the coordination once its direction has sent it.
"""

import uuid

from django.db import models
from django.db.models import Q

from cms.kit.fields import person
from referentiel.enums import Level, MarkValue, Origin, VisitKind, VisitState
from referentiel.visits.rules import OPEN


class Visit(models.Model):
    """A visit, or a review on documents, of one structure against one version.

    `assessment` is the self-assessment that it looks at; a structure that sent none is visited all the same.
    `answer_by` and `reply_by` are the last days of the structure, then of the coordination.
    """

    # Annotated by `visits_open`.
    is_imperative_open: bool

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partner = models.ForeignKey(
        "partners.Partner", on_delete=models.PROTECT, verbose_name="structure", related_name="+"
    )
    version = models.ForeignKey(
        "documents.DocumentVersion", on_delete=models.PROTECT, verbose_name="version", related_name="+"
    )
    assessment = models.ForeignKey(
        "referentiel.Assessment",
        on_delete=models.PROTECT,
        verbose_name="auto-évaluation",
        related_name="visits",
        null=True,
        blank=True,
    )
    kind = models.CharField("nature", max_length=10, choices=VisitKind.choices)
    state = models.CharField("état", max_length=12, choices=VisitState.choices, default=VisitState.DRAFT)
    opened_by = person("préparée par")
    opened_at = models.DateTimeField("préparée le")
    visited_on = models.DateField("faite le", null=True, blank=True)
    summary = models.TextField("ce que la coordination retient", blank=True, max_length=3000)
    sent_by = person("envoyée par", null=True)
    sent_at = models.DateTimeField("envoyée le", null=True, blank=True)
    answer_by = models.DateField("observations jusqu’au", null=True, blank=True)
    answered_by = person("observations envoyées par", null=True)
    answered_at = models.DateTimeField("observations envoyées le", null=True, blank=True)
    silent_at = models.DateTimeField("délai passé le", null=True, blank=True)
    reply_by = models.DateField("réponse jusqu’au", null=True, blank=True)
    closed_by = person("close par", null=True)
    closed_at = models.DateTimeField("close le", null=True, blank=True)
    closing = models.TextField("conclusion", blank=True, max_length=3000)
    cancelled_by = person("abandonnée par", null=True)
    cancelled_at = models.DateTimeField("abandonnée le", null=True, blank=True)
    cancel_reason = models.CharField("motif d’abandon", max_length=300, blank=True)

    class Meta:
        verbose_name = "visite du référentiel"
        verbose_name_plural = "visites du référentiel"
        ordering = ["-opened_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["partner"],
                condition=Q(state__in=OPEN),
                name="visit_one_open",
                violation_error_message="Une visite de cette structure est déjà en cours : terminez-la d’abord.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[VisitState.DRAFT, VisitState.CANCELLED])
                | Q(sent_at__isnull=False, sent_by__isnull=False, answer_by__isnull=False, visited_on__isnull=False),
                name="visit_sent_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state=VisitState.ANSWERED)
                | Q(answered_at__isnull=False, answered_by__isnull=False, reply_by__isnull=False),
                name="visit_answered_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state=VisitState.UNANSWERED) | Q(silent_at__isnull=False, reply_by__isnull=False),
                name="visit_unanswered_whole",
            ),
            models.CheckConstraint(
                condition=Q(state=VisitState.CLOSED, closed_at__isnull=False, closed_by__isnull=False)
                | (~Q(state=VisitState.CLOSED) & Q(closed_at=None, closed_by=None)),
                name="visit_closed_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state=VisitState.CANCELLED)
                | (Q(cancelled_at__isnull=False, cancelled_by__isnull=False) & ~Q(cancel_reason="")),
                name="visit_cancelled_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.get_state_display().lower()}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


class VisitMark(models.Model):
    """The mark that the coordination proposes for one exigence, with why. Frozen once the visit is sent."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, verbose_name="visite", related_name="marks")
    code = models.CharField("code", max_length=20)
    level = models.CharField("niveau", max_length=10, choices=Level.choices)
    value = models.CharField("cotation", max_length=2, choices=MarkValue.choices)
    comment = models.TextField("constat", blank=True, max_length=1000)
    marked_by = person("cotée par")
    marked_at = models.DateTimeField("cotée le")

    class Meta:
        verbose_name = "cotation proposée"
        verbose_name_plural = "cotations proposées"
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "code"], name="visit_mark_unique"),
            models.CheckConstraint(
                condition=~Q(level=Level.IMPERATIVE, value=MarkValue.NOT_CONCERNED),
                name="visit_mark_imperative_concerns",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Observation(models.Model):
    """What the structure answers about one mark: it agrees, or it says why it does not."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, verbose_name="visite", related_name="observations")
    code = models.CharField("code", max_length=20)
    is_agreed = models.BooleanField("d’accord")
    text = models.TextField("observation", blank=True, max_length=1000)
    written_by = person("écrite par")
    written_at = models.DateTimeField("écrite le")

    class Meta:
        verbose_name = "observation"
        verbose_name_plural = "observations"
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "code"], name="observation_unique"),
            models.CheckConstraint(
                condition=Q(is_agreed=True) | ~Q(text=""),
                name="observation_says_why",
                violation_error_message="Dites pourquoi vous n’êtes pas d’accord.",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class ConfirmedMark(models.Model):
    """A confirmed mark: one per exigence and visit, written once. The latest of a structure is the one that counts.

    `partner` repeats the visit's, so that the search of a place and the steering read one table by its index; the wall
    refuses another one. An imperative exigence is never confirmed by silence (constraint).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, verbose_name="visite", related_name="confirmed")
    partner = models.ForeignKey(
        "partners.Partner", on_delete=models.PROTECT, verbose_name="structure", related_name="+"
    )
    code = models.CharField("code", max_length=20)
    level = models.CharField("niveau", max_length=10, choices=Level.choices)
    value = models.CharField("cotation", max_length=2, choices=MarkValue.choices)
    origin = models.CharField("ce qui la fonde", max_length=10, choices=Origin.choices)
    reply = models.TextField("réponse de la coordination", blank=True, max_length=1000)
    decided_by = person("décidée par", null=True)
    decided_at = models.DateTimeField("décidée le")

    class Meta:
        verbose_name = "cotation confirmée"
        verbose_name_plural = "cotations confirmées"
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "code"], name="confirmed_mark_once"),
            models.CheckConstraint(
                condition=Q(origin=Origin.SILENCE, level=Level.STANDARD, decided_by=None)
                | (~Q(origin=Origin.SILENCE) & Q(decided_by__isnull=False)),
                name="confirmed_mark_never_by_silence",
            ),
            models.CheckConstraint(
                condition=~Q(level=Level.IMPERATIVE, value=MarkValue.NOT_CONCERNED),
                name="confirmed_mark_imperative_concerns",
            ),
        ]
        indexes = [models.Index(fields=["partner", "code", "-decided_at"], name="confirmed_mark_latest")]

    def __str__(self) -> str:
        return self.code
