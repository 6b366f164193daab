import uuid

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from cms.journal.enums import HoldReason, Outcome


class JournalLineQuerySet(models.QuerySet):
    def sealed(self) -> "JournalLineQuerySet":
        return self.filter(hash__isnull=False)

    def unsealed(self) -> "JournalLineQuerySet":
        return self.filter(hash__isnull=True)

    def about(self, kind: str, object_id: object) -> "JournalLineQuerySet":
        return self.filter(object_kind=kind, object_id=object_id)


class JournalLine(models.Model):
    """Who did, read or was refused what, and when. Read only: lines are written by `cms.journal.services`.

    The table is partitioned by month, which Django cannot declare: the migrations hold its SQL. The actor and the
    object are known by id alone, so that this app depends on no other and a line survives what it speaks of.
    """

    id = models.BigIntegerField("numéro d’écriture", primary_key=True)
    at = models.DateTimeField("date et heure")
    actor_id = models.UUIDField("personne", null=True)
    actor_system = models.TextField("tâche automatique", default="")
    action = models.TextField("action")
    object_kind = models.TextField("nature de l’objet", default="")
    object_id = models.UUIDField("objet", null=True)
    outcome = models.TextField("issue", choices=Outcome, default=Outcome.DONE)
    reason = models.TextField("motif", default="")
    details = models.JSONField("détails", default=dict, encoder=DjangoJSONEncoder)
    request_id = models.TextField("numéro de requête", default="")
    seq = models.BigIntegerField("rang dans la chaîne", null=True)
    previous_hash = models.BinaryField("empreinte précédente", null=True)
    hash = models.BinaryField("empreinte", null=True)

    objects = JournalLineQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = "journal_line"
        verbose_name = "ligne du journal"
        verbose_name_plural = "lignes du journal"
        default_permissions = ("view",)
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"Ligne {self.pk} du journal"


class JournalMonthQuerySet(models.QuerySet):
    def waiting(self) -> "JournalMonthQuerySet":
        return self.filter(dropped_at=None)

    def agreed(self) -> "JournalMonthQuerySet":
        return self.waiting().filter(direction_at__isnull=False, dpo_at__isnull=False)

    def dropped(self) -> "JournalMonthQuerySet":
        return self.filter(dropped_at__isnull=False)


class JournalMonth(models.Model):
    """A month whose lines may leave: what it held when prepared, who agreed, when it left. Read by the direction, data
    protection and system actors; written by the functions of `cms.journal.months` alone.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    month = models.DateField("mois", unique=True)
    first_seq = models.BigIntegerField("premier rang")
    last_seq = models.BigIntegerField("dernier rang")
    line_count = models.BigIntegerField("nombre de lignes")
    closing_hash = models.BinaryField("empreinte de la dernière ligne")
    prepared_at = models.DateTimeField("préparé le")
    direction_by_id = models.UUIDField("accord de la direction par", null=True)
    direction_at = models.DateTimeField("accord de la direction le", null=True)
    dpo_by_id = models.UUIDField("accord de la protection des données par", null=True)
    dpo_at = models.DateTimeField("accord de la protection des données le", null=True)
    dropped_at = models.DateTimeField("retiré le", null=True)

    objects = JournalMonthQuerySet.as_manager()

    class Meta:
        db_table = "journal_month"
        verbose_name = "mois du journal"
        verbose_name_plural = "mois du journal"
        default_permissions = ()
        ordering = ["-month"]
        constraints = [
            models.CheckConstraint(
                condition=Q(direction_by_id=None) | Q(dpo_by_id=None) | ~Q(direction_by_id=F("dpo_by_id")),
                name="journal_month_two_people",
            ),
            models.CheckConstraint(
                condition=Q(direction_by_id=None, direction_at=None)
                | Q(direction_by_id__isnull=False, direction_at__isnull=False),
                name="journal_month_direction_whole",
            ),
            models.CheckConstraint(
                condition=Q(dpo_by_id=None, dpo_at=None) | Q(dpo_by_id__isnull=False, dpo_at__isnull=False),
                name="journal_month_dpo_whole",
            ),
            models.CheckConstraint(
                condition=Q(dropped_at=None) | Q(dropped_at__gte=F("direction_at")) & Q(dropped_at__gte=F("dpo_at")),
                name="journal_month_dropped_once_agreed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%m/%Y}"


class JournalCut(models.Model):
    """Lines of consecutive ranks that left with their month: what precedes them, and the hash of the last one. The
    chain goes on from there. A month sealed out of order leaves several.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    month = models.ForeignKey(JournalMonth, on_delete=models.PROTECT, verbose_name="mois", related_name="cuts")
    first_seq = models.BigIntegerField("premier rang", unique=True)
    last_seq = models.BigIntegerField("dernier rang", unique=True)
    previous_hash = models.BinaryField("empreinte qui précède")
    hash = models.BinaryField("empreinte de la dernière ligne")

    class Meta:
        db_table = "journal_cut"
        verbose_name = "suite de lignes retirées"
        verbose_name_plural = "suites de lignes retirées"
        default_permissions = ()
        ordering = ["first_seq"]
        constraints = [models.CheckConstraint(condition=Q(last_seq__gte=F("first_seq")), name="journal_cut_in_order")]

    def __str__(self) -> str:
        return f"Lignes {self.first_seq} à {self.last_seq}"


class JournalHold(models.Model):
    """Nothing leaves the journal from this month on, until somebody lifts it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    from_month = models.DateField("à partir du mois")
    reason = models.CharField("motif", max_length=20, choices=HoldReason)
    placed_by_id = models.UUIDField("posée par")
    placed_at = models.DateTimeField("posée le")
    lifted_by_id = models.UUIDField("levée par", null=True)
    lifted_at = models.DateTimeField("levée le", null=True)

    class Meta:
        db_table = "journal_hold"
        verbose_name = "conservation forcée du journal"
        verbose_name_plural = "conservations forcées du journal"
        default_permissions = ()
        ordering = ["-placed_at"]
        constraints = [
            models.CheckConstraint(condition=Q(reason__in=HoldReason.values), name="journal_hold_reason_known"),
            models.CheckConstraint(
                condition=Q(lifted_by_id=None, lifted_at=None)
                | Q(lifted_by_id__isnull=False, lifted_at__isnull=False),
                name="journal_hold_lifted_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"Depuis {self.from_month:%m/%Y}"
