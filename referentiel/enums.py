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


class MarkValue(models.TextChoices):
    """How far an exigence is held, as evaluators of the sector say it."""

    NOT_AT_ALL = "1", "1 : pas du tout"
    RATHER_NOT = "2", "2 : plutôt non"
    RATHER = "3", "3 : plutôt oui"
    FULLY = "4", "4 : tout à fait"
    BEYOND = "5", "Au-delà de ce qui est demandé"
    NOT_CONCERNED = "nc", "Non concerné"


UNDER_FOUR = (MarkValue.NOT_AT_ALL, MarkValue.RATHER_NOT, MarkValue.RATHER)
"""Marks that ask, on an imperative exigence, for an action."""
