"""Codes of the grid."""

from django.db import models


class SignWeight(models.TextChoices):
    """What one sign of the grille de repérage justifies. Read by its rules, never shown to who fills the grid in."""

    STRONG = "strong", "fort"
    MEDIUM = "medium", "moyen"
    FAINT = "faint", "faible"


class SignAnswer(models.TextChoices):
    SEEN = "seen", "Observé"
    TOLD = "told", "Rapporté par un tiers"
    NO = "no", "Non"
    UNKNOWN = "unknown", "Ne sait pas"


class GridReading(models.TextChoices):
    """What a grid says, in words. Each version words it in its own way."""

    NONE = "none", "aucun signe noté"
    WATCH = "watch", "à surveiller"
    SUSPICION = "suspicion", "suspicion"
    STRONG = "strong", "suspicion forte"
