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

LOW = (MarkValue.NOT_AT_ALL, MarkValue.RATHER_NOT)
"""Marks below 3. On an imperative exigence, once confirmed, they stop every new arrival."""


class VisitKind(models.TextChoices):
    VISIT = "visit", "Visite sur place"
    DESK = "desk", "Examen sur pièces"


class VisitState(models.TextChoices):
    """Where a visit stands. Transitions are in `referentiel.visits.rules.NEXT`."""

    DRAFT = "draft", "En préparation"
    SENT = "sent", "Observations attendues"
    ANSWERED = "answered", "Observations reçues"
    UNANSWERED = "unanswered", "Sans réponse de la structure"
    CLOSED = "closed", "Close"
    CANCELLED = "cancelled", "Abandonnée"


class Origin(models.TextChoices):
    """What a confirmed mark rests on."""

    AGREED = "agreed", "Acceptée par la structure"
    DECIDED = "decided", "Décidée par la coordination"
    SILENCE = "silence", "Confirmée faute de réponse"


class About(models.TextChoices):
    """What a reminder is about."""

    ANSWER = "answer", "observations à envoyer"
    SILENCE = "silence", "délai d’observations passé"
    REPLY = "reply", "réponse de la coordination attendue"
    EVIDENCE = "evidence", "preuve qui se périme"
    DEROGATION = "derogation", "dérogation qui s’achève"
