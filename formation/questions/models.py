"""Questionnaires: what somebody answered before and after a session, and what was thought of it."""

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from formation.enums import AnswerWay, Moment
from formation.sessions.models.sessions import Enrolment, Session

MARK = [MinValueValidator(1), MaxValueValidator(5)]
COMMENT = 1000


class AnswerSheet(models.Model):
    """What one person answered, once, to the questions of the frozen module. Never changed.

    Seen by that person, by who teaches the session and by the coordination; never by the employer.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enrolment = models.ForeignKey(
        Enrolment,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="inscription",
        related_name="answer_sheets",
    )
    walk_in = models.ForeignKey(
        "formation.WalkIn",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="personne venue sans inscription",
        related_name="answer_sheets",
    )
    moment = models.CharField("moment", max_length=10, choices=Moment.choices)
    answers = models.JSONField("réponses", default=dict)
    # Percents, worked out when the answers are written; empty when the questionnaire asks nothing of that kind.
    knowledge = models.PositiveSmallIntegerField("bonnes réponses", null=True, blank=True)
    confidence = models.PositiveSmallIntegerField("aisance ressentie", null=True, blank=True)
    way = models.CharField("moyen", max_length=10, choices=AnswerWay.choices)
    answered_at = models.DateTimeField("répondu le")

    class Meta:
        verbose_name = "réponses à un questionnaire"
        verbose_name_plural = "réponses à un questionnaire"
        ordering = ["answered_at"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "moment"], name="answersheet_once"),
            models.UniqueConstraint(fields=["walk_in", "moment"], name="answersheet_once_walk_in"),
            models.CheckConstraint(
                condition=Q(enrolment__isnull=False) | Q(walk_in__isnull=False), name="answersheet_of_somebody"
            ),
            models.CheckConstraint(
                condition=(Q(knowledge=None) | Q(knowledge__lte=100)) & (Q(confidence=None) | Q(confidence__lte=100)),
                name="answersheet_percents",
            ),
        ]

    def __str__(self) -> str:
        return self.get_moment_display()


class Satisfaction(models.Model):
    """What somebody thought of a session. Nothing says who: no person, no hour, no order.

    Read by no one row by row: `satisfaction_of` (SQL) gives totals to who runs the session, once answers are over and
    five people gave theirs. Figures read the marks.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, verbose_name="session", related_name="+")
    aims = models.PositiveSmallIntegerField("objectifs tenus", validators=MARK)
    useful = models.PositiveSmallIntegerField("utile au travail", validators=MARK)
    teaching = models.PositiveSmallIntegerField("animation", validators=MARK)
    recommended = models.PositiveSmallIntegerField("conseillée", validators=MARK)
    comment = models.TextField("en quelques mots", blank=True, max_length=COMMENT)

    class Meta:
        verbose_name = "avis sur une session"
        verbose_name_plural = "avis sur une session"
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    aims__range=(1, 5), useful__range=(1, 5), teaching__range=(1, 5), recommended__range=(1, 5)
                ),
                name="satisfaction_marks",
            )
        ]

    def __str__(self) -> str:
        return str(self.session_id)
