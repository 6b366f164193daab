"""Registers of earlier years, tried then loaded."""

from django.db import models
from django.db.models import Q

from dashboards.reporting.common.models import FrozenDecision


class HistoryImport(FrozenDecision):
    """The register of an earlier year, tried without a fault by one person, loaded when another agrees.

    Read by the coordination and the direction. `content` keeps the lines as they were read, without the file, until
    somebody decides; `content_hash` is the hash of the file.
    """

    title = models.CharField("intitulé", max_length=80)
    lines = models.PositiveIntegerField("lignes", editable=False)
    stays = models.PositiveIntegerField("séjours", editable=False)

    class Meta(FrozenDecision.Meta):
        verbose_name = "registre d’une année passée"
        verbose_name_plural = "registres des années passées"
        constraints = [
            *FrozenDecision.Meta.constraints,
            models.UniqueConstraint(
                fields=["content_hash"],
                condition=Q(dismissed_at=None),
                name="historyimport_once",
                violation_error_message="Ce registre est déjà chargé, ou attend d’être décidé.",
            ),
            # Until somebody decides the lines are kept; they live on as requests afterwards, or nowhere.
            models.CheckConstraint(
                condition=Q(agreed_at=None, dismissed_at=None) | Q(content={}), name="historyimport_emptied"
            ),
        ]

    def __str__(self) -> str:
        return self.title
