"""Reading the curriculum, sessions, attendance, and what indicator 6 counts."""

import datetime as dt
import uuid
from dataclasses import dataclass, field

from django.db.models import F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.http import Http404
from django.utils import timezone

from cms.documents.models import ClauseVersion, DocumentKind, DocumentVersion
from cms.documents.versions.selectors import version_in_force, version_to_read
from cms.journal.services import refusal_queue
from cms.partners.models import Partner
from cms.territory.models import Territory
from cms.users.models import User
from cms.users.roles import Role
from cms.values.models import Value
from cms.values.settings import setting_values
from cms.wall import scope
from formation.attendance.models import Attendance, CounterSignature, Signature
from formation.attestations.models import Attestation
from formation.common.policies import can_enrol_team, is_locked, runs_all_sessions
from formation.enums import Status
from formation.people.models import Professional
from formation.questions.models import AnswerSheet
from formation.sessions.models.following import WaitingEntry
from formation.sessions.models.sessions import Enrolment, HalfDay, Session, SessionQuerySet, attended

EVER = dt.date(1900, 1, 1)


@dataclass(frozen=True)
class Rules:
    """Numbers that the coordination may change: percents, hours, months."""

    trained_share: int
    awareness_hours: float
    refresh_months: int


def rules_in_force() -> Rules:
    return Rules(*setting_values("formation.trained_share", "formation.awareness_hours", "formation.refresh_months"))


def curriculum_in_force() -> DocumentVersion | None:
    """The version that everybody reads, with `ordered_clauses`."""
    return version_to_read(DocumentKind.CURRICULUM)


def module_in_force(code: str) -> ClauseVersion | None:
    """Frozen words of a module, as the version in force holds them."""
    version = version_in_force(DocumentKind.CURRICULUM)
    return version.clauses.filter(code=code).first() if version else None


def module_get(code: str) -> ClauseVersion:
    module = module_in_force(code)
    if module is None:
        raise Http404
    return module


def sessions_listed() -> SessionQuerySet:
    """Sessions with hours, places taken, département and half-days: what everybody in the network may read."""
    return Session.objects.with_hours().with_places().select_related("territory").prefetch_related("half_days")


def sessions_upcoming(day: dt.date | None = None, module_code: str = "") -> SessionQuerySet:
    rows = sessions_listed().real().upcoming(day or timezone.localdate())
    return rows.filter(module_code=module_code) if module_code else rows


def session_get(session_id: uuid.UUID) -> Session:
    session = sessions_listed().select_related("clause__version").filter(pk=session_id).first()
    if session is None:
        raise Http404
    return session


def sessions_run() -> SessionQuerySet:
    """Sessions that the actor runs: those taught, or all for the coordination."""
    current = scope.current()
    if runs_all_sessions():
        return sessions_listed()
    if current.has_role(Role.TRAINER):
        return sessions_listed().trained_by(current.user_id)
    return sessions_listed().none()


def session_run_get(session_id: uuid.UUID, action: str) -> Session:
    """A session that the actor runs. Raises `Http404`, and keeps the refusal, for any other."""
    session = sessions_run().filter(pk=session_id).first()
    if session is None:
        refusal_queue("session", session_id, action)
        raise Http404
    return session


def runs(session: Session) -> bool:
    return sessions_run().filter(pk=session.pk).exists()


def aimed_at(session: Session) -> list[str]:
    """Audiences and départements for whom the session is meant, in words."""
    audiences = Value.objects.filter(pk__in=session.audiences).order_by("position", "pk") if session.audiences else []
    places = Territory.objects.filter(pk__in=session.aimed_territories) if session.aimed_territories else []
    return [*(value.label for value in audiences), *(place.name for place in places)]


def trainers_available() -> QuerySet[User]:
    return User.objects.filter(groups__name=Role.TRAINER, is_active=True).order_by("last_name", "first_name")


def trainers_of(session: Session) -> list[User]:
    return list(session.trainers.order_by("last_name", "first_name"))


def enrolments_of(session: Session) -> QuerySet[Enrolment]:
    """People enrolled in a session, as far as the actor sees them."""
    rows = Enrolment.objects.live().filter(session=session)
    return rows.select_related("professional", "profession", "employer", "employer_type")


def enrolment_get(enrolment_id: uuid.UUID) -> Enrolment:
    """An enrolment that the actor may cancel: of a session run, or of the own team."""
    row = Enrolment.objects.live().select_related("session", "professional").filter(pk=enrolment_id).first()
    if row is None or not (row.employer_id in own_structures_ids() or runs(row.session)):
        refusal_queue("enrolment", enrolment_id, "formation.enrolment.cancel")
        raise Http404
    return row


@dataclass(frozen=True)
class Mark:
    """One box of the sheet: what was recorded, or nothing yet."""

    enrolment: Enrolment
    half_day: HalfDay
    row: Attendance | None
    suggested: str = ""
    """What the form offers while nothing is recorded."""
    signature: Signature | None = None

    @property
    def status(self) -> str:
        return self.row.status if self.row else ""

    @property
    def is_locked(self) -> bool:
        return self.row is not None and is_locked(self.row.recorded_at)


@dataclass(frozen=True)
class Sheet:
    """People by half-days."""

    half_days: list[HalfDay]
    lines: list[tuple[Enrolment, list[Mark]]]
    countersigned: dict[uuid.UUID, CounterSignature] = field(default_factory=dict)
    """The latest countersignature of each half-day that has one."""
    counters: list[CounterSignature] = field(default_factory=list)
    """All of them, in their order."""

    def marks(self) -> list[Mark]:
        return [mark for _, marks in self.lines for mark in marks]

    def missing(self) -> int:
        return sum(mark.row is None for mark in self.marks())


def sheet_of(session: Session, *, first: dt.date | None = None) -> Sheet:
    """The attendance sheet, in five queries whatever its size; the half-days of the day `first` lead the others."""
    half_days = sorted(session.half_days.all(), key=lambda half_day: half_day.day != first)
    enrolments = list(enrolments_of(session))
    known = {
        (row.enrolment_id, row.half_day_id): row
        for row in Attendance.objects.filter(enrolment__session=session, half_day__session=session)
    }
    signed = {
        (row.enrolment_id, row.half_day_id): row
        for row in Signature.objects.filter(half_day__session=session).exclude(enrolment=None)
    }
    rows = CounterSignature.objects.filter(half_day__session=session).select_related("signed_by")
    counters = list(rows.order_by("half_day__begins_at", "rank"))

    def mark(enrolment: Enrolment, half_day: HalfDay) -> Mark:
        key = (enrolment.pk, half_day.pk)
        return Mark(enrolment, half_day, known.get(key), signature=signed.get(key))

    lines = [(enrolment, [mark(enrolment, half_day) for half_day in half_days]) for enrolment in enrolments]
    return Sheet(half_days, lines, {row.half_day_id: row for row in counters}, counters)


def own_structures_ids() -> list[uuid.UUID]:
    return scope.current().partners_as(Role.STRUCTURE_DIRECTOR)


def own_structures() -> QuerySet[Partner]:
    """Structures whose team the actor directs."""
    return Partner.objects.filter(pk__in=own_structures_ids())


def team(rules: Rules | None = None) -> QuerySet[Professional]:
    """The actor's teams, each person with `last_trained_on`. `rules` are read unless the caller has them."""
    if not can_enrol_team():
        return Professional.objects.none()
    rows = Professional.objects.filter(employer__in=own_structures_ids(), merged_into=None)
    rows = rows.select_related("profession", "employer")
    return with_last_training(rows, rules)


def with_last_training(rows: QuerySet[Professional], rules: Rules | None = None) -> QuerySet[Professional]:
    """Adds `last_trained_on`, last day of the latest session that trained the person (indicator 6)."""
    trained = trained_enrolments(EVER, timezone.localdate(), rules).filter(professional=OuterRef("pk"))
    latest = trained.order_by("-session__ends_on").values("session__ends_on")[:1]
    return rows.annotate(last_trained_on=Subquery(latest))


def refresh_due_before(rules: Rules | None = None) -> dt.date:
    """Whoever was last trained before this day is due for a refresher."""
    return month_later(timezone.localdate(), -(rules or rules_in_force()).refresh_months)


def refresh_since(day: dt.date, rules: Rules | None = None) -> dt.date:
    """Whoever was trained from this day on is up to date on `day`."""
    return month_later(day, -(rules or rules_in_force()).refresh_months)


def month_later(day: dt.date, months: int) -> dt.date:
    """The same day, some months later or sooner; the 29th, 30th and 31st become the 28th."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(years, month + 1, min(day.day, 28))


def own_enrolments() -> QuerySet[Enrolment]:
    """The actor's own training, latest first, with hours and presences."""
    rows = Enrolment.objects.live().with_hours().filter(professional__user=scope.current().user_id)
    marks = Prefetch(
        "attendances", Attendance.objects.select_related("half_day").order_by("half_day__day", "recorded_at")
    )
    papers = Prefetch("attestations", Attestation.objects.standing().exclude(content={}))
    sheets = Prefetch("answer_sheets", AnswerSheet.objects.defer("answers"))
    rows = rows.select_related("session__territory", "session__clause")
    return rows.prefetch_related(marks, papers, sheets, "session__half_days").order_by("-session__starts_on")


def trained_enrolments(first: dt.date, last: dt.date, rules: Rules | None = None) -> QuerySet[Enrolment]:
    """Participations that make a person « formé » (I6): present for the set share of the hours of a session that lasts
    long enough, held, and whose last day falls in the period. Adds `hours_total` and `hours_present`.

    A half-day left early counts as absent. Whoever teaches a session never counts in it. Persons are the distinct
    `professional` of these rows.
    """
    rules = rules or rules_in_force()
    return Enrolment.objects.counted(first, last).with_hours().filter(makes_trained(rules))


def makes_trained(rules: Rules) -> Q:
    """Condition on a participation that counts: long enough a session, attended enough of it."""
    return Q(session__total_hours__gte=rules.awareness_hours) & attended(rules.trained_share)


def makes_aware(rules: Rules) -> Q:
    """The same for sessions too short to train (« sensibilisation »), which I6 counts apart."""
    return Q(session__total_hours__lt=rules.awareness_hours) & attended(rules.trained_share)


def attendance_listed() -> QuerySet[Attendance]:
    """Presences that the actor reads: of the sessions run, of the team, one's own."""
    rows = Attendance.objects.select_related("half_day", "enrolment")
    return rows.annotate(session_id=F("half_day__session")).order_by("half_day__day", "enrolment_id")


def half_day_run_get(half_day_id: uuid.UUID) -> HalfDay | None:
    """A half-day of a session that the actor runs; keeps the refusal and answers None for any other."""
    half_day = HalfDay.objects.select_related("session").filter(pk=half_day_id).first()
    if half_day and runs(half_day.session):
        return half_day
    if half_day:
        refusal_queue("session", half_day.session_id, "formation.attendance.record")
    return None


STATUS_LETTERS = {Status.PRESENT: "P", Status.LEFT_EARLY: "D", Status.EXCUSED: "E", Status.ABSENT: "A"}
"""What a box of the sheet shows, on screen and on paper."""


def waiting_of(session: Session) -> QuerySet[WaitingEntry]:
    """Who waits for a place, in order, as far as the actor sees them."""
    rows = WaitingEntry.objects.filter(session=session, left_at=None, enrolment=None)
    return rows.select_related("professional__profession").order_by("asked_at", "pk")


def waiting_get(entry_id: uuid.UUID) -> WaitingEntry:
    """Somebody waiting whom the actor may take off the list: of a session run, or of the own team."""
    rows = WaitingEntry.objects.filter(pk=entry_id, left_at=None, enrolment=None)
    row = rows.select_related("session", "professional").first()
    if row is None or not (row.professional.employer_id in own_structures_ids() or runs(row.session)):
        raise Http404
    return row


def enrolment_own_get(enrolment_id: uuid.UUID) -> Enrolment:
    """An enrolment for which the actor may tell an absence: the own one, of the own team, of a session run."""
    row = Enrolment.objects.live().select_related("session", "professional").filter(pk=enrolment_id).first()
    is_own = row is not None and row.professional.user_id == scope.current().user_id
    if row is None or not (is_own or row.employer_id in own_structures_ids() or runs(row.session)):
        refusal_queue("enrolment", enrolment_id, "formation.excuse.tell")
        raise Http404
    return row


def own_enrolment_of(session: Session) -> Enrolment | None:
    """The actor's own enrolment in a session."""
    return Enrolment.objects.live().filter(session=session, professional__user=scope.current().user_id).first()
