"""What two people decide about a document that the network added: that it be signed, that it go."""

from typing import Self

from django.db import models
from django.db.models import Q

from cms.decisions.models import DecidedByTwo, DecisionQuerySet
from cms.documents.enums import KindStep, Signer
from cms.documents.versions.models import Document
from cms.kit.constraints import whole
from cms.kit.fields import person


class KindDecisionQuerySet(DecisionQuerySet):
    def holding(self) -> Self:
        return self.agreed().filter(undone_at=None)


class KindDecision(DecidedByTwo):
    """A step that binds partners, or frees them: one person asks, another agrees, anybody of the coordination takes
    it back (`undone_at`). Seen by the coordination and the direction.
    """

    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, verbose_name="document", related_name="decisions", editable=False
    )
    step = models.CharField("ce qui change", max_length=10, choices=KindStep.choices, editable=False)
    signed_by = models.CharField("qui signerait", max_length=10, choices=Signer.choices, blank=True, editable=False)
    reason = models.CharField("pourquoi", max_length=300, editable=False)
    asked_count = models.PositiveIntegerField("partenaires concernés, à la demande", editable=False)
    agreed_count = models.PositiveIntegerField("partenaires concernés, à l’accord", null=True, editable=False)
    undone_by = person("levée par", null=True, editable=False)
    undone_at = models.DateTimeField("levée le", null=True, blank=True, editable=False)

    objects = KindDecisionQuerySet.as_manager()

    class Meta(DecidedByTwo.Meta):
        verbose_name = "décision sur un document"
        verbose_name_plural = "décisions sur des documents"
        default_permissions = ()
        constraints = [
            *DecidedByTwo.Meta.constraints,
            whole("kinddecision_undone_whole", "undone_by", "undone_at", also=Q(agreed_at__isnull=False)),
            models.CheckConstraint(
                condition=Q(agreed_at=None, agreed_count=None)
                | Q(agreed_at__isnull=False, agreed_count__isnull=False),
                name="kinddecision_counted",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="kinddecision_reason"),
            models.CheckConstraint(
                condition=Q(step=KindStep.SIGN) & ~Q(signed_by__in=["", Signer.NOBODY])
                | ~Q(step=KindStep.SIGN) & Q(signed_by=""),
                name="kinddecision_signer",
            ),
            models.UniqueConstraint(
                fields=["document"],
                condition=Q(agreed_at=None, dismissed_at=None),
                name="kinddecision_one_waiting",
                violation_error_message="Une demande attend déjà une seconde personne pour ce document.",
            ),
            models.UniqueConstraint(
                fields=["document", "step"],
                condition=Q(agreed_at__isnull=False, undone_at=None),
                name="kinddecision_one_holding",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
