"""How long each kind of data is kept, what leaves, who agreed. Rows are written by functions of the database alone.

Read by the coordination, the direction and data protection; signed by the last two. People are kept as ids, without a
foreign key: an agreement outlives the account of who gave it.
"""

import uuid

from django.db import models
from django.db.models import F, Q

from cms.journal.enums import HoldReason
from cms.retention.enums import Archives, Deed, RowOutcome

LONGEST_MONTHS = 1200


class RetentionKind(models.Model):
    """What an app made known by `retention_kind_register`: from when it counts, what is done, and the first rule."""

    kind = models.CharField("code", primary_key=True, max_length=40)
    object_kind = models.CharField("nature de l’objet", max_length=40)
    table_name = models.CharField("table", max_length=63)
    label = models.CharField("ce qui est gardé", max_length=80)
    starting_point = models.CharField("à partir de", max_length=200)
    deed = models.CharField("à la fin", max_length=10, choices=Deed)
    starts = models.TextField("calcul du point de départ")
    forget = models.CharField("fonction qui efface", max_length=63)
    months = models.PositiveSmallIntegerField("durée d’origine (mois)")
    reason = models.CharField("raison d’origine", max_length=240)
    basis = models.CharField("base légale d’origine", max_length=240)
    position = models.PositiveSmallIntegerField("rang", default=0)

    class Meta:
        db_table = "retention_kind"
        verbose_name = "nature conservée"
        verbose_name_plural = "natures conservées"
        default_permissions = ()
        ordering = ["position"]

    def __str__(self) -> str:
        return self.label


class Agreement(models.Model):
    """Agreed on by two people: one of the direction, one of data protection."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    direction_by_id = models.UUIDField("accord de la direction, par", null=True)
    direction_at = models.DateTimeField("accord de la direction", null=True)
    dpo_by_id = models.UUIDField("accord de la protection des données, par", null=True)
    dpo_at = models.DateTimeField("accord de la protection des données", null=True)
    dismissed_by_id = models.UUIDField("écarté par", null=True)
    dismissed_at = models.DateTimeField("écarté le", null=True)

    class Meta:
        abstract = True

    @property
    def is_signed(self) -> bool:
        return bool(self.direction_at and self.dpo_at)

    @property
    def is_waiting(self) -> bool:
        return not self.is_signed and self.dismissed_at is None


def signed_constraints(name: str) -> list[models.CheckConstraint]:
    whole = [
        Q(**{f"{who}_by_id": None, f"{who}_at": None})
        | Q(**{f"{who}_by_id__isnull": False, f"{who}_at__isnull": False})
        for who in ("direction", "dpo", "dismissed")
    ]
    return [
        models.CheckConstraint(
            condition=Q(direction_by_id=None) | Q(dpo_by_id=None) | ~Q(direction_by_id=F("dpo_by_id")),
            name=f"retention_{name}_two_people",
        ),
        models.CheckConstraint(condition=whole[0] & whole[1] & whole[2], name=f"retention_{name}_signed_whole"),
        models.CheckConstraint(
            condition=Q(dismissed_at=None) | Q(direction_at=None) | Q(dpo_at=None),
            name=f"retention_{name}_signed_or_dismissed",
        ),
    ]


class RuleVersion(Agreement):
    """One version of the rule of a kind; the last one that two people signed is in force. None is removed."""

    kind = models.ForeignKey(RetentionKind, on_delete=models.PROTECT, verbose_name="nature", related_name="versions")
    months = models.PositiveSmallIntegerField("durée (mois)")
    reason = models.CharField("raison, en mots simples", max_length=240)
    basis = models.CharField("base légale", max_length=240, blank=True)
    is_basis_verified = models.BooleanField("base légale vérifiée", default=False)
    proposed_at = models.DateTimeField("proposée le")
    in_force_at = models.DateTimeField("en vigueur depuis", null=True)

    class Meta:
        db_table = "retention_ruleversion"
        verbose_name = "règle de conservation"
        verbose_name_plural = "règles de conservation"
        default_permissions = ()
        ordering = ["-proposed_at"]
        constraints = [
            *signed_constraints("rule"),
            models.CheckConstraint(
                condition=Q(months__range=(1, LONGEST_MONTHS)),
                name="retention_rule_months_plausible",
                violation_error_message="Une durée va d’un mois à cent ans.",
            ),
            models.CheckConstraint(
                condition=Q(in_force_at=None) | Q(direction_at__isnull=False, dpo_at__isnull=False),
                name="retention_rule_in_force_is_signed",
            ),
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(in_force_at=None, dismissed_at=None),
                name="retention_rule_one_waiting",
                violation_error_message="Une règle attend déjà une signature : signez-la ou écartez-la d’abord.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.months} mois"


class LegalHold(models.Model):
    """Nothing of this object leaves, whatever its date, until the direction or data protection lifts the hold."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    object_kind = models.CharField("nature de l’objet", max_length=40)
    object_id = models.UUIDField("objet")
    reference = models.CharField("référence", max_length=40)
    reason = models.CharField("motif", max_length=20, choices=HoldReason)
    placed_by_id = models.UUIDField("posée par")
    placed_at = models.DateTimeField("posée le")
    lifted_by_id = models.UUIDField("levée par", null=True)
    lifted_at = models.DateTimeField("levée le", null=True)

    class Meta:
        db_table = "retention_legalhold"
        verbose_name = "conservation forcée"
        verbose_name_plural = "conservations forcées"
        default_permissions = ()
        ordering = ["-placed_at"]
        constraints = [
            models.CheckConstraint(condition=Q(reason__in=HoldReason.values), name="retention_hold_reason_known"),
            models.CheckConstraint(
                condition=Q(lifted_by_id=None, lifted_at=None)
                | Q(lifted_by_id__isnull=False, lifted_at__isnull=False),
                name="retention_hold_lifted_whole",
            ),
        ]
        indexes = [
            # Asked of every object whose date is worked out.
            models.Index(fields=["object_id"], condition=Q(lifted_at=None), name="retention_hold_live"),
        ]

    def __str__(self) -> str:
        return self.reference


class RetentionRun(Agreement):
    """A batch of objects whose time is over, prepared by the job, executed once two people signed it."""

    prepared_at = models.DateTimeField("préparé le")
    row_count = models.PositiveIntegerField("nombre d’objets")
    archives = models.CharField("archives", max_length=12, choices=Archives, blank=True)
    finished_at = models.DateTimeField("exécuté le", null=True)

    class Meta:
        db_table = "retention_run"
        verbose_name = "lot à effacer"
        verbose_name_plural = "lots à effacer"
        default_permissions = ()
        ordering = ["-prepared_at"]
        constraints = [
            *signed_constraints("run"),
            models.CheckConstraint(
                condition=Q(finished_at=None) | Q(direction_at__isnull=False, dpo_at__isnull=False),
                name="retention_run_finished_is_signed",
            ),
            models.CheckConstraint(
                condition=Q(direction_at=None) | Q(archives__in=Archives.values), name="retention_run_archives_told"
            ),
        ]

    def __str__(self) -> str:
        return f"Lot du {self.prepared_at:%d/%m/%Y}"


class RetentionRow(models.Model):
    """One object of a run, and what became of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(RetentionRun, on_delete=models.PROTECT, verbose_name="lot", related_name="rows")
    kind = models.ForeignKey(RetentionKind, on_delete=models.PROTECT, verbose_name="nature", related_name="+")
    object_kind = models.CharField("nature de l’objet", max_length=40)
    object_id = models.UUIDField("objet")
    reference = models.CharField("référence", max_length=40, blank=True)
    due_on = models.DateField("échéance")
    outcome = models.CharField("issue", max_length=10, choices=RowOutcome, blank=True)
    at = models.DateTimeField("le", null=True)

    class Meta:
        db_table = "retention_row"
        verbose_name = "objet d’un lot"
        verbose_name_plural = "objets d’un lot"
        default_permissions = ()
        ordering = ["kind__position", "due_on", "reference"]
        constraints = [
            models.UniqueConstraint(fields=["run", "kind", "object_id"], name="retention_row_once"),
        ]

    def __str__(self) -> str:
        return self.reference or str(self.object_id)


class RetentionDone(models.Model):
    """An object that was erased: what a restored backup must erase again."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField("nature", max_length=40)
    object_kind = models.CharField("nature de l’objet", max_length=40)
    object_id = models.UUIDField("objet")
    at = models.DateTimeField("effacé le")
    run_id = models.UUIDField("lot", null=True)

    class Meta:
        db_table = "retention_done"
        verbose_name = "objet effacé"
        verbose_name_plural = "objets effacés"
        default_permissions = ()
        ordering = ["id"]
        indexes = [models.Index(fields=["object_id"], name="retention_done_object")]

    def __str__(self) -> str:
        return str(self.object_id)


class RetentionWarning(models.Model):
    """The coordination was told that an object leaves within this number of days."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("nature", max_length=40)
    object_id = models.UUIDField("objet")
    due_on = models.DateField("échéance")
    days = models.PositiveSmallIntegerField("jours avant")
    at = models.DateTimeField("le")

    class Meta:
        db_table = "retention_warning"
        verbose_name = "avertissement avant effacement"
        verbose_name_plural = "avertissements avant effacement"
        default_permissions = ()
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id", "due_on", "days"], name="retention_warning_once"),
        ]

    def __str__(self) -> str:
        return f"{self.days} jours"
