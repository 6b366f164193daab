"""Waiting list of a session, and messages owed to the people enrolled."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from formation.enums import NoticeKind
from formation.sessions.models.sessions import Enrolment, Session


class WaitingEntry(models.Model):
    """A professional waits for a place of a full session; places freed are given in the order of the requests."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, verbose_name="session", related_name="waiting")
    professional = models.ForeignKey(
        "formation.Professional", on_delete=models.PROTECT, verbose_name="professionnel", related_name="waiting"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="demandée par", related_name="+"
    )
    asked_at = models.DateTimeField("demandée le", default=timezone.now)
    left_at = models.DateTimeField("retirée le", null=True, blank=True)
    enrolment = models.ForeignKey(
        Enrolment, on_delete=models.PROTECT, null=True, blank=True, verbose_name="inscription", related_name="+"
    )

    class Meta:
        verbose_name = "attente d’une place en formation"
        verbose_name_plural = "attentes d’une place en formation"
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "professional"],
                condition=Q(left_at=None, enrolment=None),
                name="waitingentry_once",
                violation_error_message="Cette personne attend déjà une place.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.professional_id} – {self.session_id}"


class SessionNotice(models.Model):
    """A message owed to somebody enrolled. Its id is the Message-ID: sent twice, a mailbox shows it once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enrolment = models.ForeignKey(
        Enrolment, on_delete=models.PROTECT, verbose_name="inscription", related_name="notices"
    )
    kind = models.CharField("nature", max_length=10, choices=NoticeKind.choices)
    sequence = models.PositiveSmallIntegerField("rang du calendrier", default=0)
    asked_at = models.DateTimeField("demandé le", default=timezone.now)
    sent_at = models.DateTimeField("envoyé le", null=True, blank=True)
    tries = models.PositiveSmallIntegerField("essais", default=0)

    class Meta:
        verbose_name = "message de session"
        verbose_name_plural = "messages de session"
        ordering = ["asked_at"]
        constraints = [models.UniqueConstraint(fields=["enrolment", "kind", "sequence"], name="sessionnotice_once")]
        indexes = [
            # The job looks for what is owed among all that was ever sent.
            models.Index(fields=["asked_at"], condition=Q(sent_at=None), name="sessionnotice_owed"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
