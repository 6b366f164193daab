"""Codes of a linking."""

from django.db import models


class Party(models.TextChoices):
    """Who agrees, in the tripartite convention of a stay. `REQUESTER`: the service to which the minor is entrusted,
    which is the one that asked only when the law lets it be.
    """

    REQUESTER = "requester", "service gardien"
    STRUCTURE = "structure", "structure"
    NETWORK = "network", "coordination du réseau"


PAYER = "payer"
"""Who pays answers too, beside the parties of the convention."""


class Way(models.TextChoices):
    """How an answer came."""

    ONLINE = "online", "en ligne"
    PHONE = "phone", "par téléphone"
    MAIL = "mail", "par courriel"
    PAPER = "paper", "sur papier"


class Reply(models.TextChoices):
    """What a party answered. An agreement alone lets the arrival go on."""

    AGREED = "agreed", "accord"
    REFUSED = "refused", "refus"
    LATER = "later", "répondra plus tard"
