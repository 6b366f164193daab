"""A sollicitation: one request, by one service, for one minor (indicator 1)."""

import datetime as dt
import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.enums import MAJORITY, MessageKind, Nature, SollicitationState
from cases.files.models import Case, MinorFacts, facts_constraints
from cases.requests.tonight.models import TonightFacts
from cms.values.fields import ValueField, value_constraint
from cms.vault.fields import SealedTextField


class SollicitationQuerySet(models.QuerySet):
    def real(self) -> Self:
        return self.filter(is_test=False)

    def for_care(self) -> Self:
        """Keep requests to take a minor in, relances apart (domain rule of indicator 1)."""
        return self.filter(nature_id=Nature.CARE, relance_of=None)

    def of_minors(self) -> Self:
        """Keep minors at reception; an unknown age counts as a minor until proven otherwise."""
        return self.filter(Q(age_at_reception__lt=MAJORITY) | Q(age_at_reception=None))

    def received_between(self, first: dt.date, last: dt.date) -> Self:
        return self.filter(received_on__range=(first, last))

    def open(self) -> Self:
        return self.exclude(state=SollicitationState.CLOSED)


class Sollicitation(MinorFacts, TonightFacts):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField("référence", max_length=20, unique=True, editable=False)
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, null=True, blank=True, verbose_name="situation", related_name="sollicitations"
    )
    requester = models.ForeignKey(
        "partners.Partner", on_delete=models.PROTECT, verbose_name="service demandeur", related_name="+"
    )
    requester_type = ValueField("type de service demandeur", list_code="acteur")
    detected_by = ValueField("acteur du repérage", list_code="acteur", null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="saisie par", related_name="+"
    )
    channel = ValueField("canal", list_code="canal")
    nature = ValueField("nature de la demande", list_code="nature")
    urgency = ValueField("urgence", list_code="urgence")
    received_at = models.DateTimeField("reçue le")
    received_on = models.DateField("jour de réception", editable=False)
    group_id = models.UUIDField("groupe de fratrie", null=True, blank=True, editable=False)
    relance_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, verbose_name="relance de", related_name="relances"
    )
    age_at_reception = models.PositiveSmallIntegerField("âge à la réception", null=True, blank=True)
    current_place = models.ForeignKey(
        "territory.Territory",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="département où se trouve le mineur",
        related_name="+",
    )
    safe_until = models.DateTimeField("en sécurité jusqu’à", null=True, blank=True)
    rights_told = models.BooleanField(
        "droits des victimes étrangères expliqués",
        default=False,
        help_text="Information de l’article R425-1 du CESEDA, remise par la police ou la gendarmerie.",
    )
    state = models.CharField(
        "état", max_length=12, choices=SollicitationState.choices, default=SollicitationState.RECEIVED
    )
    first_answered_at = models.DateTimeField("première réponse le", null=True, blank=True)
    placed_at = models.DateTimeField("lieu obtenu le", null=True, blank=True)
    """A structure is confirmed, or the minor has arrived: until then somebody looks for a place."""
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="suivie par",
        related_name="+",
    )
    outcome = ValueField("suite donnée", list_code="decision", null=True, blank=True)
    closed_at = models.DateTimeField("close le", null=True, blank=True)
    idempotency_key = models.UUIDField("clé d’envoi", null=True, blank=True, unique=True, editable=False)

    answer_by: dt.datetime | None
    place_by: dt.datetime | None
    last_message: str | None
    shelter_until: dt.datetime | None
    shelter_kind: str | None
    """Set by `board_rows`: the moments promised for the first answer and for a place, the kind of the last message,
    where the minor waits.
    """
    has_grid: bool
    """Set for the file of a minor: whether a grid is joined to this request."""

    objects = SollicitationQuerySet.as_manager()

    class Meta:
        verbose_name = "sollicitation"
        verbose_name_plural = "sollicitations"
        ordering = ["-received_at"]
        constraints = [
            *facts_constraints("sollicitation"),
            value_constraint("sollicitation", "requester_type", "acteur"),
            value_constraint("sollicitation", "detected_by", "acteur"),
            value_constraint("sollicitation", "channel", "canal"),
            value_constraint("sollicitation", "nature", "nature"),
            value_constraint("sollicitation", "urgency", "urgence"),
            value_constraint("sollicitation", "outcome", "decision"),
            value_constraint("sollicitation", "language", "langue"),
            models.CheckConstraint(
                condition=Q(first_answered_at=None) | Q(first_answered_at__gte=F("received_at")),
                name="sollicitation_answer_after_reception",
                violation_error_message="La réponse précède la réception.",
            ),
            models.CheckConstraint(
                condition=Q(placed_at=None) | Q(placed_at__gte=F("received_at")),
                name="sollicitation_placed_after_reception",
                violation_error_message="Le lieu serait obtenu avant la demande.",
            ),
            models.CheckConstraint(
                condition=Q(relance_of=None) | ~Q(relance_of=F("id")),
                name="sollicitation_not_its_own_relance",
                violation_error_message="Une demande n’est pas sa propre relance.",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=F("received_at")),
                name="sollicitation_closed_after_reception",
                violation_error_message="La clôture précède la réception.",
            ),
            models.CheckConstraint(
                condition=~Q(state=SollicitationState.CLOSED) | Q(closed_at__isnull=False, outcome__isnull=False),
                name="sollicitation_closed_has_outcome",
                violation_error_message="Indiquez la suite donnée.",
            ),
            models.CheckConstraint(
                condition=Q(age_at_reception=None) | Q(age_at_reception__lte=25),
                name="sollicitation_age_plausible",
                violation_error_message="Cet âge n’est pas celui d’un mineur ou d’un jeune majeur.",
            ),
            models.CheckConstraint(
                condition=Q(safe_until=None) | Q(safe_until__gte=F("received_at")),
                name="sollicitation_safe_after_reception",
                violation_error_message="Le mineur serait en sécurité jusqu’à une heure qui précède la demande.",
            ),
        ]
        indexes = [
            # Indicators and the board read by civil day of reception.
            models.Index(fields=["received_on"], name="sollicitation_by_day"),
            models.Index(fields=["state", "received_at"], name="sollicitation_open"),
            # The other minors of a family, on each file and receipt; most requests have none.
            models.Index(fields=["group_id"], condition=Q(group_id__isnull=False), name="sollicitation_by_group"),
        ]

    def __str__(self) -> str:
        return self.reference


class SollicitationForm(models.Model):
    """A presumed form of exploitation; exactly one is the principal."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sollicitation = models.ForeignKey(
        Sollicitation, on_delete=models.PROTECT, verbose_name="sollicitation", related_name="forms"
    )
    form = ValueField("forme d’exploitation", list_code="forme")
    is_main = models.BooleanField("forme principale", default=False)

    class Meta:
        verbose_name = "forme d’exploitation présumée"
        verbose_name_plural = "formes d’exploitation présumées"
        constraints = [
            value_constraint("sollicitationform", "form", "forme"),
            models.UniqueConstraint(fields=["sollicitation", "form"], name="sollicitationform_unique"),
            models.UniqueConstraint(
                fields=["sollicitation"], condition=Q(is_main=True), name="sollicitationform_one_main"
            ),
        ]

    def __str__(self) -> str:
        return str(self.sollicitation_id)


class SollicitationDetail(models.Model):
    """What the requester wrote in words, sealed: who to call back, what happened, where."""

    sollicitation = models.OneToOneField(
        Sollicitation, on_delete=models.PROTECT, primary_key=True, related_name="detail"
    )
    callback_name = SealedTextField("personne à rappeler", blank=True)
    callback_phone = SealedTextField("ligne de rappel", blank=True)
    minor_label = SealedTextField("initiales ou prénom d’emprunt", blank=True)
    place = SealedTextField("lieu précis", blank=True)
    narrative = SealedTextField("récit", blank=True)
    callback_digest = models.CharField("empreinte de la ligne de rappel", max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = "détail de sollicitation"
        verbose_name_plural = "détails de sollicitation"
        indexes = [
            # The same line in other requests, asked on each file by the coordination.
            models.Index(
                fields=["callback_digest"], condition=~Q(callback_digest=""), name="sollicitation_by_callback"
            ),
        ]

    def __str__(self) -> str:
        return str(self.sollicitation_id)


class SollicitationMessage(models.Model):
    """What the coordination and the service that asked write to each other, sealed, never changed.

    A transmitter reads none.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sollicitation = models.ForeignKey(
        Sollicitation, on_delete=models.PROTECT, verbose_name="sollicitation", related_name="messages"
    )
    kind = models.CharField("nature", max_length=12, choices=MessageKind.choices)
    text = SealedTextField("message")
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="écrit par", related_name="+"
    )
    written_at = models.DateTimeField("écrit le")

    class Meta:
        verbose_name = "message avec le service demandeur"
        verbose_name_plural = "messages avec le service demandeur"
        ordering = ["written_at"]

    def __str__(self) -> str:
        return str(self.pk)
