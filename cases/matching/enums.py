"""What the rules of the search may be set to."""

from django.db import models


class Weight(models.TextChoices):
    """How a quality of a structure is read."""

    REQUIRED = "required", "exigé : sans lui, la structure est écartée"
    COUNTS = "counts", "compte dans le classement"
    IGNORED = "ignored", "ne compte pas"


class Overseas(models.TextChoices):
    """What becomes of a structure on the other side of a sea."""

    REFUSE = "refuse", "jamais proposée"
    LAST = "last", "proposée après toutes les autres"
    SAME = "same", "proposée comme les autres"


class Failing(models.TextChoices):
    """What becomes of a structure whose imperative exigence was confirmed below 3, without a derogation in force."""

    EXCLUDES = "excludes", "écarte la structure"
    IGNORED = "ignored", "n’écarte pas"
