"""A version proposed to somebody else before it is published: what was looked at is, by its hash, what is frozen."""

import uuid

from django.db import models
from django.db.models import F, Q

from cms.documents.enums import OPEN_PROPOSALS, ProposalState
from cms.kit.fields import person


class VersionProposal(models.Model):
    """Somebody proposes to publish what is online; a person named, who wrote none of it, validates or sends it back.

    `content_hash` is the hash that the version would have: one word, one date changed, and it is another version.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    document = models.ForeignKey(
        "documents.Document", on_delete=models.PROTECT, verbose_name="document", related_name="proposals"
    )
    number = models.CharField("numéro", max_length=12)
    is_major = models.BooleanField("à signer de nouveau")
    change_note = models.TextField("ce qui change")
    effective_on = models.DateField("date d’effet")
    scheduled_on = models.DateField(
        "publiée d’elle-même le", null=True, blank=True, help_text="Vide : une personne la publie."
    )
    content_hash = models.CharField("empreinte", max_length=64)
    proposed_by = person("proposée par")
    proposed_at = models.DateTimeField("proposée le")
    validator = person("à valider par")
    state = models.CharField("état", max_length=10, choices=ProposalState.choices, default=ProposalState.PROPOSED)
    decided_at = models.DateTimeField("décidée le", null=True, blank=True)
    answer = models.TextField("ce qui est à reprendre", blank=True)
    version = models.OneToOneField(
        "documents.DocumentVersion", on_delete=models.PROTECT, null=True, blank=True, verbose_name="version",
        related_name="proposal",
    )  # fmt: skip

    class Meta:
        verbose_name = "version proposée"
        verbose_name_plural = "versions proposées"
        ordering = ["-proposed_at"]
        constraints = [
            # Also the index of what waits: a handful of rows open at a time.
            models.UniqueConstraint(
                fields=["document"],
                condition=Q(state__in=OPEN_PROPOSALS),
                name="proposal_open_unique",
                violation_error_message="Une version de ce document attend déjà : publiez-la ou retirez-la d’abord.",
            ),
            models.CheckConstraint(
                condition=~Q(validator=F("proposed_by")),
                name="proposal_by_two",
                violation_error_message="Une autre personne que vous valide la version.",
            ),
            models.CheckConstraint(
                condition=Q(state=ProposalState.PUBLISHED, version__isnull=False)
                | (~Q(state=ProposalState.PUBLISHED) & Q(version=None)),
                name="proposal_published_whole",
            ),
            models.CheckConstraint(
                condition=Q(scheduled_on=None) | Q(scheduled_on__lte=F("effective_on")),
                name="proposal_scheduled_before_effect",
                violation_error_message="La version ne s’applique pas avant d’être publiée.",
            ),
            models.CheckConstraint(
                condition=~Q(state=ProposalState.LAPSED) | Q(scheduled_on__isnull=False), name="proposal_lapsed_whole"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.number}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_PROPOSALS
