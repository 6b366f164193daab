"""What a saved table measures, and over which days."""

from django.db import models


class Measure(models.TextChoices):
    """What a cell of a table holds."""

    COUNT = "count", "Nombre"
    PERSONS = "persons", "Personnes distinctes"
    DELAY = "delay", "Délai médian"


class Span(models.TextChoices):
    """Which days a table counts."""

    YEAR = "year", "Année civile en cours"
    TWELVE = "twelve", "Douze derniers mois"
    CONVENTION = "convention", "Depuis le début de la convention"
