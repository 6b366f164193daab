from django.db import models


class Level(models.TextChoices):
    """An imperative that is not met stops every new arrival; a standard one is improved over time."""

    IMPERATIVE = "imperative", "Impérative"
    STANDARD = "standard", "Standard"


class Mode(models.TextChoices):
    """How the evaluator checks an exigence."""

    DOCUMENTS = "D", "documents"
    VISIT = "V", "visite"
    TEAM = "E", "entretien avec l’équipe"
    YOUNG = "J", "entretien avec un jeune"
    TRACER = "T", "dossier tiré au sort"
