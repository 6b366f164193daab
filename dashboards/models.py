"""No table: only the rights on figures, which Django ties to a model."""

from django.db import models


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
