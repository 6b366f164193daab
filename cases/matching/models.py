"""Versions of the rules of matching, searches as they were answered, free places as structures confirm them."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.proposals.models import Orientation
from cases.requests.models import Sollicitation
from cms.vault.fields import SealedTextField


class MatchingRules(models.Model):
    """One version of the rules. Insert-only: a choice is explained by the rules of its day."""

    number = models.PositiveIntegerField("numéro", primary_key=True)
    rules = models.JSONField("règles")
    reason = models.CharField("pourquoi ce changement", max_length=300)
    changed_at = models.DateTimeField("en vigueur depuis le")
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="changées par", related_name="+"
    )

    class Meta:
        verbose_name = "version des règles de recherche"
        verbose_name_plural = "versions des règles de recherche"
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(condition=Q(number__gte=1), name="matchingrules_number_from_one"),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="matchingrules_has_reason",
                violation_error_message="Dites pourquoi les règles changent.",
            ),
        ]

    def __str__(self) -> str:
        return f"Règles n° {self.number}"


class Matching(models.Model):
    """What the search answered when an orientation was decided: the choice can be explained years later.

    `candidates` are in their rank, eligible ones first: identifiers, criteria and scores; sentences are built again
    from them. `rules_number` 0 is the rules of the code, before any change. Insert-only.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    orientation = models.OneToOneField(
        Orientation, on_delete=models.PROTECT, verbose_name="orientation", related_name="matching"
    )
    sollicitation = models.ForeignKey(
        Sollicitation, on_delete=models.PROTECT, verbose_name="sollicitation", related_name="+"
    )
    made_at = models.DateTimeField("faite le")
    rules_number = models.PositiveIntegerField("règles")
    search = models.JSONField("critères du mineur")
    candidates = models.JSONField("structures")
    derogation = SealedTextField("motif du choix d’une structure écartée", blank=True)

    class Meta:
        verbose_name = "recherche de lieu"
        verbose_name_plural = "recherches de lieu"
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"Recherche du {self.made_at:%d/%m/%Y}"


class PlaceConfirmation(models.Model):
    """A structure says how many of its places are free: one tap. Insert-only, the last one holds.

    `blocked` are the open places that cannot be used for now (works, illness, a group too heavy): what the network
    would count as free, less what the structure says. It is kept rather than the free number, so that an arrival
    after the confirmation still takes a place.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partner = models.ForeignKey(
        "partners.Partner", on_delete=models.PROTECT, verbose_name="structure", related_name="+"
    )
    free = models.PositiveSmallIntegerField("places libres")
    blocked = models.PositiveSmallIntegerField("places empêchées", editable=False)
    confirmed_at = models.DateTimeField("confirmé le")
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="confirmé par", related_name="+"
    )

    class Meta:
        verbose_name = "confirmation de places"
        verbose_name_plural = "confirmations de places"
        ordering = ["-confirmed_at"]
        indexes = [
            # Matching reads the last confirmation of every structure.
            models.Index(fields=["partner", "-confirmed_at"], name="placeconfirmation_latest"),
        ]

    def __str__(self) -> str:
        return f"Places confirmées le {self.confirmed_at:%d/%m/%Y}"
