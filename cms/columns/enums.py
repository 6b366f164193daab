"""Types of columns, and the tests that a condition may make of each."""

from django.db import models


class Kind(models.TextChoices):
    TEXT = "text", "texte"
    NUMBER = "number", "nombre"
    DAY = "day", "jour"
    MOMENT = "moment", "jour et heure"
    YES_NO = "yes_no", "oui ou non"
    CHOICE = "choice", "choix"
    MANY = "many", "plusieurs choix"


class Check(models.TextChoices):
    """No negation: each test has its contrary, and both are false of what was not answered."""

    IN = "in", "est"
    NONE_OF = "none_of", "n’est pas"
    HAS_ALL = "has_all", "a tous"
    AT_LEAST = "at_least", "au moins"
    AT_MOST = "at_most", "au plus"
    BETWEEN = "between", "entre"
    BEFORE = "before", "avant le"
    AFTER = "after", "à partir du"
    OLDER_THAN = "older_than", "il y a plus de (jours)"
    WITHIN = "within", "depuis moins de (jours)"
    COMING = "coming", "dans les (jours) à venir"
    IS = "is", "est"
    ANSWERED = "answered", "est rempli"
    UNANSWERED = "unanswered", "n’est pas rempli"


OF_ALL = (Check.ANSWERED, Check.UNANSWERED)
OF_DAYS = (Check.BEFORE, Check.AFTER, Check.WITHIN, Check.OLDER_THAN, Check.COMING)
TESTS: dict[str, tuple[Check, ...]] = {
    Kind.TEXT: OF_ALL,
    Kind.NUMBER: (Check.AT_LEAST, Check.AT_MOST, Check.BETWEEN, *OF_ALL),
    Kind.DAY: (*OF_DAYS, *OF_ALL),
    Kind.MOMENT: (*OF_DAYS, *OF_ALL),
    Kind.YES_NO: (Check.IS, *OF_ALL),
    Kind.CHOICE: (Check.IN, Check.NONE_OF, *OF_ALL),
    Kind.MANY: (Check.IN, Check.NONE_OF, Check.HAS_ALL, *OF_ALL),
}
DAY_COUNTS = {Check.OLDER_THAN, Check.WITHIN, Check.COMING}
"""Tests whose value is a number of days."""
