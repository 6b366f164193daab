"""Who reads a document or a page: each decision is a row, and the last one that holds counts."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from cms.decisions.models import DecidedByTwo, DecisionQuerySet
from cms.documents.enums import VisibilityLevel
from cms.documents.versions.models import Document
from cms.users.roles import Role


class VisibilityQuerySet(DecisionQuerySet):
    def waiting(self) -> Self:
        return super().waiting().filter(is_widening=True)

    def holding(self) -> Self:
        """Return what was decided, the last first: what narrows holds at once, what widens once agreed."""
        return self.filter(Q(is_widening=False) | Q(agreed_at__isnull=False)).order_by(
            Coalesce("agreed_at", "asked_at").desc()
        )


class Visibility(DecidedByTwo):
    """One decision about who reads a document or a page. What widens takes two people, what narrows takes one.

    Seen by whoever publishes. What holds is read by `visibility_holding()`, in `wall.sql`.
    """

    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, verbose_name="document", related_name="+"
    )
    # The decision outlives its page: who opened what, and when, stays known.
    page = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        blank=True,
        verbose_name="page",
        related_name="+",
    )
    level = models.CharField("qui lit", max_length=10, choices=VisibilityLevel.choices)
    roles = ArrayField(
        models.CharField(max_length=30, choices=Role.choices), verbose_name="métiers", default=list, blank=True
    )
    with_older = models.BooleanField("les versions d’avant aussi", default=False)
    reason = models.CharField("pourquoi", max_length=300)
    is_widening = models.BooleanField("ouvre davantage", editable=False)
    shown = models.CharField("empreinte de ce qui se montrerait", max_length=64, editable=False)

    objects = VisibilityQuerySet.as_manager()

    class Meta(DecidedByTwo.Meta):
        verbose_name = "décision de lecture"
        verbose_name_plural = "décisions de lecture"
        constraints = [
            *DecidedByTwo.Meta.constraints,
            models.CheckConstraint(
                condition=Q(document=None, page__isnull=False) | Q(document__isnull=False, page=None),
                name="visibility_one_target",
            ),
            models.CheckConstraint(
                condition=Q(level=VisibilityLevel.ROLES) & ~Q(roles=[])
                | ~Q(level=VisibilityLevel.ROLES) & Q(roles=[]),
                name="visibility_roles_whole",
                violation_error_message="Choisissez au moins un métier, et seulement pour « Certains métiers ».",
            ),
            models.CheckConstraint(
                condition=Q(with_older=False) | Q(level=VisibilityLevel.PUBLIC, page=None),
                name="visibility_older_of_public",
                violation_error_message="Les versions d’avant ne se choisissent que pour un document ouvert à tous.",
            ),
            models.CheckConstraint(
                condition=Q(is_widening=True) | Q(agreed_at=None, dismissed_at=None), name="visibility_narrow_at_once"
            ),
            *(
                models.UniqueConstraint(
                    fields=[target],
                    condition=Q(is_widening=True, agreed_at=None, dismissed_at=None),
                    name=f"visibility_{target}_one_waiting",
                    violation_error_message="Une ouverture attend déjà d’être décidée.",
                )
                for target in ("document", "page")
            ),
        ]

    def __str__(self) -> str:
        return self.get_level_display()

    @property
    def is_waiting(self) -> bool:
        return self.is_widening and super().is_waiting
