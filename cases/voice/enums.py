"""Codes of what a child says."""

from django.db import models


class VoiceState(models.TextChoices):
    WAITING = "waiting", "à lire"
    TAKEN = "taken", "suivie"
    CLOSED = "closed", "close"
