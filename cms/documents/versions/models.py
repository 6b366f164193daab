"""Documents of the network and their frozen versions, with their clauses: these tables are insert-only, as a Wagtail
revision can be overwritten by its author."""

import datetime as dt
import uuid
from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q

from cms.documents.enums import OWN_PAGES, DocumentKind, Signer

CODE = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"


class DocumentQuerySet(models.QuerySet):
    def of_articles(self) -> Self:
        """Return documents made of articles that are in use: those of the product in their order, then by title."""
        first = [models.When(kind=kind.value, then=rank) for rank, kind in enumerate(DocumentKind)]
        rank = models.Case(*first, default=len(DocumentKind), output_field=models.IntegerField())
        return self.filter(retired_on=None).exclude(kind__in=OWN_PAGES).order_by(rank, "title")

    def signed(self) -> Self:
        return self.filter(retired_on=None).exclude(signed_by=Signer.NOBODY)


class Document(models.Model):
    """One document of the network, whatever its versions: its kind, who signs it, and within which delay.

    Read by everybody; written by the coordination, and by the loading of those that come with the product.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(
        "code",
        max_length=30,
        unique=True,
        validators=[RegexValidator(CODE, "Lettres minuscules sans accent, chiffres et tirets.")],
        help_text="Il fait l’adresse du document, et ne change plus.",
        error_messages={"unique": "Un document porte déjà ce code."},
    )
    title = models.CharField("titre", max_length=200)
    is_builtin = models.BooleanField("vient avec le produit", default=False, editable=False)
    signed_by = models.CharField(
        "qui signe", max_length=10, choices=Signer.choices, default=Signer.NOBODY, editable=False
    )
    signed_from = models.DateField(
        "signature demandée depuis le", null=True, editable=False, help_text="Aucun délai ne commence avant ce jour."
    )
    ack_days = models.PositiveSmallIntegerField(
        "délai pour signer, en jours",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
        help_text="Depuis l’effet d’une version majeure. Vide : le délai des réglages.",
    )
    is_reminded = models.BooleanField(
        "rappeler à qui doit signer", default=True, help_text="Aux jours des réglages, puis une fois le délai passé."
    )
    is_on_home = models.BooleanField(
        "carte sur l’accueil de qui doit signer", default=True, help_text="Tant qu’une signature manque."
    )
    is_validated = models.BooleanField(
        "une autre personne valide chaque version",
        default=False,
        help_text="Le réglage du réseau peut le demander pour tous les documents.",
    )
    retired_on = models.DateField("retiré le", null=True, blank=True, editable=False)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "document"
        verbose_name_plural = "documents"
        ordering = ["title"]
        constraints = [
            # The code is an address: it is checked where it is kept.
            models.CheckConstraint(condition=Q(kind__regex=CODE), name="document_code"),
            models.CheckConstraint(condition=Q(ack_days=None) | Q(ack_days__range=(1, 365)), name="document_delay"),
            # What the code reads never goes; the delay of the référentiel is a setting, which indicator 4 reads.
            models.CheckConstraint(
                condition=Q(is_builtin=False) | Q(retired_on=None, signed_from=None), name="document_builtin_stays"
            ),
            models.CheckConstraint(
                condition=Q(ack_days=None) | ~Q(kind=DocumentKind.REFERENTIEL), name="document_standard_delay"
            ),
            models.CheckConstraint(
                condition=Q(is_builtin=True)
                | Q(signed_by=Signer.NOBODY, signed_from=None)
                | ~Q(signed_by=Signer.NOBODY) & Q(signed_from__isnull=False, retired_on=None),
                name="document_signed_since",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def must_be_acknowledged(self) -> bool:
        return self.signed_by != Signer.NOBODY


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
