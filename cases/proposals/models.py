"""An orientation decided by the coordination (indicator 2), and the structures' answers."""

import datetime as dt
import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.enums import ANSWERS_ACCEPTING, LEVELS_VICTIM, MAJORITY, ORIENTATIONS, Answer
from cases.files.models import Case
from cases.requests.models import Sollicitation
from cms.values.fields import ValueField, value_constraint
from cms.vault.fields import SealedTextField

LONGEST = 600
"""Characters of a condition or of a message about a proposal: what is read at night, on a telephone."""


class OrientationQuerySet(models.QuerySet):
    def real(self) -> Self:
        """Leave out those of a test file, and of a test request put in a real file."""
        return self.filter(case__is_test=False, sollicitation__is_test=False)

    def sent(self) -> Self:
        """Keep those that the coordination decided and sent, and did not cancel before."""
        return self.filter(decision_id__in=ORIENTATIONS, cancelled_at=None)

    def of_victims(self) -> Self:
        return self.filter(identification_level_id__in=LEVELS_VICTIM)

    def of_minors(self) -> Self:
        return self.filter(Q(age_at_decision__lt=MAJORITY) | Q(age_at_decision=None))

    def decided_between(self, first: dt.date, last: dt.date) -> Self:
        return self.filter(decided_on__range=(first, last))


class Orientation(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, verbose_name="situation", related_name="orientations")
    sollicitation = models.ForeignKey(
        Sollicitation, on_delete=models.PROTECT, verbose_name="sollicitation", related_name="orientations"
    )
    decision = ValueField("décision", list_code="decision")
    decided_at = models.DateTimeField("décidée le")
    decided_on = models.DateField("jour de la décision", editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="décidée par", related_name="+"
    )
    identification_level = ValueField("niveau d’identification à la décision", list_code="niveau_identification")
    age_at_decision = models.PositiveSmallIntegerField("âge à la décision", null=True, blank=True)
    ordinary_service = ValueField("service de droit commun", list_code="type_structure", null=True, blank=True)
    cancelled_at = models.DateTimeField("annulée le", null=True, blank=True)

    objects = OrientationQuerySet.as_manager()

    has_stay: bool
    has_confirmed: bool
    """Set by the file of the admin: whether a stay followed, whether a structure is confirmed."""

    class Meta:
        verbose_name = "orientation"
        verbose_name_plural = "orientations"
        ordering = ["-decided_at"]
        constraints = [
            value_constraint("orientation", "decision", "decision"),
            value_constraint("orientation", "identification_level", "niveau_identification"),
            value_constraint("orientation", "ordinary_service", "type_structure"),
            models.CheckConstraint(
                condition=Q(cancelled_at=None) | Q(cancelled_at__gte=F("decided_at")),
                name="orientation_cancelled_after_decision",
                violation_error_message="L’annulation précède la décision.",
            ),
        ]
        indexes = [models.Index(fields=["decided_on"], name="orientation_by_day")]

    def __str__(self) -> str:
        return f"Orientation du {self.decided_on:%d/%m/%Y}"


class ProposalQuerySet(models.QuerySet):
    def pending(self) -> Self:
        return self.filter(answer=None, withdrawn_at=None)

    def live(self) -> Self:
        """Keep those that count: not withdrawn, of an orientation that holds."""
        return self.filter(withdrawn_at=None, orientation__cancelled_at=None)

    def without_words(self) -> Self:
        """Leave unread the sheet and what is sealed: a list says where structures stand, and opens nothing."""
        return self.defer("sheet", "note", "condition")


class Proposal(models.Model):
    """The anonymous sheet sent to one structure, and its answer."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    orientation = models.ForeignKey(
        Orientation, on_delete=models.PROTECT, verbose_name="orientation", related_name="proposals"
    )
    partner = models.ForeignKey(
        "partners.Partner", on_delete=models.PROTECT, verbose_name="structure", related_name="+"
    )
    sheet = models.JSONField("fiche anonyme", help_text="Ce que la structure a vu, figé à l’envoi.")
    note = SealedTextField("ce que la coordination ajoute", null=True, blank=True)
    """In words that name nobody; read by the structures asked, frozen with the sheet."""
    sent_at = models.DateTimeField("envoyée le")
    answer_by = models.DateTimeField("réponse attendue avant")
    answer = ValueField("réponse", list_code="reponse", null=True, blank=True)
    refusal_reason = ValueField("motif de refus", list_code="motif_refus", null=True, blank=True)
    available_from = models.DateTimeField("peut admettre à partir de", null=True, blank=True)
    condition = SealedTextField("condition posée", null=True, blank=True, max_length=LONGEST)
    answered_at = models.DateTimeField("répondue le", null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="répondue par",
        related_name="+",
    )
    confirmed_at = models.DateTimeField("retenue le", null=True, blank=True)
    withdrawn_at = models.DateTimeField("retirée le", null=True, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = "proposition"
        verbose_name_plural = "propositions"
        ordering = ["answer_by"]
        constraints = [
            value_constraint("proposal", "answer", "reponse"),
            value_constraint("proposal", "refusal_reason", "motif_refus"),
            models.UniqueConstraint(fields=["orientation", "partner"], name="proposal_once_per_structure"),
            models.UniqueConstraint(
                fields=["orientation"], condition=Q(confirmed_at__isnull=False), name="proposal_one_confirmed"
            ),
            models.CheckConstraint(
                condition=~Q(answer=Answer.REFUSED) | Q(refusal_reason__isnull=False),
                name="proposal_refusal_has_reason",
                violation_error_message="Indiquez le motif du refus.",
            ),
            # An erased sheet has lost the words of its condition.
            models.CheckConstraint(
                condition=~Q(answer=Answer.CONDITIONAL) | Q(condition__isnull=False) | Q(sheet={}),
                name="proposal_condition_in_words",
                violation_error_message="Écrivez votre condition : la coordination doit la lire.",
            ),
            models.CheckConstraint(
                condition=Q(available_from=None) | (Q(answer__isnull=False) & Q(answer__in=ANSWERS_ACCEPTING)),
                name="proposal_admits_when_accepted",
                violation_error_message="L’heure d’admission va avec une réponse favorable.",
            ),
            models.CheckConstraint(
                condition=Q(answer=None, answered_at=None) | Q(answer__isnull=False, answered_at__isnull=False),
                name="proposal_answer_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None)
                | Q(answer__isnull=False, answer__in=ANSWERS_ACCEPTING, withdrawn_at=None),
                name="proposal_confirmed_is_accepted",
                violation_error_message="Seule une réponse favorable peut être retenue.",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None) | Q(answered_at__gte=F("sent_at")),
                name="proposal_answer_after_sending",
                violation_error_message="La réponse précède l’envoi.",
            ),
        ]
        indexes = [models.Index(fields=["partner", "answer_by"], name="proposal_by_structure")]

    def __str__(self) -> str:
        return f"Proposition du {self.sent_at:%d/%m/%Y}"

    @property
    def is_late(self) -> bool:
        """Answered after the delay: the answer holds, and the lateness is shown."""
        return self.answered_at is not None and self.answered_at > self.answer_by
