"""What a unit without an account sends from the public page: not yet a sollicitation."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.enums import CallOutcome, UnverifiedState
from cases.requests.models import Sollicitation
from cms.values.fields import ValueField, value_constraint
from cms.vault.fields import SealedJSONField, SealedTextField


class UnverifiedRequest(models.Model):
    """A request of a sender who is not verified yet. Seen by the coordination alone.

    It becomes a `Sollicitation` once the unit was called back through its switchboard; then its words stand there
    and are emptied here. Its reference and the code that was shown once open the public page of its state.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField("référence", max_length=20, unique=True, editable=False)
    key_hash = models.CharField("empreinte de la clé d’envoi", max_length=64, unique=True, editable=False)
    code_hash = models.CharField("empreinte du code de suivi", max_length=64, editable=False)
    received_at = models.DateTimeField("reçue le")
    urgency = ValueField("urgence", list_code="urgence")
    unit_type = ValueField("type d’unité", list_code="acteur")
    unit = SealedTextField("unité", max_length=120, blank=True)
    callback_name = SealedTextField("personne à rappeler", blank=True)
    callback_phone = SealedTextField("ligne donnée", blank=True)
    callback_digest = models.CharField("empreinte de la ligne donnée", max_length=64, blank=True, editable=False)
    narrative = SealedTextField("récit", blank=True)
    answers = SealedJSONField("réponses codées", default=dict, blank=True)
    state = models.CharField("état", max_length=10, choices=UnverifiedState.choices, default=UnverifiedState.WAITING)
    decided_at = models.DateTimeField("traitée le", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="traitée par",
        related_name="+",
    )
    sollicitation = models.OneToOneField(
        Sollicitation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="sollicitation",
        related_name="unverified",
    )

    class Meta:
        verbose_name = "demande non vérifiée"
        verbose_name_plural = "demandes non vérifiées"
        ordering = ["-received_at"]
        constraints = [
            value_constraint("unverified", "urgency", "urgence"),
            value_constraint("unverified", "unit_type", "acteur"),
            models.CheckConstraint(
                condition=Q(state=UnverifiedState.WAITING, decided_at=None, decided_by=None)
                | Q(
                    ~Q(state=UnverifiedState.WAITING),
                    decided_at__isnull=False,
                    decided_by__isnull=False,
                    decided_at__gte=F("received_at"),
                ),
                name="unverified_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state=UnverifiedState.VERIFIED, sollicitation__isnull=False)
                | Q(~Q(state=UnverifiedState.VERIFIED), sollicitation=None),
                name="unverified_becomes_a_sollicitation",
            ),
        ]
        indexes = [
            # What waits for a call, on the board and in the list.
            models.Index(fields=["state", "received_at"], name="unverified_waiting"),
            models.Index(fields=["callback_digest"], condition=~Q(callback_digest=""), name="unverified_by_callback"),
        ]

    def __str__(self) -> str:
        return self.reference


class SwitchboardCall(models.Model):
    """One call to the switchboard of a unit: who called, when, which number, what it said. Never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey(
        UnverifiedRequest, on_delete=models.PROTECT, verbose_name="demande non vérifiée", related_name="calls"
    )
    number = models.CharField("numéro du standard", max_length=30, blank=True)
    outcome = models.CharField("réponse du standard", max_length=10, choices=CallOutcome.choices)
    called_at = models.DateTimeField("appelé le")
    called_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="appelé par", related_name="+"
    )

    class Meta:
        verbose_name = "rappel par le standard"
        verbose_name_plural = "rappels par le standard"
        ordering = ["called_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(number="") | Q(outcome=CallOutcome.NO_UNIT),
                name="switchboard_number_called",
                violation_error_message="Indiquez le numéro du standard que vous avez appelé.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
