"""States of a session and of attendance."""

from django.db import models


class SessionState(models.TextChoices):
    PLANNED = "planned", "prévue"
    HELD = "held", "tenue"
    CANCELLED = "cancelled", "annulée"


class Period(models.TextChoices):
    MORNING = "morning", "matin"
    AFTERNOON = "afternoon", "après-midi"


class Status(models.TextChoices):
    PRESENT = "present", "présent"
    LEFT_EARLY = "left_early", "parti avant la fin"
    EXCUSED = "excused", "excusé"
    ABSENT = "absent", "absent"
