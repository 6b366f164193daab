"""What a child wrote from the public page, and what the coordination and the child answered."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.incidents.models.declared import Incident
from cases.voice.enums import VoiceState
from cms.vault.fields import SealedTextField


class VoiceMessageQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        """Keep messages of which nobody has read the last words yet."""
        return self.filter(state=VoiceState.WAITING)


class VoiceMessage(models.Model):
    """A message of a child. Read by the coordination alone; by the child, with the code that was shown once.

    Nothing tells who wrote it nor from which device. It is written by functions of the owner (`voice_send`,
    `voice_write`). New words of the child put it back among those to read.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField("référence", max_length=20, unique=True, editable=False)
    key_hash = models.CharField("empreinte de la clé d’envoi", max_length=64, unique=True, editable=False)
    code_hash = models.CharField("empreinte du code", max_length=64, unique=True, editable=False)
    sent_at = models.DateTimeField("reçue le")
    heard_at = models.DateTimeField("dernier mot de l’enfant le")
    is_in_danger = models.BooleanField("en danger maintenant", default=False)
    words = SealedTextField("ce que dit l’enfant")
    state = models.CharField("état", max_length=10, choices=VoiceState.choices, default=VoiceState.WAITING)
    taken_at = models.DateTimeField("lue le", null=True, blank=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="suivie par",
        related_name="+",
    )
    closed_at = models.DateTimeField("close le", null=True, blank=True)
    incident = models.ForeignKey(
        Incident,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="situation préoccupante",
        related_name="voices",
    )

    objects = VoiceMessageQuerySet.as_manager()

    class Meta:
        verbose_name = "parole d’un enfant"
        verbose_name_plural = "paroles d’enfants"
        ordering = ["-heard_at"]
        constraints = [
            models.CheckConstraint(condition=Q(heard_at__gte=F("sent_at")), name="voice_heard_after_sent"),
            models.CheckConstraint(
                condition=Q(state=VoiceState.WAITING, taken_at=None, taken_by=None)
                | Q(~Q(state=VoiceState.WAITING), taken_at__isnull=False, taken_by__isnull=False),
                name="voice_taken_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state=VoiceState.CLOSED, closed_at__isnull=False)
                | Q(~Q(state=VoiceState.CLOSED), closed_at=None),
                name="voice_closed_is_dated",
            ),
        ]
        indexes = [models.Index(fields=["state", "heard_at"], name="voice_waiting")]

    def __str__(self) -> str:
        return self.reference


class VoiceReply(models.Model):
    """Words that follow a message, of the coordination or of the child. Read as the message is; never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    message = models.ForeignKey(VoiceMessage, on_delete=models.PROTECT, verbose_name="parole", related_name="replies")
    is_from_child = models.BooleanField("de l’enfant", default=False)
    words = SealedTextField("réponse")
    written_at = models.DateTimeField("écrite le")
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="écrite par",
        related_name="+",
    )

    class Meta:
        verbose_name = "réponse à la parole d’un enfant"
        verbose_name_plural = "réponses aux paroles d’enfants"
        ordering = ["written_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_from_child=True, written_by=None) | Q(is_from_child=False, written_by__isnull=False),
                name="voicereply_of_one_or_the_other",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
