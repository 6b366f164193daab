"""Structures invited to a session, until they enrol somebody or say no."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from formation.sessions.models.queues import WaitingEntry
from formation.sessions.models.sessions import Enrolment, EnrolmentQuerySet, Session


class SessionInvitationQuerySet(models.QuerySet["SessionInvitation"]):
    """Answers are read from enrolments and waiting lists, as far as the actor sees them."""

    def with_answers(self) -> Self:
        """Add `is_enrolled` and `is_waiting`: somebody of the team is."""
        return self.annotate(is_enrolled=Exists(self._enrolled()), is_waiting=Exists(self._waiting()))

    def unanswered(self) -> Self:
        return self.filter(~Exists(self._enrolled()), ~Exists(self._waiting()), declined_at=None)

    @staticmethod
    def _enrolled() -> EnrolmentQuerySet:
        return Enrolment.objects.live().filter(session=OuterRef("session"), employer=OuterRef("partner"))

    @staticmethod
    def _waiting() -> models.QuerySet[WaitingEntry]:
        team = {"session": OuterRef("session"), "professional__employer": OuterRef("partner")}
        return WaitingEntry.objects.filter(**team, left_at=None, enrolment=None)


class SessionInvitation(models.Model):
    """The coordination invites a structure to a session. The first person of the team who is enrolled, or waits for a
    place, answers it (read from these rows); or the direction declines.

    Seen by the coordination, and by the direction of the structure.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, verbose_name="session", related_name="invitations")
    partner = models.ForeignKey(
        "partners.Partner", on_delete=models.PROTECT, verbose_name="structure", related_name="+"
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="invitée par", related_name="+"
    )
    invited_at = models.DateTimeField("invitée le")
    declined_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="déclinée par",
        related_name="+",
    )
    declined_at = models.DateTimeField("déclinée le", null=True, blank=True)
    why = models.CharField("ce que dit la structure", max_length=300, blank=True)

    objects = SessionInvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "invitation d’une structure"
        verbose_name_plural = "invitations de structures"
        ordering = ["invited_at"]
        constraints = [
            models.UniqueConstraint(fields=["session", "partner"], name="sessioninvitation_once"),
            models.CheckConstraint(
                condition=Q(declined_at=None, declined_by=None, why="")
                | Q(declined_at__isnull=False, declined_by__isnull=False),
                name="sessioninvitation_declined_whole",
            ),
        ]

    def __str__(self) -> str:
        return str(self.session_id)
