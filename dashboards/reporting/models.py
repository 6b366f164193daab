"""Figures that no longer change: closed periods, revisions, what is published, targets; and what the State asks."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from dashboards.indicators.definitions import DEFINITIONS
from dashboards.reporting.enums import Side, Why

INDICATORS = [(code, f"{code} – {definition.short}") for code, definition in DEFINITIONS.items()]
HASH = models.Q(content_hash__regex=r"^[0-9a-f]{64}$")


def person(label: str, *, null: bool = False) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        verbose_name=label,
        related_name="+",
        null=null,
        blank=null,
        editable=False,
    )


def whole(name: str, who: str, when: str) -> models.CheckConstraint:
    """Who and when are written together, or neither."""
    return models.CheckConstraint(
        condition=Q(**{who: None, when: None}) | Q(**{f"{who}__isnull": False, f"{when}__isnull": False}), name=name
    )


class Decided(models.Model):
    """Asked by one person, agreed to by another, or set aside. Once agreed to, it never changes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    asked_by = person("demandé par")
    asked_at = models.DateTimeField("demandé le", editable=False)
    agreed_by = person("décidé par", null=True)
    agreed_at = models.DateTimeField("décidé le", null=True, blank=True, editable=False)
    dismissed_by = person("écarté par", null=True)
    dismissed_at = models.DateTimeField("écarté le", null=True, blank=True, editable=False)
    content = models.JSONField("contenu", default=dict, editable=False)
    content_hash = models.CharField("empreinte", max_length=64, editable=False)
    comments = models.JSONField("commentaires", default=dict, blank=True)

    class Meta:
        abstract = True

    @property
    def is_waiting(self) -> bool:
        return self.agreed_at is None and self.dismissed_at is None

    @property
    def is_agreed(self) -> bool:
        return self.agreed_at is not None


def decided_constraints(name: str) -> list[models.BaseConstraint]:
    return [
        models.CheckConstraint(
            condition=Q(agreed_by=None) | ~Q(agreed_by=F("asked_by")),
            name=f"{name}_two_people",
            violation_error_message="Une autre personne que celle qui a demandé doit décider.",
        ),
        whole(f"{name}_agreed_whole", "agreed_by", "agreed_at"),
        whole(f"{name}_dismissed_whole", "dismissed_by", "dismissed_at"),
        models.CheckConstraint(condition=Q(agreed_at=None) | Q(dismissed_at=None), name=f"{name}_one_end"),
        models.CheckConstraint(condition=HASH, name=f"{name}_hash"),
    ]


class ClosedPeriodQuerySet(models.QuerySet):
    def closed(self):
        return self.filter(agreed_at__isnull=False)

    def waiting(self):
        return self.filter(agreed_at=None, dismissed_at=None)


class ClosedPeriod(Decided):
    """Figures of a period, frozen whole when one person asks, closed when another agrees.

    Read by the coordination and the direction. `content` holds every figure, table and definition; the counted rows
    are kept apart, one line an indicator, so that a later correction is seen.
    """

    title = models.CharField("intitulé", max_length=80)
    first = models.DateField("premier jour")
    last = models.DateField("dernier jour")
    trace = models.CharField("code de trace", max_length=19, editable=False)

    objects = ClosedPeriodQuerySet.as_manager()

    class Meta:
        verbose_name = "période close"
        verbose_name_plural = "périodes closes"
        default_permissions = ()
        ordering = ["-first", "-last"]
        constraints = [
            *decided_constraints("closedperiod"),
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="closedperiod_days_in_order"),
            models.UniqueConstraint(
                fields=["first", "last"],
                condition=Q(dismissed_at=None),
                name="closedperiod_once",
                violation_error_message="Cette période est déjà close, ou attend d’être décidée.",
            ),
        ]

    def __str__(self):
        return self.title


class ClosedRows(models.Model):
    """Keys of the rows that an indicator counted in a closed period. They stay when a row is made anonymous."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    period = models.ForeignKey(
        ClosedPeriod, on_delete=models.PROTECT, verbose_name="période close", related_name="rows"
    )
    code = models.CharField("indicateur", max_length=2, choices=INDICATORS)
    keys = models.JSONField("lignes comptées")
    keys_hash = models.CharField("empreinte", max_length=64)

    class Meta:
        verbose_name = "lignes d’une période close"
        verbose_name_plural = "lignes des périodes closes"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["period", "code"], name="closedrows_once")]

    def __str__(self):
        return self.code


class Revision(models.Model):
    """What moved in an indicator since its period was closed, or since the revision before, and why. Never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    period = models.ForeignKey(
        ClosedPeriod, on_delete=models.PROTECT, verbose_name="période close", related_name="revisions"
    )
    code = models.CharField("indicateur", max_length=2, choices=INDICATORS)
    added = models.JSONField("lignes entrées", blank=True)
    removed = models.JSONField("lignes sorties", blank=True)
    why = models.CharField("raison", max_length=10, choices=Why)
    words = models.CharField("précision", max_length=300, blank=True)
    noted_by = person("notée par")
    noted_at = models.DateTimeField("notée le", editable=False)

    class Meta:
        verbose_name = "révision"
        verbose_name_plural = "révisions"
        default_permissions = ()
        ordering = ["noted_at"]
        constraints = [
            models.CheckConstraint(condition=Q(why__in=Why.values), name="revision_why_known"),
            models.CheckConstraint(
                condition=~Q(added=[], removed=[]),
                name="revision_of_something",
                violation_error_message="Rien n’a changé depuis la dernière révision.",
            ),
        ]

    def __str__(self):
        return f"+{len(self.added)} / −{len(self.removed)}"


class ReleaseQuerySet(models.QuerySet):
    def published(self):
        return self.filter(agreed_at__isnull=False)


class Release(Decided):
    """What leaves the coordination: tables of one closed period, small cells hidden. State, API and papers read it.

    `content` holds nothing that is hidden. Read by the coordination and the direction; by the State once published.
    """

    period = models.ForeignKey(
        ClosedPeriod, on_delete=models.PROTECT, verbose_name="période close", related_name="releases"
    )
    title = models.CharField("intitulé", max_length=80)
    first = models.DateField("premier jour")
    last = models.DateField("dernier jour")
    trace = models.CharField("code de trace", max_length=19, editable=False)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = "publication"
        verbose_name_plural = "publications"
        default_permissions = ()
        ordering = ["-last", "-first"]
        constraints = [
            *decided_constraints("release"),
            models.UniqueConstraint(
                fields=["period"],
                condition=Q(dismissed_at=None),
                name="release_once",
                violation_error_message="Cette période est déjà publiée, ou attend d’être décidée.",
            ),
        ]

    def __str__(self):
        return self.title


class HistoryImport(Decided):
    """The register of an earlier year, tried without a fault by one person, loaded when another agrees.

    Read by the coordination and the direction. `content` keeps the lines as they were read, without the file, until
    somebody decides; `content_hash` is the hash of the file.
    """

    title = models.CharField("intitulé", max_length=80)
    lines = models.PositiveIntegerField("lignes", editable=False)
    stays = models.PositiveIntegerField("séjours", editable=False)

    class Meta:
        verbose_name = "registre d’une année passée"
        verbose_name_plural = "registres des années passées"
        default_permissions = ()
        ordering = ["-asked_at"]
        constraints = [
            *decided_constraints("historyimport"),
            models.UniqueConstraint(
                fields=["content_hash"],
                condition=Q(dismissed_at=None),
                name="historyimport_once",
                violation_error_message="Ce registre est déjà chargé, ou attend d’être décidé.",
            ),
            # Until somebody decides the lines are kept; they live on as requests afterwards, or nowhere.
            models.CheckConstraint(
                condition=Q(agreed_at=None, dismissed_at=None) | Q(content={}), name="historyimport_emptied"
            ),
        ]

    def __str__(self):
        return self.title


class Target(models.Model):
    """What the convention promises for one of its years."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    year = models.PositiveSmallIntegerField("année de convention")
    code = models.CharField("chiffre", max_length=20)
    value = models.PositiveIntegerField("cible")
    set_by = person("fixée par")
    set_at = models.DateTimeField("fixée le", editable=False)

    class Meta:
        verbose_name = "cible"
        verbose_name_plural = "cibles"
        default_permissions = ()
        ordering = ["year", "code"]
        constraints = [
            models.UniqueConstraint(fields=["year", "code"], name="target_once"),
            models.CheckConstraint(condition=Q(year__range=(1, 10)), name="target_year_plausible"),
        ]

    def __str__(self):
        return f"{self.code}, année {self.year}"


class StateQuestion(models.Model):
    """A question between the State and the coordination, with the day by which an answer is due.

    Read by the coordination, the direction and the State body that it belongs to.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partner = models.ForeignKey(
        "partners.Partner", on_delete=models.PROTECT, verbose_name="service de l’État", related_name="+"
    )
    side = models.CharField("posée par", max_length=7, choices=Side, editable=False)
    subject = models.CharField("objet", max_length=140)
    body = models.TextField("question", max_length=4000)
    due_on = models.DateField("réponse attendue le", null=True, blank=True)
    asked_by = person("posée par")
    asked_at = models.DateTimeField("posée le", editable=False)
    answer = models.TextField("réponse", max_length=8000, blank=True)
    answered_by = person("répondue par", null=True)
    answered_at = models.DateTimeField("répondue le", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "question"
        verbose_name_plural = "questions"
        default_permissions = ()
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(condition=Q(side__in=Side.values), name="statequestion_side_known"),
            whole("statequestion_answered_whole", "answered_by", "answered_at"),
            models.CheckConstraint(
                condition=Q(answered_at=None) | ~Q(answer=""),
                name="statequestion_answer_said",
                violation_error_message="Écrivez la réponse.",
            ),
        ]

    def __str__(self):
        return self.subject

    @property
    def is_open(self) -> bool:
        return self.answered_at is None


class Committee(models.Model):
    """A meeting of the committee that follows the convention: when, what about, and its minutes once they are shared.

    Read by the coordination and the direction, and by every reader of the State.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    held_on = models.DateField("jour")
    begins_at = models.TimeField("heure", null=True, blank=True)
    place = models.CharField("lieu ou lien", max_length=200, blank=True)
    title = models.CharField("intitulé", max_length=140)
    agenda = models.TextField("ordre du jour", max_length=4000, blank=True)
    minutes = models.TextField("compte rendu", max_length=20_000, blank=True)
    minutes_shared_at = models.DateTimeField("compte rendu partagé le", null=True, blank=True, editable=False)
    written_by = person("inscrit par")

    class Meta:
        verbose_name = "comité de suivi"
        verbose_name_plural = "comités de suivi"
        default_permissions = ()
        ordering = ["-held_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes_shared_at=None) | ~Q(minutes=""),
                name="committee_minutes_said",
                violation_error_message="Écrivez le compte rendu avant de le partager.",
            )
        ]

    def __str__(self):
        return self.title
