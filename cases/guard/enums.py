"""Codes of the guard."""

from django.db import models


class Obstacle(models.TextChoices):
    """What keeps a minor out of a structure. The codes are those of `stay_obstacles`, in the database."""

    AWAY = "away", "lieu à éviter"
    SUSPENDED = "suspended", "structure suspendue"
    IMPERATIVE = "imperative", "exigence impérative non tenue"
    PLACE = "place", "aucune place libre"


BY_TWO = (Obstacle.AWAY, Obstacle.SUSPENDED, Obstacle.PLACE)
"""What two people may set aside. An imperative exigence has its own derogation, in the référentiel."""
