"""Base of what two people decide, with who did what and when."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

HASH = models.Q(content_hash__regex=r"^[0-9a-f]{64}$")


def person(label: str, *, null: bool = False) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        verbose_name=label,
        related_name="+",
        null=null,
        blank=null,
        editable=False,
    )


def whole(name: str, who: str, when: str) -> models.CheckConstraint:
    """Return a constraint: who and when are written together, or neither."""
    return models.CheckConstraint(
        condition=Q(**{who: None, when: None}) | Q(**{f"{who}__isnull": False, f"{when}__isnull": False}), name=name
    )


class TwoPersonDecision(models.Model):
    """Asked by one person, agreed to by another, or set aside. Once agreed to, it never changes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    asked_by = person("demandé par")
    asked_at = models.DateTimeField("demandé le", editable=False)
    agreed_by = person("décidé par", null=True)
    agreed_at = models.DateTimeField("décidé le", null=True, blank=True, editable=False)
    dismissed_by = person("écarté par", null=True)
    dismissed_at = models.DateTimeField("écarté le", null=True, blank=True, editable=False)
    content = models.JSONField("contenu", default=dict, editable=False)
    content_hash = models.CharField("empreinte", max_length=64, editable=False)
    comments = models.JSONField("commentaires", default=dict, blank=True)

    class Meta:
        abstract = True

    @property
    def is_waiting(self) -> bool:
        return self.agreed_at is None and self.dismissed_at is None

    @property
    def is_agreed(self) -> bool:
        return self.agreed_at is not None


def decision_constraints(name: str) -> list[models.BaseConstraint]:
    return [
        models.CheckConstraint(
            condition=Q(agreed_by=None) | ~Q(agreed_by=F("asked_by")),
            name=f"{name}_two_people",
            violation_error_message="Une autre personne que celle qui a demandé doit décider.",
        ),
        whole(f"{name}_agreed_whole", "agreed_by", "agreed_at"),
        whole(f"{name}_dismissed_whole", "dismissed_by", "dismissed_at"),
        models.CheckConstraint(condition=Q(agreed_at=None) | Q(dismissed_at=None), name=f"{name}_one_end"),
        models.CheckConstraint(condition=HASH, name=f"{name}_hash"),
    ]
