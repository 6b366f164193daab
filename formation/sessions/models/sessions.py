"""Sessions of a module, their half-days, and who is enrolled (indicator 6)."""

import datetime as dt
import uuid
from decimal import Decimal
from typing import TYPE_CHECKING, Self, cast
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, Func, IntegerField, OuterRef, Q
from django.utils import timezone

from cms.kit.constraints import in_order
from cms.values.fields import ValueField, value_constraint
from formation.enums import Moment, Period, Result, SessionState

if TYPE_CHECKING:
    MomentField = models.DateTimeField[dt.datetime, dt.datetime]
else:
    MomentField = models.DateTimeField

ZONES = [
    ("Europe/Paris", "heure de Paris"),
    ("America/Guadeloupe", "heure de Guadeloupe"),
    ("America/Martinique", "heure de Martinique"),
    ("America/Cayenne", "heure de Guyane"),
    ("Indian/Reunion", "heure de La Réunion"),
    ("Indian/Mayotte", "heure de Mayotte"),
    ("America/Miquelon", "heure de Saint-Pierre-et-Miquelon"),
    ("Pacific/Noumea", "heure de Nouvelle-Calédonie"),
    ("Pacific/Tahiti", "heure de Tahiti"),
    ("Pacific/Wallis", "heure de Wallis-et-Futuna"),
]


class SessionQuerySet(models.QuerySet["Session"]):
    def real(self) -> Self:
        return self.filter(is_test=False)

    def with_hours(self) -> Self:
        return self.annotate(hours=F("total_hours"))

    def with_places(self) -> Self:
        """Add `places_taken`, by everybody: row security hides the people, not their number."""
        return self.annotate(places_taken=Func("pk", function="session_places_taken", output_field=IntegerField()))

    def ended_between(self, first: dt.date, last: dt.date) -> Self:
        """Keep sessions held whose last day falls in the period."""
        return self.filter(state=SessionState.HELD, ends_on__range=(first, last))

    def trained_by(self, user: uuid.UUID | None) -> Self:
        return self.filter(trainers=user)

    def upcoming(self, day: dt.date) -> Self:
        return self.filter(state=SessionState.PLANNED, ends_on__gte=day)


class Session(models.Model):
    """One session of a module, bound to the frozen clause that describes the module when it was planned."""

    # Annotated by `with_hours`, `with_places` and `sessions_concerning`.
    hours: Decimal
    places_taken: int
    invitation_id: uuid.UUID | None
    is_own: bool

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    module_code = models.CharField("code du module", max_length=20)
    title = models.CharField("intitulé", max_length=200)
    clause = models.ForeignKey(
        "documents.ClauseVersion",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="version du module",
        related_name="+",
    )
    starts_on = models.DateField("du")
    ends_on = models.DateField("au")
    territory = models.ForeignKey(
        "territory.Territory",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name="département",
        related_name="+",
    )
    venue = models.CharField(
        "lieu", max_length=200, blank=True, help_text="Jamais l’adresse d’une structure d’accueil."
    )
    is_remote = models.BooleanField("à distance", default=False)
    # Wall-clock times of its half-days are of this zone: nine o’clock at Saint-Denis de La Réunion is six in Paris.
    time_zone = models.CharField("fuseau horaire", max_length=40, default="Europe/Paris", choices=ZONES)
    # Raised by each change of dates, so that a calendar replaces what it holds.
    sequence = models.PositiveSmallIntegerField("rang du calendrier", default=0)
    capacity = models.PositiveSmallIntegerField("places", default=15)
    trainers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, verbose_name="formateurs", through="SessionTrainer", related_name="+"
    )
    state = models.CharField("état", max_length=10, choices=SessionState.choices, default=SessionState.PLANNED)
    # Whom it is for; empty means everybody, everywhere. Nobody is turned away by it.
    audiences: "ArrayField[list[str], list[str]]" = ArrayField(
        models.CharField(max_length=80), default=list, blank=True, verbose_name="publics visés"
    )
    aimed_territories: "ArrayField[list[str], list[str]]" = ArrayField(
        models.CharField(max_length=3), default=list, blank=True, verbose_name="départements visés"
    )
    # Why it was closed though a half-day has no countersignature: the sheet says so for ever.
    closed_without = models.CharField("close sans contre-signature", max_length=300, blank=True)
    # Sum of its half-days, kept by triggers.
    total_hours = models.DecimalField("durée en heures", max_digits=7, decimal_places=2, default=0, editable=False)
    is_test = models.BooleanField("fiche d’essai", default=False)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = "session"
        verbose_name_plural = "sessions"
        ordering = ["starts_on"]
        constraints = [in_order("session_dates_in_order", "starts_on", "ends_on")]
        indexes = [models.Index(fields=["ends_on"], name="session_by_last_day")]

    def __str__(self) -> str:
        return f"{self.title}, {self.starts_on:%d/%m/%Y}"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def is_elsewhere(self) -> bool:
        """Its clock is not that of Paris: pages say so beside the times."""
        return self.time_zone != settings.TIME_ZONE


class SessionTrainer(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, verbose_name="session", related_name="+")
    trainer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="formateur", related_name="+"
    )

    class Meta:
        verbose_name = "formateur d’une session"
        verbose_name_plural = "formateurs d’une session"
        constraints = [models.UniqueConstraint(fields=["session", "trainer"], name="sessiontrainer_unique")]

    def __str__(self) -> str:
        return str(self.session_id)


class HalfDay(models.Model):
    """A signature is given for each half-day.

    The database works `begins_at` and `ends_at` out from the day, the hour on the wall and the zone of the session.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, verbose_name="session", related_name="half_days")
    day = models.DateField("jour")
    period = models.CharField("demi-journée", max_length=10, choices=Period.choices)
    hours = models.DecimalField("heures", max_digits=4, decimal_places=2)
    starts_at = models.TimeField("commence à", null=True, blank=True)
    # Never empty once written: a trigger fills them in.
    begins_at = cast(MomentField, models.DateTimeField("début", null=True, editable=False))
    ends_at = cast(MomentField, models.DateTimeField("fin", null=True, editable=False))

    class Meta:
        verbose_name = "demi-journée"
        verbose_name_plural = "demi-journées"
        ordering = ["day", "-period"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "day", "period"],
                name="halfday_unique",
                # A postponement moves every half-day, each through the place of another.
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message="Cette demi-journée existe déjà.",
            ),
            models.CheckConstraint(
                condition=Q(hours__gt=0, hours__lte=5),
                name="halfday_hours_plausible",
                violation_error_message="Une demi-journée dure plus de 0 et au plus 5 heures.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {self.get_period_display()}"

    def local_times(self) -> tuple[dt.datetime, dt.datetime]:
        """Return beginning and end on the clock of the place."""
        return self.begins_at.astimezone(self.session.zone), self.ends_at.astimezone(self.session.zone)


def attended(share: int) -> Q:
    """Return the condition of a participation: present for at least `share` percent of the hours of the session."""
    return Q(hours_present__gt=0, hours_present__gte=F("session__total_hours") * share / 100)


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def live(self) -> Self:
        return self.filter(cancelled_at=None)

    def with_hours(self) -> Self:
        """Add `hours_total` of the session beside `hours_present`."""
        return self.annotate(hours_total=F("session__total_hours"))

    def counted(self, first: dt.date, last: dt.date) -> Self:
        """Keep what indicators count: sessions held, ended in the period; no test row, no trainer of the session."""
        taught = SessionTrainer.objects.filter(session=OuterRef("session"), trainer=OuterRef("professional__user"))
        return self.live().filter(
            ~Exists(taught),
            session__state=SessionState.HELD,
            session__ends_on__range=(first, last),
            session__is_test=False,
            professional__is_test=False,
        )

    def attended(self, share: int) -> Self:
        """Keep people present for at least `share` percent of the hours."""
        return self.filter(attended(share))


class Enrolment(models.Model):
    """A professional enrolled in a session, with profession and employer as they were that day."""

    # Annotated by `with_hours`.
    hours_total: Decimal
    # Set by the page of one's own training: the questionnaire to answer now.
    questionnaire: Moment | None

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, verbose_name="session", related_name="enrolments")
    professional = models.ForeignKey(
        "formation.Professional", on_delete=models.PROTECT, verbose_name="professionnel", related_name="enrolments"
    )
    profession = ValueField("profession", list_code="profession", null=True, blank=True)
    employer = models.ForeignKey(
        "partners.Partner", on_delete=models.PROTECT, null=True, blank=True, verbose_name="employeur", related_name="+"
    )
    employer_type = ValueField("type d’employeur", list_code="type_employeur", null=True, blank=True)
    enrolled_at = models.DateTimeField("inscrit le", default=timezone.now)
    cancelled_at = models.DateTimeField("désinscrit le", null=True, blank=True)
    result = models.CharField("résultat de l’évaluation", max_length=12, choices=Result.choices, blank=True)
    # Whole half-days present, kept by triggers: figures read a hundred thousand of them.
    hours_present = models.DecimalField("heures suivies", max_digits=7, decimal_places=2, default=0, editable=False)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = "inscription"
        verbose_name_plural = "inscriptions"
        ordering = ["professional__last_name", "professional__first_name"]
        constraints = [
            value_constraint("enrolment", "profession", "profession"),
            value_constraint("enrolment", "employer_type", "type_employeur"),
            models.UniqueConstraint(
                fields=["session", "professional"],
                name="enrolment_unique",
                violation_error_message="Cette personne est déjà inscrite à la session.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.professional_id} – {self.session_id}"
