"""Where a minor sleeps while a place is looked for."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.requests.models import Sollicitation
from cms.values.fields import ValueField, value_constraint
from cms.vault.fields import SealedTextField


class Shelter(models.Model):
    """An interim shelter, agreed on the telephone. Insert-only: the last one holds.

    It stops no clock: a place is still owed to the minor.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sollicitation = models.ForeignKey(
        Sollicitation, on_delete=models.PROTECT, verbose_name="sollicitation", related_name="shelters"
    )
    kind = ValueField("où le mineur dort", list_code="abri_provisoire")
    until = models.DateTimeField("à l’abri jusqu’à")
    agreed_by = SealedTextField("qui a donné son accord au téléphone", max_length=200)
    noted_at = models.DateTimeField("notée le")
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="notée par", related_name="+"
    )

    class Meta:
        verbose_name = "mise à l’abri"
        verbose_name_plural = "mises à l’abri"
        ordering = ["-noted_at"]
        constraints = [
            value_constraint("shelter", "kind", "abri_provisoire"),
            models.CheckConstraint(
                condition=Q(until__gt=F("noted_at")),
                name="shelter_ends_later",
                violation_error_message="Cette heure est déjà passée : dites jusqu’à quand le mineur est à l’abri.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
