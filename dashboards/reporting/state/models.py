"""Questions between the State and the coordination, and committees."""

import uuid

from django.db import models
from django.db.models import Q

from cms.kit.constraints import whole
from cms.kit.fields import person
from dashboards.reporting.enums import Side


class StateQuestion(models.Model):
    """A question between the State and the coordination, with the day by which an answer is due.

    Read by the coordination, the direction and the State body that it belongs to.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partner = models.ForeignKey(
        "partners.Partner", on_delete=models.PROTECT, verbose_name="service de l’État", related_name="+"
    )
    side = models.CharField("posée par", max_length=7, choices=Side, editable=False)
    subject = models.CharField("objet", max_length=140)
    body = models.TextField("question", max_length=4000)
    due_on = models.DateField("réponse attendue le", null=True, blank=True)
    asked_by = person("posée par")
    asked_at = models.DateTimeField("posée le", editable=False)
    answer = models.TextField("réponse", max_length=8000, blank=True)
    answered_by = person("répondue par", null=True)
    answered_at = models.DateTimeField("répondue le", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "question"
        verbose_name_plural = "questions"
        default_permissions = ()
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(condition=Q(side__in=Side.values), name="statequestion_side_known"),
            whole("statequestion_answered_whole", "answered_by", "answered_at"),
            models.CheckConstraint(
                condition=Q(answered_at=None) | ~Q(answer=""),
                name="statequestion_answer_said",
                violation_error_message="Écrivez la réponse.",
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def is_open(self) -> bool:
        return self.answered_at is None


class Committee(models.Model):
    """A meeting of the committee that follows the convention: when, what about, and its minutes once they are shared.

    Read by the coordination and the direction, and by every reader of the State.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    held_on = models.DateField("jour")
    begins_at = models.TimeField("heure", null=True, blank=True)
    place = models.CharField("lieu ou lien", max_length=200, blank=True)
    title = models.CharField("intitulé", max_length=140)
    agenda = models.TextField("ordre du jour", max_length=4000, blank=True)
    minutes = models.TextField("compte rendu", max_length=20_000, blank=True)
    minutes_shared_at = models.DateTimeField("compte rendu partagé le", null=True, blank=True, editable=False)
    written_by = person("inscrit par")

    class Meta:
        verbose_name = "comité de suivi"
        verbose_name_plural = "comités de suivi"
        default_permissions = ()
        ordering = ["-held_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes_shared_at=None) | ~Q(minutes=""),
                name="committee_minutes_said",
                violation_error_message="Écrivez le compte rendu avant de le partager.",
            )
        ]

    def __str__(self) -> str:
        return self.title
