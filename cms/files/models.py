"""Attachments: a sealed title and what is needed to find, open and check a body that the database does not hold."""

import uuid
from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from cms.files.enums import PORTRAIT_TYPES, FileType, RemovalReason
from cms.vault.fields import SealedTextField


class AttachmentQuerySet(models.QuerySet):
    def on(self, kind: str, object_id: UUID) -> Self:
        return self.filter(object_kind=kind, object_id=object_id)

    def kept(self) -> Self:
        """Those that nobody removed."""
        return self.filter(removed_at=None, destroyed_at=None)

    def portraits(self) -> Self:
        return self.kept().filter(is_portrait=True)

    def with_body(self) -> Self:
        return self.filter(destroyed_at=None)


class Attachment(models.Model):
    """A file attached to a case, a request, an incident or a convention. Seen by whoever may read the words of that
    object, added by whoever may write them; removed by its author or by the coordination.

    The body is encrypted in `settings.HAVRE_FILES` under a random name. Its own key is sealed here: without the row
    and the key ring, the body is noise.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    object_kind = models.CharField("nature de l’objet", max_length=40)
    object_id = models.UUIDField("objet")
    title = SealedTextField("intitulé", max_length=120, blank=True)
    is_identifying = models.BooleanField("nomme le mineur", default=False)
    is_portrait = models.BooleanField("photo d’identité", default=False)
    stored_name = models.CharField("nom du corps", max_length=64, unique=True, editable=False)
    body_key = SealedTextField("clé du corps", blank=True, editable=False)
    digest = models.CharField("empreinte du corps chiffré", max_length=64, blank=True, editable=False)
    file_type = models.CharField("type", max_length=5, choices=FileType.choices)
    size = models.PositiveIntegerField("taille en octets")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="ajoutée par", related_name="+"
    )
    added_at = models.DateTimeField("ajoutée le", default=timezone.now)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="retirée par",
        related_name="+",
    )
    removed_at = models.DateTimeField("retirée le", null=True, blank=True)
    removal_reason = models.CharField("motif du retrait", max_length=10, choices=RemovalReason.choices, blank=True)
    destroyed_at = models.DateTimeField("détruite le", null=True, blank=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = "pièce jointe"
        verbose_name_plural = "pièces jointes"
        ordering = ["-added_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by=None, removal_reason="")
                | (Q(removed_at__isnull=False, removed_by__isnull=False) & ~Q(removal_reason="")),
                name="attachment_removal_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(is_portrait=False) | Q(is_identifying=True, file_type__in=PORTRAIT_TYPES),
                name="attachment_portrait_is_sealed_picture",
            ),
            models.CheckConstraint(
                condition=Q(destroyed_at__isnull=False, digest="") | (Q(destroyed_at=None) & ~Q(digest="")),
                name="attachment_destroyed_is_empty",
            ),
        ]
        indexes = [
            # Every panel asks for the attachments of one object.
            models.Index(fields=["object_kind", "object_id"], name="attachment_by_object"),
            # Each night the job looks for those whose delay is over: a handful among all.
            models.Index(
                fields=["removed_at"],
                name="attachment_to_destroy",
                condition=Q(removed_at__isnull=False, destroyed_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"Pièce {self.short_id}"

    @property
    def short_id(self) -> str:
        return self.pk.hex[:8]

    @property
    def neutral_name(self) -> str:
        """The name under which it is given back: it says nothing of the child nor of the title."""
        return f"piece-{self.short_id}.{self.file_type}"
