"""Codes of runaways."""

from django.db import models


class Offer(models.TextChoices):
    """What became of what is offered to a minor who comes back."""

    ACCEPTED = "accepted", "proposé et accepté"
    REFUSED = "refused", "proposé et refusé"
    DONE = "done", "fait"
