"""Two files of one minor: how names sound, what two people decided, and what must not be proposed again."""

import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least

from cases.files.duplicates.enums import NamePart
from cases.files.models import Case
from cms.decisions.models import DecidedByTwo, DecisionQuerySet
from cms.kit.constraints import whole
from cms.kit.fields import person


class CaseSound(models.Model):
    """Keyed hash of how a word of a name sounds, to find the files of one minor without opening any seal.

    Seen by the coordination alone, like `CaseName`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, verbose_name="situation", related_name="sounds")
    part = models.CharField("partie du nom", max_length=5, choices=NamePart.choices)
    digest = models.CharField("empreinte", max_length=64)

    class Meta:
        verbose_name = "empreinte sonore de nom"
        verbose_name_plural = "empreintes sonores de noms"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["case", "part", "digest"], name="casesound_unique"),
            models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="casesound_digest"),
        ]
        # The search for duplicates starts from the hashes of one file.
        indexes = [models.Index(fields=["digest"], name="casesound_by_digest")]

    def __str__(self) -> str:
        return str(self.case_id)


class CaseMergeQuerySet(DecisionQuerySet):
    def open(self) -> Self:
        """Keep merges that wait for an answer or stand."""
        return self.filter(dismissed_at=None, undone_at=None)

    def about(self, case: Case) -> Self:
        return self.filter(Q(kept=case) | Q(merged=case))


class CaseMerge(DecidedByTwo):
    """Two files said to be of one minor: one person asks, another agrees, anybody of the coordination undoes.

    No row is lost: the files of the second take the person key of the first, which is what figures count.
    Seen by the coordination alone.
    """

    kept = models.ForeignKey(Case, on_delete=models.PROTECT, verbose_name="dossier de référence", related_name="+")
    merged = models.ForeignKey(Case, on_delete=models.PROTECT, verbose_name="dossier rapproché", related_name="+")
    undone_by = person("défait par", null=True, editable=False)
    undone_at = models.DateTimeField("défait le", null=True, blank=True, editable=False)
    moved = models.JSONField("clés de personne remplacées", default=dict, blank=True, editable=False)
    """File → the person key that it had, to give it back."""

    objects = CaseMergeQuerySet.as_manager()

    class Meta:
        verbose_name = "rapprochement de dossiers"
        verbose_name_plural = "rapprochements de dossiers"
        default_permissions = ()
        ordering = ["asked_at"]
        constraints = [
            *DecidedByTwo.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(kept=F("merged")),
                name="casemerge_two_files",
                violation_error_message="Choisissez deux dossiers différents.",
            ),
            whole("casemerge_undone_whole", "undone_by", "undone_at", also=Q(agreed_at__isnull=False)),
            models.UniqueConstraint(
                Least("kept", "merged"),
                Greatest("kept", "merged"),
                condition=Q(dismissed_at=None, undone_at=None),
                name="casemerge_once",
                violation_error_message="Un rapprochement de ces deux dossiers est déjà demandé ou en vigueur.",
            ),
        ]
        # The file reads its merges from either end.
        indexes = [
            models.Index(fields=["asked_at"], condition=Q(agreed_at=None, dismissed_at=None), name="casemerge_waiting")
        ]

    def __str__(self) -> str:
        return str(self.pk)


class CaseApart(models.Model):
    """Two files said to be of two different minors: they are not proposed together again, until somebody lifts it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    first = models.ForeignKey(Case, on_delete=models.PROTECT, verbose_name="dossier", related_name="+")
    second = models.ForeignKey(Case, on_delete=models.PROTECT, verbose_name="autre dossier", related_name="+")
    said_by = person("dit par", editable=False)
    said_at = models.DateTimeField("dit le", editable=False)
    lifted_by = person("levé par", null=True, editable=False)
    lifted_at = models.DateTimeField("levé le", null=True, editable=False)

    class Meta:
        verbose_name = "dossiers de deux mineurs distincts"
        verbose_name_plural = "dossiers de deux mineurs distincts"
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="caseapart_in_order"),
            models.UniqueConstraint(fields=["first", "second"], condition=Q(lifted_at=None), name="caseapart_once"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
