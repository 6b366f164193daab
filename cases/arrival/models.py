"""What an arrival requires after an acceptance: three agreements, a security protocol, a payer, a journey.

The payer is written here alone, with the price to which it agreed; `minor_payer` reads it for whoever asks.
"""

import datetime as dt
import uuid
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, Func, Q, Subquery
from django.utils import timezone

from cases.arrival.convention.models import LinkingVersion
from cases.arrival.enums import Party, Reply, Way
from cases.enums import PayerKind
from cases.files.models import Case
from cases.proposals.models import Orientation
from cases.stays.models import Placement
from cms.values.fields import ValueField, value_constraint
from cms.vault.fields import SealedTextField


class LinkingQuerySet(models.QuerySet):
    def live(self) -> Self:
        return self.filter(cancelled_at=None)

    def with_missing(self) -> Self:
        """Add `missing`: codes of what is not there yet, by `linking_missing`, which also guards the arrival."""
        return self.annotate(
            missing=Func(F("pk"), function="linking_missing", output_field=ArrayField(models.TextField()))
        )

    def with_version(self) -> Self:
        """Add `version_id`: the version to sign, known to whoever reads the linking, even without reading it."""
        return self.annotate(
            version_id=Func(F("pk"), function="linkingversion_latest", output_field=models.UUIDField())
        )

    def incomplete(self) -> Self:
        """Keep those of which something is missing, with `missing`."""
        return self.with_missing().exclude(missing=[])

    def for_payer(self, *, is_agreed: Exists, is_waiting: bool) -> Self:
        """Add `is_agreed` and `reference`; those that wait for an agreement first, or alone."""
        reference = Func(F("pk"), function="linking_reference", output_field=models.TextField())
        rows = self.annotate(is_agreed=is_agreed, reference=reference).order_by("is_agreed", "-opened_at")
        return rows.filter(is_agreed=False) if is_waiting else rows

    def to_sign(self, *, latest: Subquery, signed: Exists, given: Exists) -> Self:
        """Keep those of which the latest version is not signed, with `is_again`: another one was."""
        return self.alias(latest=latest).filter(~signed).annotate(is_again=given).order_by("opened_at")

    def asked(self, *, again: bool) -> Self:
        """Keep, after `to_sign`, those asked again after a change, or those asked for the first time."""
        return self.filter(is_again=again)

    def missing_of(self, pk: uuid.UUID) -> list[str]:
        """Return what one linking misses, without its other columns."""
        return self.with_missing().values_list("missing", flat=True).get(pk=pk)

    def is_accepted(self, pk: uuid.UUID) -> bool:
        """Return whether the structure of one linking said yes, by `linking_accepted`, which guards the arrival."""
        accepted = Func(F("pk"), function="linking_accepted", output_field=models.BooleanField())
        return self.annotate(accepted=accepted).values_list("accepted", flat=True).get(pk=pk)


class Linking(models.Model):
    """A structure kept for a minor, until the arrival and after it. Seen by the coordination, by the direction of the
    structure, by the service that asked and by the one to which the minor is entrusted, each through its grant; the
    services never read which structure it is.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, verbose_name="situation", related_name="linkings")
    partner = models.ForeignKey(
        "partners.Partner", on_delete=models.PROTECT, verbose_name="structure", related_name="+"
    )
    orientation = models.ForeignKey(
        Orientation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="orientation",
        related_name="linkings",
    )
    requester = models.ForeignKey(
        "partners.Partner",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="service demandeur",
        related_name="+",
    )
    guardian = models.ForeignKey(
        "partners.Partner",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="service gardien",
        related_name="+",
        help_text="Le service à qui le mineur est confié, qui signe la convention.",
    )
    placement = models.OneToOneField(
        Placement,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="séjour",
        related_name="linking",
    )
    opened_at = models.DateTimeField("ouverte le")
    payer_kind = ValueField("qui paie", list_code="payeur", null=True, blank=True)
    payer = models.ForeignKey(
        "territory.AseAuthority",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="autorité qui paie",
        related_name="+",
    )
    daily_price_cents = models.PositiveIntegerField("prix de journée (centimes)", null=True, blank=True)
    financed_on = models.DateField("accord financier du", null=True, blank=True)
    finance_ends_on = models.DateField("accord financier jusqu’au", null=True, blank=True)
    waived_at = models.DateTimeField("dérogation du", null=True, blank=True)
    waived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="dérogation de",
        related_name="+",
    )
    waiver_reason = ValueField("motif de la dérogation", list_code="motif_derogation", null=True, blank=True)
    waiver_words = SealedTextField("précision sur la dérogation", blank=True)
    cancelled_at = models.DateTimeField("abandonnée le", null=True, blank=True)

    objects = LinkingQuerySet.as_manager()

    missing: list[str]
    """Set by `with_missing`."""
    version_id: uuid.UUID | None
    """Set by `with_version`."""
    due_at: dt.datetime
    """Set by `waivers_to_settle`: when what was waived is to be settled."""
    reference: str
    is_agreed: bool
    """Set by `linkings_of_authorities`."""
    is_again: bool
    """Set by `linkings_to_agree`: the party signed an older version."""

    class Meta:
        verbose_name = "mise en lien"
        verbose_name_plural = "mises en lien"
        ordering = ["-opened_at"]
        constraints = [
            value_constraint("linking", "payer_kind", "payeur"),
            value_constraint("linking", "waiver_reason", "motif_derogation"),
            models.UniqueConstraint(
                fields=["case", "partner"],
                condition=Q(placement=None, cancelled_at=None),
                name="linking_one_waiting",
                violation_error_message="Une mise en lien est déjà ouverte avec cette structure.",
            ),
            models.CheckConstraint(
                condition=Q(financed_on=None, payer_kind=None, daily_price_cents=None)
                | Q(financed_on__isnull=False, payer_kind__isnull=False, daily_price_cents__isnull=False),
                name="linking_finance_whole",
                violation_error_message="Un accord financier dit qui paie, combien par jour et depuis quand.",
            ),
            models.CheckConstraint(
                condition=~Q(payer_kind=PayerKind.ASE) | Q(payer_kind=None) | Q(payer__isnull=False),
                name="linking_payer_told",
                violation_error_message="Indiquez l’autorité qui paie.",
            ),
            models.CheckConstraint(
                condition=Q(finance_ends_on=None)
                | Q(financed_on__isnull=False, finance_ends_on__gte=F("financed_on")),
                name="linking_finance_in_order",
                violation_error_message="L’accord financier prend fin avant de commencer.",
            ),
            models.CheckConstraint(
                condition=Q(waived_at=None, waived_by=None, waiver_reason=None)
                | Q(waived_at__isnull=False, waived_by__isnull=False, waiver_reason__isnull=False),
                name="linking_waiver_whole",
                violation_error_message="Une dérogation dit qui la donne, et pourquoi.",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None) | Q(placement=None),
                name="linking_given_up_before_arrival",
                violation_error_message="Le séjour a commencé : la mise en lien ne s’abandonne plus.",
            ),
        ]
        indexes = [
            # The home of the coordination reads the waivers to regularise, the oldest first; they are few.
            models.Index(fields=["waived_at"], condition=Q(waived_at__isnull=False), name="linking_waived"),
        ]

    def __str__(self) -> str:
        return f"Mise en lien du {self.opened_at:%d/%m/%Y}"


class AnswerQuerySet(models.QuerySet):
    def agreed(self) -> Self:
        return self.filter(reply=Reply.AGREED)


class Answered(models.Model):
    """What a party answered: who, when, how, what. Given online by the party itself, or noted by the coordination."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reply = models.CharField("réponse", max_length=8, choices=Reply.choices, default=Reply.AGREED)
    answered_at = models.DateTimeField("répondu le")
    way = models.CharField("comment", max_length=8, choices=Way.choices, default=Way.ONLINE)
    said_by = SealedTextField("qui a répondu", max_length=200, blank=True)
    words = SealedTextField("ce qui a été dit", blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="donné ou noté par", related_name="+"
    )

    objects = AnswerQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def agreed_on(self) -> dt.date:
        """The day of the answer, in Paris."""
        return timezone.localdate(self.answered_at)

    @property
    def is_on_paper(self) -> bool:
        return self.way == Way.PAPER


class LinkingAgreement(Answered):
    """One of the three agreements of the tripartite convention, or the answer that stood in its place, on the version
    that its party read. Insert-only; another version asks for another agreement.
    """

    linking = models.ForeignKey(
        Linking, on_delete=models.PROTECT, verbose_name="mise en lien", related_name="agreements"
    )
    party = models.CharField("partie", max_length=10, choices=Party.choices)
    version = models.ForeignKey(
        LinkingVersion,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="version de la convention",
        related_name="agreements",
    )

    class Meta:
        verbose_name = "accord de mise en lien"
        verbose_name_plural = "accords de mise en lien"
        ordering = ["answered_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["linking", "party", "version"],
                condition=Q(reply=Reply.AGREED),
                nulls_distinct=False,
                name="linkingagreement_once",
                violation_error_message="Cet accord est déjà donné.",
            ),
        ]

    def __str__(self) -> str:
        return f"Accord : {self.get_party_display()}"


class PayerAgreement(Answered):
    """The authority that pays agrees to a price and an end: those of the linking that day. Insert-only; another price
    asks for another agreement.
    """

    linking = models.ForeignKey(
        Linking, on_delete=models.PROTECT, verbose_name="mise en lien", related_name="payer_agreements"
    )
    payer = models.ForeignKey(
        "territory.AseAuthority", on_delete=models.PROTECT, verbose_name="autorité qui paie", related_name="+"
    )
    daily_price_cents = models.PositiveIntegerField("prix de journée (centimes)")
    ends_on = models.DateField("jusqu’au", null=True, blank=True)

    class Meta:
        verbose_name = "accord de l’autorité qui paie"
        verbose_name_plural = "accords des autorités qui paient"
        ordering = ["answered_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["linking", "payer", "daily_price_cents", "ends_on"],
                condition=Q(reply=Reply.AGREED),
                nulls_distinct=False,
                name="payeragreement_once",
                violation_error_message="Cet accord financier est déjà validé.",
            ),
        ]

    def __str__(self) -> str:
        return f"Accord du {self.agreed_on:%d/%m/%Y}"


class LinkingCheck(models.Model):
    """A point of the security protocol that is settled: what was agreed with the structure, in words.

    They hold the places and the people to keep away: read by the parties that sign the convention, and by neither the
    service that only asked nor the one that only pays. Sealed, never in a list.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    linking = models.ForeignKey(Linking, on_delete=models.PROTECT, verbose_name="mise en lien", related_name="checks")
    item = ValueField("point", list_code="protocole_securite")
    words = SealedTextField("consigne")

    class Meta:
        verbose_name = "point du protocole de sécurité"
        verbose_name_plural = "points du protocole de sécurité"
        constraints = [
            value_constraint("linkingcheck", "item", "protocole_securite"),
            models.UniqueConstraint(fields=["linking", "item"], name="linkingcheck_unique"),
        ]

    def __str__(self) -> str:
        return str(self.item_id)


class Journey(models.Model):
    """How the minor gets there: never the address of the structure. Read by the coordination, then, once it is shared
    and for a few days, by the direction of the structure and by the service that asked.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    linking = models.OneToOneField(
        Linking, on_delete=models.PROTECT, verbose_name="mise en lien", related_name="journey"
    )
    driver = ValueField("qui conduit", list_code="conduite")
    leaves_at = models.DateTimeField("rendez-vous")
    shelter = ValueField("abri en attendant", list_code="abri_provisoire", null=True, blank=True)
    shelter_until = models.DateTimeField("à l’abri jusqu’à", null=True, blank=True)
    meeting_point = SealedTextField("point de rencontre")
    relay = SealedTextField("personne relais")
    shared_at = models.DateTimeField("transmis le", null=True, blank=True)

    class Meta:
        verbose_name = "acheminement"
        verbose_name_plural = "acheminements"
        ordering = ["-leaves_at"]
        constraints = [
            value_constraint("journey", "driver", "conduite"),
            value_constraint("journey", "shelter", "abri_provisoire"),
            models.CheckConstraint(
                condition=Q(shelter_until=None) | Q(shelter__isnull=False),
                name="journey_shelter_told",
                violation_error_message="Dites où le mineur attend.",
            ),
        ]

    def __str__(self) -> str:
        return f"Acheminement du {self.leaves_at:%d/%m/%Y}"
