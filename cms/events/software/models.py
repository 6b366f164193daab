"""A software that calls under a name of its own: somebody answers for it, another person agreed, it ends."""

import datetime as dt
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from cms.decisions.models import DecidedByTwo, DecisionQuerySet
from cms.kit.constraints import whole
from cms.kit.fields import person
from cms.sessions.scopes.rules import TokenScope

LONGEST = dt.timedelta(days=2 * 366)


class SoftwareQuerySet(DecisionQuerySet):
    def in_force(self, day: dt.date | None = None) -> Self:
        return self.agreed().filter(revoked_at=None, ends_on__gte=day or timezone.localdate())


class SoftwareAccount(DecidedByTwo):
    """The account of a software. It has no rights of its own: those of whoever asked and answers for it, within its
    permissions. Seen by its owner, the coordination, the direction and the technical administration.
    """

    name = models.CharField("logiciel", max_length=80)
    scopes = ArrayField(models.CharField(max_length=20, choices=TokenScope.choices), verbose_name="ce qu’il ouvre")
    ends_on = models.DateField("jusqu’au")
    reason = models.CharField("pourquoi", max_length=300)
    revoked_by = person("arrêté par", null=True, editable=False)
    revoked_at = models.DateTimeField("arrêté le", null=True, blank=True, editable=False)

    objects = SoftwareQuerySet.as_manager()

    class Meta(DecidedByTwo.Meta):
        verbose_name = "compte de logiciel"
        verbose_name_plural = "comptes de logiciels"
        constraints = [
            *DecidedByTwo.Meta.constraints,
            whole("softwareaccount_revoked_whole", "revoked_by", "revoked_at", also=Q(agreed_at__isnull=False)),
            models.CheckConstraint(
                condition=~Q(scopes=[]),
                name="softwareaccount_opens_something",
                violation_error_message="Choisissez au moins une chose à ouvrir.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def opened(self) -> list[str]:
        """Return the words of its permissions, in the order of the list."""
        return [str(label) for value, label in TokenScope.choices if value in self.scopes]

    @property
    def is_in_force(self) -> bool:
        return self.is_agreed and self.revoked_at is None and self.ends_on >= timezone.localdate()
