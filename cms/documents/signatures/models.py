"""Who committed a partner to a version, and who read a part of one: insert-only."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from cms.documents.versions.models import DocumentVersion


class Acknowledgement(models.Model):
    """A person with signing authority commits a partner to one version, word for word.

    Signed on screen by `signed_by`; or on paper by somebody named there, and recorded by the coordination.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(
        DocumentVersion, on_delete=models.PROTECT, verbose_name="version", related_name="acknowledgements"
    )
    partner = models.ForeignKey(
        "partners.Partner", on_delete=models.PROTECT, verbose_name="partenaire", related_name="acknowledgements"
    )
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, verbose_name="signée par", related_name="+"
    )
    signer_name = models.CharField("nom du signataire", max_length=200)
    signer_position = models.CharField("fonction du signataire", max_length=120)
    signed_at = models.DateTimeField("signée le")
    version_hash = models.CharField("empreinte de la version", max_length=64)
    clause_hashes = models.JSONField("empreintes des clauses")
    previous = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, verbose_name="engagement précédent", related_name="+"
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="enregistrée par",
        related_name="+",
    )
    recorded_at = models.DateTimeField("enregistrée le", null=True, blank=True)

    class Meta:
        verbose_name = "prise de connaissance"
        verbose_name_plural = "prises de connaissance"
        ordering = ["-signed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "partner"],
                name="acknowledgement_unique",
                violation_error_message="Votre structure a déjà signé cette version.",
            ),
            models.CheckConstraint(condition=~Q(signer_position=""), name="acknowledgement_has_position"),
            models.CheckConstraint(
                condition=Q(signed_by__isnull=False, recorded_by=None, recorded_at=None)
                | Q(signed_by=None, recorded_by__isnull=False, recorded_at__isnull=False),
                name="acknowledgement_screen_or_paper",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version} – {self.signed_at:%d/%m/%Y}"

    @property
    def is_on_paper(self) -> bool:
        return self.signed_by_id is None


class Reading(models.Model):
    """A person read one part of a version, once: a chapter, or what changes when `chapter` is empty.

    Seen by that person, by who directs a structure of theirs, and by the coordination.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="personne", related_name="+"
    )
    version = models.ForeignKey(
        DocumentVersion, on_delete=models.PROTECT, verbose_name="version", related_name="readings"
    )
    chapter = models.CharField("chapitre", max_length=200, blank=True)
    read_at = models.DateTimeField("lu le")

    class Meta:
        verbose_name = "lecture"
        verbose_name_plural = "lectures"
        ordering = ["read_at"]
        # Also the index of the reading of a page: what this person read, in these versions.
        constraints = [models.UniqueConstraint(fields=["user", "version", "chapter"], name="reading_unique")]

    def __str__(self) -> str:
        return f"{self.version_id} {self.chapter}"
