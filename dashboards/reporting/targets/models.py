"""Targets of the convention."""

import uuid

from django.db import models
from django.db.models import Q

from cms.kit.fields import person


class Target(models.Model):
    """What the convention promises for one of its years."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    year = models.PositiveSmallIntegerField("année de convention")
    code = models.CharField("chiffre", max_length=20)
    value = models.PositiveIntegerField("cible")
    set_by = person("fixée par")
    set_at = models.DateTimeField("fixée le", editable=False)

    class Meta:
        verbose_name = "cible"
        verbose_name_plural = "cibles"
        default_permissions = ()
        ordering = ["year", "code"]
        constraints = [
            models.UniqueConstraint(fields=["year", "code"], name="target_once"),
            models.CheckConstraint(condition=Q(year__range=(1, 10)), name="target_year_plausible"),
        ]

    def __str__(self) -> str:
        return f"{self.code}, année {self.year}"
