"""Rows that each export counted, and cached results."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Trace(models.Model):
    """The rows that one exported figure counted, under the code that the workbook shows. Insert-only; read by the
    coordination and the direction.

    The same rows give the same code, and are kept once. Their keys outlive their files: retention leaves them.
    """

    code = models.CharField("code de trace", max_length=19, primary_key=True)
    indicator = models.CharField("indicateur", max_length=2, blank=True, help_text="Vide : le classeur entier.")
    first = models.DateField("premier jour")
    last = models.DateField("dernier jour")
    keys = ArrayField(models.CharField(max_length=36), verbose_name="lignes comptées", default=list, blank=True)
    parts = ArrayField(models.CharField(max_length=19), verbose_name="codes des feuilles", default=list, blank=True)
    definition = models.CharField("version de la définition", max_length=10, default="1.0")
    number = models.CharField("premier export", max_length=20)
    created_at = models.DateTimeField("gardé le", auto_now_add=True)

    class Meta:
        verbose_name = "code de trace"
        verbose_name_plural = "codes de trace"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(indicator="", keys=[]) | ~models.Q(indicator="") & models.Q(parts=[]),
                name="trace_rows_or_parts",
            ),
            models.CheckConstraint(condition=models.Q(last__gte=models.F("first")), name="trace_days_in_order"),
        ]

    def __str__(self) -> str:
        return self.code


class FigureMark(models.Model):
    """A statement that changed a table which the figures read; written by a trigger in the transaction of the change.
    Read by the figures alone. `weight` is how many statements a mark stands for, once marks were added up.
    """

    source = models.CharField("table", max_length=63)
    weight = models.BigIntegerField("instructions")

    class Meta:
        verbose_name = "marque de changement"
        verbose_name_plural = "marques de changement"

    def __str__(self) -> str:
        return self.source


class KeptResult(models.Model):
    """One indicator over a period, as it was last worked out, and the state of the tables that it was read from.
    Read and written by the figures alone.
    """

    code = models.CharField("indicateur", max_length=2, help_text="F : le parcours.")
    first = models.DateField("premier jour")
    last = models.DateField("dernier jour")
    day = models.DateField("jour du calcul")
    state = models.CharField("état des tables", max_length=64)
    content = models.JSONField("résultat")

    class Meta:
        verbose_name = "résultat gardé"
        verbose_name_plural = "résultats gardés"
        constraints = [
            models.UniqueConstraint(fields=["code", "first", "last"], name="keptresult_once"),
            models.CheckConstraint(condition=models.Q(last__gte=models.F("first")), name="keptresult_days_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.first} {self.last}"
