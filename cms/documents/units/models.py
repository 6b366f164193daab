"""Units of police and gendarmerie under the protocol: a contact on each side, a review each year."""

import uuid

from django.db import models
from django.db.models import F, Q

from cms.kit.fields import person


class AuthorisedUnit(models.Model):
    """A unit on the list of the protocol. Whether it signed is read from its acknowledgements, never copied here.

    Seen by the unit and by the coordination.
    """

    partner = models.OneToOneField(
        "partners.Partner", on_delete=models.PROTECT, primary_key=True, verbose_name="unité", related_name="+"
    )
    network_contact = person("contact au réseau")
    contact_name = models.CharField("contact dans l’unité", max_length=120)
    contact_position = models.CharField("sa fonction", max_length=120)
    contact_phone = models.CharField("sa ligne directe", max_length=30, blank=True)
    review_on = models.DateField("prochaine revue", db_index=True)

    class Meta:
        verbose_name = "unité autorisée"
        verbose_name_plural = "unités autorisées"
        ordering = ["review_on"]

    def __str__(self) -> str:
        return str(self.partner_id)


class UnitReview(models.Model):
    """The yearly review of a unit: when, who led it for the network, what was decided, and the next one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey(AuthorisedUnit, on_delete=models.PROTECT, verbose_name="unité", related_name="reviews")
    reviewed_on = models.DateField("faite le")
    decisions = models.CharField("ce qui a été décidé", max_length=500)
    next_on = models.DateField("revue suivante")
    recorded_by = person("menée par")
    recorded_at = models.DateTimeField("écrite le")

    class Meta:
        verbose_name = "revue annuelle d’une unité"
        verbose_name_plural = "revues annuelles d’une unité"
        ordering = ["-reviewed_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(next_on__gt=F("reviewed_on")),
                name="unit_review_goes_on",
                violation_error_message="La revue suivante vient après celle-ci.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.reviewed_on}"
