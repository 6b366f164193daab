"""Codes of protection."""

from django.db import models


class AwayLevel(models.TextChoices):
    """How a place to keep away from weighs: what is forbidden is never proposed, what is avoided comes last."""

    FORBIDDEN = "forbidden", "à exclure"
    AVOIDED = "avoided", "à éviter"
