"""Exports too long for one answer: asked for, prepared apart, kept a few days under a key of their own."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from cms.exports.enums import PENDING, ExportState, Failure
from cms.vault.fields import SealedTextField


class ExportQuerySet(models.QuerySet):
    def pending(self) -> Self:
        return self.filter(state__in=PENDING)

    def with_body(self) -> Self:
        return self.exclude(stored_name="")


class Export(models.Model):
    """One list taken out by one person, who alone sees it: not even the direction reads somebody else's export.

    `source` names where the rows come from (`list:cases_case`), `query` what was asked; it may hold words of a search,
    so it is sealed, and emptied once the file is ready.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField("numéro", max_length=20, unique=True, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="demandé par", related_name="+"
    )
    source = models.CharField("origine", max_length=80)
    title = models.CharField("intitulé", max_length=120)
    query = SealedTextField("ce qui est demandé", blank=True)
    state = models.CharField("état", max_length=10, choices=ExportState.choices, default=ExportState.ASKED)
    failure = models.CharField("raison de l’arrêt", max_length=10, choices=Failure.choices, blank=True)
    row_count = models.PositiveIntegerField("lignes", default=0)
    asked_at = models.DateTimeField("demandé le", default=timezone.now)
    ready_at = models.DateTimeField("prêt le", null=True, blank=True)
    expires_at = models.DateTimeField("téléchargeable jusqu’au", null=True, blank=True)
    file_name = models.CharField("nom du fichier", max_length=120, blank=True)
    stored_name = models.CharField("nom du corps", max_length=64, blank=True, editable=False)
    body_key = SealedTextField("clé du corps", blank=True, editable=False)
    digest = models.CharField("empreinte du corps chiffré", max_length=64, blank=True, editable=False)
    size = models.PositiveBigIntegerField("taille en octets", default=0)

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = "export"
        verbose_name_plural = "exports"
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=ExportState.READY, expires_at__isnull=False) & ~Q(stored_name="")
                | ~Q(state=ExportState.READY) & Q(stored_name=""),
                name="export_ready_has_a_body",
            )
        ]
        indexes = [
            # Whoever asked finds the last ones first; the night job, those whose delay is over.
            models.Index(fields=["author", "-asked_at"], name="export_of_author"),
            models.Index(fields=["expires_at"], name="export_to_remove", condition=Q(state="ready")),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_pending(self) -> bool:
        return self.state in PENDING
