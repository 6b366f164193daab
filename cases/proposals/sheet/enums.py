from django.db import models


class WishedStay(models.TextChoices):
    """How long the minor would stay, as far as the coordination can say when it asks."""

    NIGHT = "night", "une nuit"
    DAYS = "days", "quelques jours"
    WEEKS = "weeks", "quelques semaines"
    MONTHS = "months", "plusieurs mois"
