from django.db import models


class Deed(models.TextChoices):
    """What becomes of an object once its time is over."""

    ANONYMISE = "anonymise", "rendu anonyme"
    DESTROY = "destroy", "détruit"


class RowOutcome(models.TextChoices):
    """What the execution made of one row of a run."""

    DONE = "done", "effacé"
    HELD = "held", "gardé : conservation forcée"
    POSTPONED = "postponed", "gardé : nouvelle activité"
    GONE = "gone", "déjà effacé"


class Archives(models.TextChoices):
    """What the public archives answered: their files are not destroyed without their visa (code du patrimoine)."""

    OBTAINED = "obtained", "le visa des archives a été obtenu"
    NOT_NEEDED = "not_needed", "le visa n’est pas requis pour ce lot"
