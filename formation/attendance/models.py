"""Proofs of presence: who signed and when, who came without being enrolled, what the trainer countersigned."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from cms.kit.constraints import in_order
from cms.values.fields import ValueField, value_constraint
from formation.attendance.rules import Presence
from formation.enums import Status, WalkInState, Way
from formation.sessions.models.sessions import Enrolment, HalfDay, Session


class WalkIn(models.Model):
    """Somebody who came without being enrolled, until the trainer decides. The decision erases the names: they are
    then those of the professional, or nobody's.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, verbose_name="session", related_name="walk_ins")
    last_name = models.CharField("nom", max_length=100, blank=True)
    first_name = models.CharField("prénom", max_length=100, blank=True)
    email = models.EmailField("adresse électronique", blank=True)
    profession = ValueField("profession", list_code="profession", null=True, blank=True)
    employer_type = ValueField("type d’employeur", list_code="type_employeur", null=True, blank=True)
    employer_name = models.CharField("employeur", max_length=160, blank=True)
    asked_at = models.DateTimeField("venue le", default=timezone.now)
    state = models.CharField("état", max_length=10, choices=WalkInState.choices, default=WalkInState.PENDING)
    enrolment = models.ForeignKey(
        Enrolment, on_delete=models.PROTECT, null=True, blank=True, verbose_name="inscription", related_name="+"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="décidée par",
        related_name="+",
    )
    decided_at = models.DateTimeField("décidée le", null=True, blank=True)

    class Meta:
        verbose_name = "personne venue sans inscription"
        verbose_name_plural = "personnes venues sans inscription"
        ordering = ["asked_at"]
        constraints = [
            value_constraint("walkin", "profession", "profession"),
            value_constraint("walkin", "employer_type", "type_employeur"),
            models.UniqueConstraint(
                "session", Lower("email"), condition=Q(state="pending") & ~Q(email=""), name="walkin_once_a_session"
            ),
            models.CheckConstraint(
                condition=Q(state="pending") | Q(decided_at__isnull=False, last_name="", first_name="", email=""),
                name="walkin_decided_keeps_no_name",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}".strip() or "Personne venue sans inscription"


class Signature(models.Model):
    """One person signed one half-day. Rows never change, except to link those of a walk-in to the enrolment."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    half_day = models.ForeignKey(
        HalfDay, on_delete=models.PROTECT, verbose_name="demi-journée", related_name="signatures"
    )
    enrolment = models.ForeignKey(
        Enrolment,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="inscription",
        related_name="signatures",
    )
    walk_in = models.ForeignKey(
        WalkIn,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="personne venue sans inscription",
        related_name="signatures",
    )
    way = models.CharField("moyen", max_length=10, choices=Way.choices)
    signed_at = models.DateTimeField("signée le", default=timezone.now)

    class Meta:
        verbose_name = "signature de présence"
        verbose_name_plural = "signatures de présence"
        ordering = ["signed_at"]
        constraints = [
            models.UniqueConstraint(fields=["half_day", "enrolment"], name="signature_once"),
            models.UniqueConstraint(fields=["half_day", "walk_in"], name="signature_once_walk_in"),
            models.CheckConstraint(
                condition=Q(enrolment__isnull=False) | Q(walk_in__isnull=False), name="signature_of_somebody"
            ),
        ]

    def __str__(self) -> str:
        return str(self.half_day_id)


class Excuse(models.Model):
    """An absence announced in advance. The reason is not recorded: it may concern health."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enrolment = models.ForeignKey(
        Enrolment, on_delete=models.PROTECT, verbose_name="inscription", related_name="excuses"
    )
    half_day = models.ForeignKey(
        HalfDay, on_delete=models.PROTECT, verbose_name="demi-journée", related_name="excuses"
    )
    # Rank of the dates announced: an excuse does not survive a postponement.
    sequence = models.PositiveSmallIntegerField("rang du calendrier", default=0)
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="prévenue par", related_name="+"
    )
    told_at = models.DateTimeField("prévenue le", default=timezone.now)

    class Meta:
        verbose_name = "absence prévenue"
        verbose_name_plural = "absences prévenues"
        constraints = [models.UniqueConstraint(fields=["enrolment", "half_day", "sequence"], name="excuse_once")]

    def __str__(self) -> str:
        return str(self.half_day_id)


class CounterSignature(models.Model):
    """A trainer certifies the sheet of one half-day. A correction adds a row; earlier rows stay."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    half_day = models.ForeignKey(
        HalfDay, on_delete=models.PROTECT, verbose_name="demi-journée", related_name="countersignatures"
    )
    rank = models.PositiveSmallIntegerField("rang")
    content_hash = models.CharField("empreinte", max_length=64)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="signée par", related_name="+"
    )
    signed_at = models.DateTimeField("signée le", default=timezone.now)
    is_correction = models.BooleanField("correction", default=False)

    class Meta:
        verbose_name = "contre-signature"
        verbose_name_plural = "contre-signatures"
        ordering = ["half_day", "rank"]
        constraints = [models.UniqueConstraint(fields=["half_day", "rank"], name="countersignature_rank")]

    def __str__(self) -> str:
        return f"{self.half_day_id} – {self.rank}"


class Attendance(models.Model):
    """Who was there, half-day by half-day. A constraint trigger refuses somebody who is not enrolled."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enrolment = models.ForeignKey(
        Enrolment, on_delete=models.PROTECT, verbose_name="inscription", related_name="attendances"
    )
    half_day = models.ForeignKey(
        HalfDay, on_delete=models.PROTECT, verbose_name="demi-journée", related_name="attendances"
    )
    status = models.CharField("présence", max_length=10, choices=Status.choices)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="relevée par", related_name="+"
    )
    # Only when it was not from the beginning to the end; hours are counted between the two.
    came_at = models.DateTimeField("arrivée à", null=True, blank=True)
    left_at = models.DateTimeField("partie à", null=True, blank=True)
    # Of the first recording: a correction is in the journal, and does not start the 48 hours again.
    recorded_at = models.DateTimeField("relevée le")

    class Meta:
        verbose_name = "présence"
        verbose_name_plural = "présences"
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "half_day"], name="attendance_unique"),
            models.CheckConstraint(
                condition=Q(came_at=None) | Q(status__in=["present", "left_early"]), name="attendance_came_is_there"
            ),
            models.CheckConstraint(
                condition=Q(status="left_early", left_at__isnull=False) | (~Q(status="left_early") & Q(left_at=None)),
                name="attendance_left_early_says_when",
            ),
            in_order("attendance_hours_in_order", "came_at", "left_at"),
        ]

    def __str__(self) -> str:
        return self.get_status_display()

    @property
    def presence(self) -> Presence:
        return Presence(self.status, self.came_at, self.left_at)
