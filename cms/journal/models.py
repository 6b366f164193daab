from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from cms.journal.enums import Outcome


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
