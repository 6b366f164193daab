"""Where the translation of a page stands."""

from django.db import models

RIGHT_TO_LEFT = ("ar", "fa", "ps", "ur")


class TranslationState(models.TextChoices):
    MISSING = "missing", "Pas commencée"
    DRAFT = "draft", "Brouillon"
    LATE = "late", "À revoir : le français a changé"
    CURRENT = "current", "À jour"
