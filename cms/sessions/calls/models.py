"""A writing of a software that was done, so that the same sending again does nothing."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone


class IdempotentCall(models.Model):
    """One writing under one key: what was sent, as a digest, and which rows came of it. Seen by its author alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, verbose_name="compte", related_name="+"
    )
    key = models.CharField("clé", max_length=64)
    fingerprint = models.CharField("empreinte de l’envoi", max_length=64)
    object_ids = ArrayField(models.UUIDField(), verbose_name="objets écrits")
    at = models.DateTimeField("fait le", default=timezone.now)

    class Meta:
        app_label = "access"
        verbose_name = "envoi d’un logiciel"
        verbose_name_plural = "envois d’un logiciel"
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="idempotent_call_once")]
        indexes = [models.Index(fields=["at"], name="idempotent_call_by_age")]

    def __str__(self) -> str:
        return f"Envoi du {timezone.localtime(self.at):%d/%m/%Y}"
