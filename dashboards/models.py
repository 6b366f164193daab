"""The rights on figures, which Django ties to a model; and the models of every capability."""

from django.db import models

from dashboards.figures.models import FigureMark, KeptResult, Trace
from dashboards.tables.models import SavedTable

__all__ = ["FigureMark", "Indicator", "KeptResult", "SavedTable", "Trace"]


class Indicator(models.Model):  # noqa: DJ008 (it has no row)
    class Meta:
        managed = False
        default_permissions = ()
        permissions = [
            ("view_indicators", "Voir les chiffres du réseau"),
            ("export_indicators", "Exporter les chiffres"),
        ]
        verbose_name = "indicateur"
        verbose_name_plural = "indicateurs"
