"""A worrying situation in a structure (indicator 8), and who was told."""

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING, Self, cast

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cases.enums import IncidentState
from cases.files.models import Case
from cases.stays.models import Placement
from cms.values.fields import ValueField, value_constraint
from cms.vault.fields import SealedTextField

if TYPE_CHECKING:
    from cases.incidents.authorities.selectors import AuthorityCall


class IncidentQuerySet(models.QuerySet):
    def real(self) -> Self:
        return self.filter(is_test=False)

    def declared_between(self, first: dt.date, last: dt.date) -> Self:
        return self.filter(declared_on__range=(first, last))

    def open(self) -> Self:
        return self.exclude(state=IncidentState.CLOSED)

    def followed(self) -> Self:
        """Keep incidents that the actor reads whole: the coordination all of them."""
        return cast(
            "Self",
            self.extra(where=["scope_sees_all_cases() OR cases_incident.id IN (SELECT incident_visible_ids())"]),
        )

    def in_charge(self) -> Self:
        """Keep those about a child of whom a service of the actor is in charge (`incident_in_charge_ids`)."""
        return cast("Self", self.extra(where=["cases_incident.id IN (SELECT incident_in_charge_ids())"]))

    def about(
        self, *, placements: Iterable[Placement | uuid.UUID] = (), cases: Iterable[Case | uuid.UUID] = ()
    ) -> Self:
        """Keep incidents where one of these stays, or of these files, is among the children concerned."""
        children = IncidentChild.objects.filter(Q(placement__in=placements) | Q(case__in=cases))
        return self.filter(Q(placement__in=placements) | Q(pk__in=children.values("incident_id")))


class Incident(models.Model):
    """Read by the coordination; unless it is confidential, by the team of the structure and by the service that
    declared it; confidential, by its declarant alone beside the coordination. The service in charge of a child
    concerned reads what the notice to it holds, and neither the words nor the structure.

    `placement` is the stay of the first child concerned, by whose age figures count; each child is an `IncidentChild`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField("référence", max_length=20, unique=True, editable=False)
    partner = models.ForeignKey(
        "partners.Partner",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="structure",
        related_name="+",
        help_text="Vide : déclarée de l’extérieur, la coordination n’a pas encore reconnu la structure.",
    )
    placement = models.ForeignKey(
        Placement,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="séjour concerné",
        related_name="incidents",
    )
    incident_type = ValueField("type", list_code="type_incident")
    severity = ValueField("gravité", list_code="gravite")
    occurred_at = models.DateTimeField("survenu le")
    noticed_at = models.DateTimeField("constaté le")
    declared_at = models.DateTimeField("déclaré le")
    declared_on = models.DateField("jour de déclaration", editable=False)
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="déclaré par", related_name="+"
    )
    service = models.ForeignKey(
        "partners.Partner",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="service déclarant",
        related_name="+",
        help_text="Celui qui a déclaré pour l’un de ses mineurs. Vide : la structure ou la coordination.",
    )
    is_confidential = models.BooleanField(
        "confidentiel", default=False, help_text="Vu du déclarant et de la coordination seulement."
    )
    is_from_outside = models.BooleanField(
        "déclaré de l’extérieur",
        default=False,
        editable=False,
        help_text="En confiance, par un professionnel d’ailleurs, sur une structure qu’il a nommée.",
    )
    state = models.CharField("état", max_length=14, choices=IncidentState.choices, default=IncidentState.DECLARED)
    acknowledged_at = models.DateTimeField("pris en compte le", null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="pris en compte par",
        related_name="+",
    )
    closed_at = models.DateTimeField("clos le", null=True, blank=True)
    has_analysis = models.BooleanField("analyse collective faite", default=False)
    is_test = models.BooleanField("fiche d’essai", default=False)
    is_drill = models.BooleanField("exercice", default=False)
    idempotency_key = models.UUIDField("clé d’envoi", unique=True, null=True, blank=True, editable=False)

    is_untold: bool
    """Set by `incidents_waiting`: a runaway of which the police are not noted as told."""

    objects = IncidentQuerySet.as_manager()

    calls: "list[AuthorityCall]"
    missing: list[str]
    """Set by the file of the admin: whom the incident must be told to, and what it waits for before it closes."""
    child_references: list[str]
    same_references: list[str]
    cause_labels: list[str]
    """Set by `incidents_read`."""

    class Meta:
        verbose_name = "incident"
        verbose_name_plural = "incidents"
        ordering = ["-declared_at"]
        constraints = [
            value_constraint("incident", "incident_type", "type_incident"),
            value_constraint("incident", "severity", "gravite"),
            models.CheckConstraint(
                condition=Q(occurred_at__lte=F("noticed_at"), noticed_at__lte=F("declared_at")),
                name="incident_dates_in_order",
                violation_error_message="Un incident survient, puis est constaté, puis déclaré : vérifiez les dates.",
            ),
            models.CheckConstraint(
                condition=Q(acknowledged_at=None) | Q(acknowledged_at__gte=F("declared_at")),
                name="incident_acknowledged_after_declared",
                violation_error_message="La prise en compte précède la déclaration.",
            ),
            models.CheckConstraint(
                condition=~Q(state=IncidentState.CLOSED) | Q(closed_at__isnull=False, closed_at__gte=F("declared_at")),
                name="incident_closed_is_dated",
                violation_error_message="La clôture précède la déclaration, ou n’est pas datée.",
            ),
            models.CheckConstraint(
                condition=Q(is_drill=False) | Q(is_test=True),
                name="incident_drill_never_counts",
                violation_error_message="Un exercice ne compte pas dans les chiffres.",
            ),
            models.CheckConstraint(
                condition=Q(is_from_outside=False, partner__isnull=False)
                | Q(is_from_outside=True, is_confidential=True, service=None),
                name="incident_from_outside_is_confidential",
                violation_error_message="Choisissez la structure : seule une déclaration en confiance peut la nommer.",
            ),
        ]
        indexes = [
            models.Index(fields=["declared_on"], name="incident_by_day"),
            # What came before in the same structure, of the same type, is looked up for each incident.
            models.Index(fields=["partner", "incident_type", "declared_at"], name="incident_repeated"),
        ]

    def __str__(self) -> str:
        return self.reference


class IncidentChild(models.Model):
    """A child concerned: by a stay in the structure, or by a file when no stay is known. Read as the incident is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, verbose_name="incident", related_name="children")
    placement = models.ForeignKey(
        Placement, on_delete=models.PROTECT, null=True, blank=True, verbose_name="séjour", related_name="+"
    )
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, null=True, blank=True, verbose_name="situation", related_name="+"
    )

    class Meta:
        verbose_name = "enfant concerné"
        verbose_name_plural = "enfants concernés"
        constraints = [
            models.CheckConstraint(
                condition=Q(placement__isnull=False, case=None) | Q(placement=None, case__isnull=False),
                name="incidentchild_by_stay_or_file",
            ),
            models.UniqueConstraint(fields=["incident", "placement"], name="incidentchild_one_stay"),
            models.UniqueConstraint(fields=["incident", "case"], name="incidentchild_one_file"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def minor(self) -> Case:
        """The file of the child. Raises `ValueError` when it is known neither way, which a constraint forbids."""
        if self.case is not None:
            return self.case
        if self.placement is None:
            raise ValueError("A child concerned has neither a file nor a stay.")
        return self.placement.case


class IncidentDetail(models.Model):
    """What happened and what was done, in words, sealed."""

    incident = models.OneToOneField(Incident, on_delete=models.PROTECT, primary_key=True, related_name="detail")
    narrative = SealedTextField("faits", blank=True)
    measures = SealedTextField("mesures prises", blank=True)
    severity_reason = SealedTextField("pourquoi une autre gravité", blank=True)
    structure_named = SealedTextField("structure, telle qu’elle est nommée", null=True, blank=True)
    """By somebody from outside, who never reads the list of structures."""

    class Meta:
        verbose_name = "détail d’incident"
        verbose_name_plural = "détails d’incident"

    def __str__(self) -> str:
        return str(self.incident_id)


class AuthorityNotice(models.Model):
    """An authority told of an incident: who, when, through which channel."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, verbose_name="incident", related_name="notices")
    authority = ValueField("autorité informée", list_code="autorite")
    channel = ValueField("canal", list_code="canal", null=True, blank=True)
    told_at = models.DateTimeField("informée le")
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="informée par", related_name="+"
    )
    ase_authority = models.ForeignKey(
        "territory.AseAuthority",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="de quel département",
        related_name="+",
    )
    note = SealedTextField("interlocuteur, numéro ou référence donnés", null=True, blank=True)
    proof_id = models.UUIDField("justificatif", null=True, blank=True, editable=False)
    """An attachment of the incident, without a foreign key: it is removed and erased by the rules of attachments."""

    proof_days: list[dt.date]
    """Set by the prefetch of `TOLD`: days of the proofs that came afterwards."""

    class Meta:
        verbose_name = "information d’une autorité"
        verbose_name_plural = "informations d’autorités"
        ordering = ["told_at"]
        constraints = [
            value_constraint("notice", "authority", "autorite"),
            value_constraint("notice", "channel", "canal"),
        ]

    def __str__(self) -> str:
        return f"Information du {self.told_at:%d/%m/%Y}"


class NoticeProof(models.Model):
    """What proves that an authority was told, once it came: the notice itself never changes. Read as the incident."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    notice = models.ForeignKey(
        AuthorityNotice, on_delete=models.PROTECT, verbose_name="information", related_name="proofs"
    )
    dated_on = models.DateField("daté du")
    words = SealedTextField("accusé, référence, réponse", null=True, blank=True)
    piece_id = models.UUIDField("pièce", null=True, blank=True, editable=False)
    """An attachment of the incident, without a foreign key: it is removed and erased by the rules of attachments."""
    added_at = models.DateTimeField("ajouté le")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="ajouté par", related_name="+"
    )

    class Meta:
        verbose_name = "justificatif d’une information"
        verbose_name_plural = "justificatifs d’informations"
        ordering = ["added_at"]

    def __str__(self) -> str:
        return str(self.pk)
