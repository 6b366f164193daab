"""Base of what two people decide of the figures: a frozen content and its hash."""

from django.db import models

from cms.decisions.models import DecidedByTwo, DecisionQuerySet


class FrozenDecision(DecidedByTwo):
    """Figures or lines frozen when one person asks. Once another agrees, they never change."""

    content = models.JSONField("contenu", default=dict, editable=False)
    content_hash = models.CharField("empreinte", max_length=64, editable=False)
    comments = models.JSONField("commentaires", default=dict, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta(DecidedByTwo.Meta):
        abstract = True
        default_permissions = ()
        constraints = [
            *DecidedByTwo.Meta.constraints,
            models.CheckConstraint(condition=models.Q(content_hash__regex=r"^[0-9a-f]{64}$"), name="%(class)s_hash"),
        ]
