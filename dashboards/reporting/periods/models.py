"""Closed periods: figures that no longer change, the rows that they counted, what changed since."""

import uuid

from django.db import models
from django.db.models import F, Q

from cms.kit.fields import person
from dashboards.indicators.rules.definitions import DEFINITIONS
from dashboards.reporting.common.models import FrozenDecision
from dashboards.reporting.enums import RevisionReason

INDICATORS = [(code, f"{code} – {definition.short}") for code, definition in DEFINITIONS.items()]


class ClosedPeriod(FrozenDecision):
    """Figures of a period, frozen whole when one person asks, closed when another agrees.

    Read by the coordination and the direction. `content` holds every figure, table and definition; the counted rows
    are kept apart, one line an indicator, so that a later correction is seen.
    """

    title = models.CharField("intitulé", max_length=80)
    first = models.DateField("premier jour")
    last = models.DateField("dernier jour")
    trace = models.CharField("code de trace", max_length=19, editable=False)

    class Meta(FrozenDecision.Meta):
        verbose_name = "période close"
        verbose_name_plural = "périodes closes"
        ordering = ["-first", "-last"]
        constraints = [
            *FrozenDecision.Meta.constraints,
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="closedperiod_days_in_order"),
            models.UniqueConstraint(
                fields=["first", "last"],
                condition=Q(dismissed_at=None),
                name="closedperiod_once",
                violation_error_message="Cette période est déjà close, ou attend d’être décidée.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ClosedRows(models.Model):
    """Keys of the rows that an indicator counted in a closed period. They stay when a row is made anonymous."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    period = models.ForeignKey(
        ClosedPeriod, on_delete=models.PROTECT, verbose_name="période close", related_name="rows"
    )
    code = models.CharField("indicateur", max_length=2, choices=INDICATORS)
    keys = models.JSONField("lignes comptées")
    keys_hash = models.CharField("empreinte", max_length=64)

    class Meta:
        verbose_name = "lignes d’une période close"
        verbose_name_plural = "lignes des périodes closes"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["period", "code"], name="closedrows_once")]

    def __str__(self) -> str:
        return self.code


class Revision(models.Model):
    """What moved in an indicator since its period was closed, or since the revision before, and why. Never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    period = models.ForeignKey(
        ClosedPeriod, on_delete=models.PROTECT, verbose_name="période close", related_name="revisions"
    )
    code = models.CharField("indicateur", max_length=2, choices=INDICATORS)
    added = models.JSONField("lignes entrées", blank=True)
    removed = models.JSONField("lignes sorties", blank=True)
    # Numbers as they stand now, by key of cell: the next revision tells what moved since.
    cells = models.JSONField("valeurs corrigées", blank=True, default=dict)
    why = models.CharField("raison", max_length=10, choices=RevisionReason)
    words = models.CharField("précision", max_length=300, blank=True)
    noted_by = person("notée par")
    noted_at = models.DateTimeField("notée le", editable=False)

    class Meta:
        verbose_name = "révision"
        verbose_name_plural = "révisions"
        default_permissions = ()
        ordering = ["noted_at"]
        constraints = [
            models.CheckConstraint(condition=Q(why__in=RevisionReason.values), name="revision_why_known"),
            models.CheckConstraint(
                condition=~Q(added=[], removed=[], cells={}),
                name="revision_of_something",
                violation_error_message="Rien n’a changé depuis la dernière révision.",
            ),
        ]

    def __str__(self) -> str:
        if not self.added and not self.removed:
            return f"{len(self.cells)} valeur{'s' if len(self.cells) > 1 else ''}"
        return f"+{len(self.added)} / −{len(self.removed)}"
