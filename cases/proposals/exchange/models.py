"""What a structure asks about a sheet before it answers, and what the coordination answers."""

import uuid

from django.conf import settings
from django.db import models

from cases.proposals.models import LONGEST, Proposal
from cms.vault.fields import SealedTextField


class ProposalMessage(models.Model):
    """A question of the structure, or the answer of the coordination. Insert-only. Read by the coordination,
    and by who reads the sheet.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal = models.ForeignKey(
        Proposal, on_delete=models.PROTECT, verbose_name="proposition", related_name="messages"
    )
    is_from_structure = models.BooleanField("question de la structure")
    text = SealedTextField("message", max_length=LONGEST)
    written_at = models.DateTimeField("écrit le")
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="écrit par", related_name="+"
    )

    class Meta:
        verbose_name = "message sur une proposition"
        verbose_name_plural = "messages sur des propositions"
        ordering = ["written_at"]

    def __str__(self) -> str:
        return str(self.pk)
