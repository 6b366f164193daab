"""Documents of the network and their frozen versions, with their clauses: these tables are insert-only, as a Wagtail
revision can be overwritten by its author."""

import datetime as dt
import uuid
from typing import Self

from django.conf import settings
from django.db import models

from cms.documents.enums import DocumentKind


class Document(models.Model):
    """One document of the network, whatever its versions."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("document", max_length=30, choices=DocumentKind.choices, unique=True)
    title = models.CharField("titre", max_length=200)
    must_be_acknowledged = models.BooleanField("à signer par chaque structure", default=False)

    class Meta:
        verbose_name = "document"
        verbose_name_plural = "documents"
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class DocumentVersionQuerySet(models.QuerySet):
    def in_force_on(self, day: dt.date) -> Self:
        """Return the version of each document whose date of effect came last."""
        latest = DocumentVersion.objects.filter(document=models.OuterRef("document"), effective_on__lte=day)
        return self.filter(pk=models.Subquery(latest.order_by("-effective_on", "-sequence").values("pk")[:1]))


class DocumentVersion(models.Model):
    """A version, frozen: its canonical content and its SHA-256 never change."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, verbose_name="document", related_name="versions")
    sequence = models.PositiveIntegerField("rang")
    number = models.CharField("numéro", max_length=12)
    is_major = models.BooleanField("à signer de nouveau")
    change_note = models.TextField("ce qui change")
    effective_on = models.DateField("date d’effet")
    published_at = models.DateTimeField("publiée le")
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, verbose_name="publiée par", related_name="+"
    )
    content = models.JSONField("contenu canonique")
    content_hash = models.CharField("empreinte", max_length=64)

    objects = DocumentVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "version"
        verbose_name_plural = "versions"
        ordering = ["document", "-sequence"]
        constraints = [
            models.UniqueConstraint(fields=["document", "sequence"], name="version_sequence_unique"),
            models.UniqueConstraint(
                fields=["document", "number"],
                name="version_number_unique",
                violation_error_message="Ce numéro de version existe déjà.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} {self.number}"

    @property
    def ordered_clauses(self) -> list["ClauseVersion"]:
        """Its clauses in their order; free of queries on a version read by `version_to_read`."""
        return sorted(self.clauses.all(), key=lambda clause: clause.position)


class ClauseVersion(models.Model):
    """One clause of a version (an exigence, a module): stable code, canonical content, hash."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(
        DocumentVersion, on_delete=models.PROTECT, verbose_name="version", related_name="clauses"
    )
    code = models.CharField("code", max_length=20)
    chapter = models.CharField("chapitre", max_length=200, blank=True)
    position = models.PositiveSmallIntegerField("rang")
    content = models.JSONField("contenu canonique")
    content_hash = models.CharField("empreinte", max_length=64)

    class Meta:
        verbose_name = "clause"
        verbose_name_plural = "clauses"
        ordering = ["version", "position"]
        constraints = [models.UniqueConstraint(fields=["version", "code"], name="clause_code_unique")]

    def __str__(self) -> str:
        return self.code
