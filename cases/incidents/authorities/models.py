"""Authorities that need not be told of an incident although its type requires it, and why."""

import uuid

from django.conf import settings
from django.db import models

from cases.incidents.models.declared import Incident
from cms.values.fields import ValueField, value_constraint
from cms.vault.fields import SealedTextField


class AuthorityWaiver(models.Model):
    """The coordination says that an authority is not told: forbidden by the judge, against the child’s interest…

    Read as the incident; never changed. An authority that is told afterwards is noted all the same.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    incident = models.ForeignKey(
        Incident, on_delete=models.PROTECT, verbose_name="incident", related_name="authority_waivers"
    )
    authority = ValueField("destinataire", list_code="autorite")
    ase_authority = models.ForeignKey(
        "territory.AseAuthority",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="de quel département",
        related_name="+",
        help_text="Vide : de tous ceux que l’incident appelle.",
    )
    reason = ValueField("motif", list_code="motif_non_information")
    words = SealedTextField("précision", blank=True)
    decided_at = models.DateTimeField("décidé le")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="décidé par", related_name="+"
    )

    class Meta:
        verbose_name = "destinataire écarté"
        verbose_name_plural = "destinataires écartés"
        ordering = ["decided_at"]
        constraints = [
            value_constraint("authoritywaiver", "authority", "autorite"),
            value_constraint("authoritywaiver", "reason", "motif_non_information"),
            models.UniqueConstraint(
                fields=["incident", "authority", "ase_authority"],
                nulls_distinct=False,
                name="authoritywaiver_once",
                violation_error_message="Ce destinataire est déjà écarté.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
