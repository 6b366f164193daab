"""What the three parties of a stay sign, version after version."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from cms.vault.fields import SealedJSONField


class LinkingVersion(models.Model):
    """One version of the tripartite convention and of its security protocol, frozen: what the parties sign.

    Seen by the coordination, by the direction of the structure and by the guardian, who sign it; never by the service
    that only asked nor by the authority that only pays. Insert-only. The content never names the structure: the
    guardian reads it whole.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    linking = models.ForeignKey(
        "cases.Linking", on_delete=models.PROTECT, verbose_name="mise en lien", related_name="versions"
    )
    number = models.PositiveSmallIntegerField("numéro")
    content = SealedJSONField("contenu")
    content_hash = models.CharField("empreinte", max_length=64)
    written_at = models.DateTimeField("écrite le")
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="écrite par", related_name="+"
    )

    class Meta:
        verbose_name = "version de convention tripartite"
        verbose_name_plural = "versions de convention tripartite"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["linking", "number"],
                name="linkingversion_number_unique",
                violation_error_message="La convention vient d’être écrite à nouveau : rechargez la page.",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="linkingversion_number_positive"),
            models.CheckConstraint(
                condition=Q(content_hash__regex=r"^[0-9a-f]{64}$"), name="linkingversion_content_hash"
            ),
        ]

    def __str__(self) -> str:
        return f"Version {self.number}"
