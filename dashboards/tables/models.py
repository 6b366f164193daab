"""Tables that somebody of the coordination built."""

import uuid

from django.conf import settings
from django.db import models

from dashboards.tables.enums import Measure, Span


class SavedTable(models.Model):
    """A table that somebody of the coordination built: data, filters, one or two breakdowns, a measure.

    Read by its author and, once shared, by the coordination and the direction; by nobody else: free cuts would undo
    what is masked for the State.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField("intitulé", max_length=120)
    data = models.CharField("données", max_length=20)
    filters = models.JSONField("filtres", default=dict, blank=True)
    rows_by = models.CharField("en lignes", max_length=60)
    columns_by = models.CharField("en colonnes", max_length=60, blank=True)
    measure = models.CharField("mesure", max_length=10, choices=Measure.choices, default=Measure.COUNT)
    span = models.CharField("période", max_length=12, choices=Span.choices, default=Span.YEAR)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="auteur", related_name="+"
    )
    is_shared = models.BooleanField("partagé avec la coordination", default=False)
    is_pinned = models.BooleanField("épinglé en tête des tableaux", default=False)
    changed_at = models.DateTimeField("modifié le", auto_now=True)
    removed_at = models.DateTimeField("retiré le", null=True, blank=True)

    class Meta:
        verbose_name = "tableau enregistré"
        verbose_name_plural = "tableaux enregistrés"
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(columns_by="") | ~models.Q(columns_by=models.F("rows_by")),
                name="savedtable_two_breakdowns",
                violation_error_message="Choisissez deux détails différents.",
            ),
            models.UniqueConstraint(
                fields=["author", "title"],
                condition=models.Q(removed_at=None),
                name="savedtable_title_of_author",
                violation_error_message="Vous avez déjà un tableau de ce nom.",
            ),
        ]

    def __str__(self) -> str:
        return self.title
