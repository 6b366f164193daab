"""Codes of a circuit."""

from django.db import models


class StepState(models.TextChoices):
    TO_DO = "to_do", "à faire"
    DOING = "doing", "en cours"
    DONE = "done", "fait"
    MOOT = "moot", "sans objet"
    REFUSED = "refused", "refusé par le jeune"
    BLOCKED = "blocked", "bloqué"


class Visibility(models.TextChoices):
    """Who reads a step beside the coordination."""

    NETWORK = "network", "la coordination"
    STRUCTURE = "structure", "la structure"
    PARTIES = "parties", "la structure et le service demandeur"
