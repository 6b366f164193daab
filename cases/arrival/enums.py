"""Codes of a linking."""

from django.db import models


class Party(models.TextChoices):
    """Who agrees, in the tripartite convention of a stay."""

    REQUESTER = "requester", "service demandeur"
    STRUCTURE = "structure", "structure"
    NETWORK = "network", "coordination du réseau"
