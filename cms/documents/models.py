"""Published documents that somebody must read or sign: frozen versions, their clauses, acknowledgements.

A Wagtail revision can be overwritten by its author; a version cannot: these tables are insert-only.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from cms.documents.enums import DocumentKind
from cms.documents.pages.models import ArticlePage, DocumentPage  # noqa: F401
from cms.documents.proposals.models import VersionProposal  # noqa: F401
from cms.documents.units.models import AuthorisedUnit, UnitReview  # noqa: F401


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

    def __str__(self):
        return self.title


class DocumentVersionQuerySet(models.QuerySet):
    def in_force_on(self, day):
        """The version of each document whose date of effect came last."""
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

    def __str__(self):
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

    def __str__(self):
        return self.code


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

    def __str__(self):
        return f"{self.version} – {self.signed_at:%d/%m/%Y}"

    @property
    def is_on_paper(self) -> bool:
        return self.signed_by_id is None


class Reading(models.Model):
    """A person went through one part of a version, once: a chapter, or what changes when `chapter` is empty.

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
        # Also the index of the reading of a page: what this person went through, in these versions.
        constraints = [models.UniqueConstraint(fields=["user", "version", "chapter"], name="reading_unique")]

    def __str__(self):
        return f"{self.version_id} {self.chapter}"
