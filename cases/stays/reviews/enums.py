"""Codes of reviews."""

from django.db import models


class Milestone(models.IntegerChoices):
    """Days after the arrival. 0 is the end of the stay."""

    EXIT = 0, "bilan de sortie"
    WEEK = 7, "bilan à 7 jours"
    MONTH = 30, "bilan à 30 jours"
    QUARTER = 90, "bilan à 90 jours"
    HALF = 180, "bilan à 180 jours"
