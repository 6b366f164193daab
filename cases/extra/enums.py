"""Codes of added fields."""

from django.db import models


class ExtraTarget(models.TextChoices):
    SOLLICITATION = "sollicitation", "la sollicitation"
    CASE = "case", "la situation"


class ExtraKind(models.TextChoices):
    TEXT = "text", "texte"
    CHOICE = "choice", "choix dans une liste"
    DATE = "date", "date"
    YES_NO = "yes_no", "oui ou non"


class ExtraAudience(models.TextChoices):
    """Who is asked. A service that looks for a bed tonight never has to answer."""

    EVERYBODY = "everybody", "tous les services"
    STAGES = "stages", "les services qui remplissent la demande par étapes (ASE, PJJ, associations)"
    OFFICE = "office", "la coordination seule"
