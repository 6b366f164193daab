"""Base of what one person asks and another decides, with who did what and when."""

import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q

from cms.kit.constraints import whole
from cms.kit.fields import person


class AgreedByTwo(models.Model):
    """Asked by one person, agreed to by another. A trigger, `two_people_guard`, keeps what was asked and answered."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    asked_by = person("demandé par", editable=False)
    asked_at = models.DateTimeField("demandé le", editable=False)
    agreed_by = person("accordé par", null=True, editable=False)
    agreed_at = models.DateTimeField("accordé le", null=True, blank=True, editable=False)

    class Meta:
        abstract = True
        ordering = ["-asked_at"]
        constraints = [
            whole("%(class)s_two_people", "agreed_by", "agreed_at", also=~Q(agreed_by=F("asked_by"))),
        ]

    @property
    def is_agreed(self) -> bool:
        return self.agreed_at is not None

    @property
    def is_waiting(self) -> bool:
        return not self.is_agreed


class DecisionQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        return self.filter(agreed_at=None, dismissed_at=None)

    def agreed(self) -> Self:
        return self.filter(agreed_at__isnull=False)


class DecidedByTwo(AgreedByTwo):
    """Asked by one person, agreed to by another, or set aside by anybody who may decide."""

    dismissed_by = person("écarté par", null=True, editable=False)
    dismissed_at = models.DateTimeField("écarté le", null=True, blank=True, editable=False)

    class Meta(AgreedByTwo.Meta):
        abstract = True
        constraints = [
            *AgreedByTwo.Meta.constraints,
            whole("%(class)s_dismissed_whole", "dismissed_by", "dismissed_at", also=Q(agreed_at=None)),
        ]

    @property
    def is_waiting(self) -> bool:
        return not self.is_agreed and self.dismissed_at is None
