"""Rights of persons: the register of their requests, the copy of one file, and what data protection checks.

Seen by data protection and the direction; a request also by the coordination once it is entrusted to it.
"""

import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from cms.data_rights.enums import Asker, ExtensionReason, IdentityCheck, RefusalReason, RequestState, Right, StepKind
from cms.decisions.models import AgreedByTwo
from cms.kit.constraints import whole
from cms.kit.fields import person
from cms.vault.fields import SealedTextField
from cms.wall.models import Alert


def key() -> models.UUIDField:
    return models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)


class RightsRequestQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(state=RequestState.OPEN)

    def by_deadline(self) -> Self:
        """Those that wait, the latest first; then the others, the last closed first."""
        return self.order_by(F("closed_on").desc(nulls_first=True), "due_on", "reference")


class RightsRequest(models.Model):
    """A person asks to read, correct or erase what the network holds. Its number says nothing of whom it is about."""

    id = key()
    reference = models.CharField("référence", max_length=20, unique=True, editable=False)
    right = models.CharField("demande", max_length=20, choices=Right.choices)
    asker = models.CharField("qui demande", max_length=20, choices=Asker.choices)
    received_on = models.DateField("reçue le")
    due_on = models.DateField("réponse avant le", editable=False)
    extended_on = models.DateField("prolongée le", null=True, blank=True)
    extension_reason = models.CharField("motif", max_length=20, choices=ExtensionReason.choices, blank=True)
    identity_check = models.CharField("identité vérifiée", max_length=20, choices=IdentityCheck.choices, blank=True)
    identity_checked_on = models.DateField("vérifiée le", null=True, blank=True)
    case = models.ForeignKey(
        "cases.Case", on_delete=models.PROTECT, null=True, blank=True, verbose_name="situation", related_name="+"
    )
    is_with_coordination = models.BooleanField("confiée à la coordination", default=False)
    state = models.CharField("état", max_length=20, choices=RequestState.choices, default=RequestState.OPEN)
    closed_on = models.DateField("réponse du", null=True, blank=True)
    refusal_reason = models.CharField("motif du refus", max_length=20, choices=RefusalReason.choices, blank=True)
    registered_by = person("inscrite par")

    objects = RightsRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "demande de droits"
        verbose_name_plural = "demandes de droits"
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(due_on__gt=F("received_on")), name="rights_due_after_reception"),
            models.CheckConstraint(
                condition=Q(extended_on=None, extension_reason="")
                | Q(extended_on__isnull=False) & ~Q(extension_reason=""),
                name="rights_extension_whole",
            ),
            models.CheckConstraint(
                condition=Q(identity_checked_on=None, identity_check="")
                | Q(identity_checked_on__isnull=False) & ~Q(identity_check=""),
                name="rights_identity_whole",
            ),
            models.CheckConstraint(
                condition=Q(state=RequestState.OPEN, closed_on=None)
                | ~Q(state=RequestState.OPEN) & Q(closed_on__gte=F("received_on")),
                name="rights_closed_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(state__in=(RequestState.REFUSED, RequestState.PARTLY)) & ~Q(refusal_reason="")
                | ~Q(state__in=(RequestState.REFUSED, RequestState.PARTLY)) & Q(refusal_reason=""),
                name="rights_refusal_has_reason",
            ),
        ]
        indexes = [
            # The home page and the register read what waits, the first due first.
            models.Index(fields=["due_on"], condition=Q(state=RequestState.OPEN), name="rights_request_waiting"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        return self.state == RequestState.OPEN

    @property
    def is_late(self) -> bool:
        return self.is_open and self.due_on < timezone.localdate()


class RightsDetail(models.Model):
    """Who asks, how to answer, what was asked and answered, in words: sealed. Seen by who sees the request."""

    request = models.OneToOneField(RightsRequest, on_delete=models.PROTECT, primary_key=True, related_name="detail")
    name = SealedTextField("nom du demandeur", blank=True)
    contact = SealedTextField("où répondre", blank=True)
    words = SealedTextField("ce qui est demandé", blank=True)
    answer = SealedTextField("réponse", blank=True)

    class Meta:
        verbose_name = "détail de demande de droits"
        verbose_name_plural = "détails de demandes de droits"
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.request_id)


class RightsStep(models.Model):
    """What was done for a request: when, by whom, with sealed words. Never changed."""

    id = key()
    request = models.ForeignKey(RightsRequest, on_delete=models.PROTECT, verbose_name="demande", related_name="steps")
    kind = models.CharField("étape", max_length=20, choices=StepKind.choices)
    words = SealedTextField("précision", blank=True)
    by = person("par")
    at = models.DateTimeField("le", default=timezone.now)

    class Meta:
        verbose_name = "étape d’une demande de droits"
        verbose_name_plural = "étapes d’une demande de droits"
        default_permissions = ()
        ordering = ["at"]

    def __str__(self) -> str:
        return self.get_kind_display()


class FileCopy(AgreedByTwo):
    """The copy of one minor's file as it was read through: which passages leave, which stay and why. No text is kept,
    only a hash that tells whether the file has changed since. It leaves once a second person agrees, of the direction
    or of data protection.
    """

    request = models.ForeignKey(RightsRequest, on_delete=models.PROTECT, verbose_name="demande", related_name="copies")
    choices = models.JSONField("passages", default=dict, blank=True)
    digest = models.CharField("empreinte", max_length=64)

    class Meta(AgreedByTwo.Meta):
        verbose_name = "copie de dossier"
        verbose_name_plural = "copies de dossiers"
        default_permissions = ()

    def __str__(self) -> str:
        return f"Copie relue le {timezone.localtime(self.asked_at):%d/%m/%Y}"


class AlertReceipt(models.Model):
    """Somebody of the direction or of data protection, other than who broke the glass, has read the alert."""

    id = key()
    alert = models.OneToOneField(Alert, on_delete=models.PROTECT, verbose_name="alerte", related_name="receipt")
    words = SealedTextField("remarque", blank=True)
    by = person("prise en compte par")
    at = models.DateTimeField("prise en compte le", default=timezone.now)

    class Meta:
        verbose_name = "prise en compte d’alerte"
        verbose_name_plural = "prises en compte d’alertes"
        default_permissions = ()

    def __str__(self) -> str:
        return f"Prise en compte du {timezone.localtime(self.at):%d/%m/%Y}"


class NightCheck(models.Model):
    """What the verification of the night found: the name of each check, with its problems if any."""

    id = key()
    at = models.DateTimeField("faite le", default=timezone.now)
    problems = models.JSONField("problèmes", default=dict)
    count = models.PositiveIntegerField("nombre de problèmes", default=0)

    class Meta:
        verbose_name = "vérification de la nuit"
        verbose_name_plural = "vérifications de la nuit"
        default_permissions = ()
        indexes = [models.Index(fields=["-at"], name="night_check_last")]

    def __str__(self) -> str:
        return f"Vérification du {timezone.localtime(self.at):%d/%m/%Y}"


class AccessReview(models.Model):
    """The monthly review of accesses, signed: the figures as they were read, and remarks. Never changed."""

    id = key()
    month = models.DateField("mois")
    figures = models.JSONField("chiffres", default=dict)
    remarks = SealedTextField("remarques", blank=True)
    signed_by = person("signée par")
    signed_at = models.DateTimeField("signée le", default=timezone.now)

    class Meta:
        verbose_name = "revue des accès"
        verbose_name_plural = "revues des accès"
        default_permissions = ()
        ordering = ["-month", "-signed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["month", "signed_by"],
                name="accessreview_once",
                violation_error_message="Vous avez déjà signé la revue de ce mois.",
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="accessreview_first_day"),
        ]

    def __str__(self) -> str:
        return f"Revue de {self.month:%m/%Y}"


class ReadingStop(models.Model):
    """An account that read, tried or took out so much that its readings are stopped, until somebody of the direction
    lifts the stop. Seen by the direction, data protection and the account itself.
    """

    id = key()
    account = person("compte")
    measures = models.JSONField("nombres", default=dict)
    at = models.DateTimeField("arrêté le", default=timezone.now)
    lifted_by = person("rouvert par", null=True)
    lifted_at = models.DateTimeField("rouvert le", null=True, blank=True)
    reason = SealedTextField("motif", blank=True)

    class Meta:
        verbose_name = "arrêt des lectures"
        verbose_name_plural = "arrêts des lectures"
        default_permissions = ()
        ordering = ["-at"]
        constraints = [
            whole("readingstop_lifted_whole", "lifted_by", "lifted_at", also=~Q(lifted_by=F("account"))),
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(lifted_at=None),
                name="readingstop_one_at_a_time",
                violation_error_message="Les lectures de ce compte sont déjà arrêtées.",
            ),
        ]

    def __str__(self) -> str:
        return f"Arrêt du {timezone.localtime(self.at):%d/%m/%Y}"
