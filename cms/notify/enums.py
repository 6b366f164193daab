import enum

from django.db import models


class Rank(models.IntegerChoices):
    FIRST = 1, "rang 1"
    SECOND = 2, "rang 2"
    THIRD = 3, "rang 3"


class Channel(models.TextChoices):
    MAIL = "mail", "courriel"
    PHONE = "phone", "téléphone"
    """Text message or automatic call: the gateway decides."""


class RingState(models.TextChoices):
    RINGING = "ringing", "sonne"
    ACKNOWLEDGED = "acknowledged", "appel pris"
    CLOSED = "closed", "terminée"


class Post(enum.Enum):
    """What became of one message given to the mail server."""

    LEFT = enum.auto()
    WAITS = enum.auto()
    REFUSED = enum.auto()


class Timing(models.TextChoices):
    """When a person is told by mail. Whatever it is, the inbox shows it at once."""

    NOW = "now", "aussitôt"
    MORNING = "morning", "le matin, en un seul message"
    NEVER = "never", "jamais par courriel"


ANSWER_MINUTES = "notify.answer_minutes"
TAKE_MINUTES = "notify.take_minutes"
RETRY_MINUTES = "notify.retry_minutes"
QUIET_FROM = "notify.quiet_from"
QUIET_TO = "notify.quiet_to"
DIGEST_HOUR = "notify.digest_hour"
