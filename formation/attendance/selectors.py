"""What the trainer reads while people sign: the board of a half-day, who came, who they may already be."""

import datetime as dt
import uuid
from dataclasses import dataclass, field

from django.db.models import F, Func, Q, QuerySet, Value
from django.db.models.functions import Lower
from django.http import Http404
from django.utils import timezone

from cms.journal.services import refusal_queue
from cms.values.settings import setting_value, setting_values
from formation.attendance.models import Attendance, CounterSignature, Excuse, Signature, WalkIn
from formation.attendance.policies import is_locked, signing_state_at
from formation.attendance.rules import late_arrival
from formation.enums import Status, WalkInState
from formation.people.models import Professional
from formation.sessions.models.sessions import Enrolment, HalfDay, Session
from formation.sessions.selectors import enrolments_of, runs, session_run_get, sessions_run

STATUS_LETTERS = {Status.PRESENT: "P", Status.LEFT_EARLY: "D", Status.EXCUSED: "E", Status.ABSENT: "A"}
"""What a box of the sheet shows, on screen and on paper."""


@dataclass(frozen=True)
class AttendanceMark:
    """One box of the sheet: what was recorded, or nothing yet."""

    enrolment: Enrolment
    half_day: HalfDay
    row: Attendance | None
    suggested: str = ""
    """What the form offers while nothing is recorded."""
    signature: Signature | None = None
    arrival: dt.datetime | None = None
    """Since when somebody who signed late is there, while nothing is recorded."""

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
    lines: list[tuple[Enrolment, list[AttendanceMark]]]
    countersigned: dict[uuid.UUID, CounterSignature] = field(default_factory=dict)
    """The latest countersignature of each half-day that has one."""
    counters: list[CounterSignature] = field(default_factory=list)
    """All of them, in their order."""

    def marks(self) -> list[AttendanceMark]:
        return [mark for _, marks in self.lines for mark in marks]

    def missing(self) -> int:
        return sum(mark.row is None for mark in self.marks())


@dataclass(frozen=True)
class BoardLine:
    """One person on the board."""

    enrolment: Enrolment
    signature: Signature | None
    arrival: dt.datetime | None
    is_excused: bool
    row: Attendance | None

    @property
    def is_late(self) -> bool:
        return self.arrival is not None

    @property
    def suggestion(self) -> str:
        """What the trainer is offered to countersign: what is recorded, else what the signature or the excuse says."""
        if self.row:
            return self.row.status
        if self.signature:
            return Status.PRESENT
        return Status.EXCUSED if self.is_excused else Status.ABSENT


@dataclass(frozen=True)
class Board:
    half_day: HalfDay
    lines: list[BoardLine]
    walk_ins: list[WalkIn]
    countersignatures: list[CounterSignature]
    margins: tuple[int, int]

    def state(self, at: dt.datetime) -> str:
        """Whether signatures are taken: `open`, `early`, `late` or `closed`."""
        return signing_state_at(self.half_day, at, self.margins, is_countersigned=self.is_countersigned)

    @property
    def signed(self) -> int:
        return sum(line.signature is not None for line in self.lines)

    @property
    def is_countersigned(self) -> bool:
        return bool(self.countersignatures)

    @property
    def has_ended(self) -> bool:
        return self.half_day.ends_at <= timezone.now()

    def sheet(self) -> Sheet:
        """Return the half-day alone, as the form of attendance takes it."""
        rows = [
            (
                line.enrolment,
                [
                    AttendanceMark(
                        line.enrolment, self.half_day, line.row, line.suggestion, line.signature, line.arrival
                    )
                ],
            )
            for line in self.lines
        ]
        latest = {self.half_day.pk: self.countersignatures[-1]} if self.countersignatures else {}
        return Sheet([self.half_day], rows, latest)


def half_day_get(half_day_id: uuid.UUID, action: str) -> HalfDay:
    """Return a half-day of a session that the actor runs. Raise `Http404`, and journal the refusal, for any other."""
    session = sessions_run().filter(half_days=half_day_id).first()
    if session is None:
        if stranger := HalfDay.objects.filter(pk=half_day_id).first():
            refusal_queue("session", stranger.session_id, action)
        raise Http404
    return next(row for row in session.half_days.all() if row.pk == half_day_id)


def board_of(half_day: HalfDay) -> Board:
    """Return everybody enrolled, with what is known of each; a few queries whatever their number."""
    late, *margins = setting_values("formation.late_minutes", "formation.signing_before", "formation.signing_after")
    signatures = {row.enrolment_id: row for row in Signature.objects.filter(half_day=half_day)}
    excused = set(
        Excuse.objects.filter(half_day=half_day, sequence=half_day.session.sequence).values_list(
            "enrolment_id", flat=True
        )
    )
    marks = {row.enrolment_id: row for row in Attendance.objects.filter(half_day=half_day)}
    lines = []
    for enrolment in enrolments_of(half_day.session):
        signature = signatures.get(enrolment.pk)
        came = _arrival(signature, half_day, late)
        lines.append(BoardLine(enrolment, signature, came, enrolment.pk in excused, marks.get(enrolment.pk)))
    walk_ins = WalkIn.objects.filter(session=half_day.session, state=WalkInState.PENDING)
    counter = CounterSignature.objects.filter(half_day=half_day).select_related("signed_by")
    pending = list(walk_ins.select_related("profession", "employer_type"))
    return Board(half_day, lines, pending, list(counter), (margins[0], margins[1]))


def _arrival(signature: Signature | None, half_day: HalfDay, late: int) -> dt.datetime | None:
    """Return since when somebody is there whose signature came late."""
    return late_arrival(signature.signed_at, half_day.begins_at, half_day.ends_at, late) if signature else None


def walk_in_get(walk_in_id: uuid.UUID) -> WalkIn:
    """Return a walk-in of a session that the actor runs, not decided yet. Raise `Http404`, and journal the refusal."""
    row = WalkIn.objects.select_related("session", "profession", "employer_type").filter(pk=walk_in_id).first()
    if row is None or row.state != WalkInState.PENDING:
        refusal_queue("walkin", walk_in_id, "formation.walkin.decide")
        raise Http404
    session_run_get(row.session_id, "formation.walkin.decide")
    return row


def doubles_of(walk_in: WalkIn) -> QuerySet[Professional]:
    """List the people whom the actor sees and who may be this one: same address, or nearly the same name."""
    words = f"{walk_in.last_name} {walk_in.first_name}"
    key = Func(Value(words), function="name_key")
    rows = Professional.objects.select_related("profession").annotate(
        key=Func(Func(F("last_name"), Value(" "), F("first_name"), function="concat"), function="name_key"),
        address=Lower("email"),
    )
    return rows.annotate(nearness=Func(F("key"), key, function="similarity")).filter(
        Q(address=walk_in.email.lower()) & ~Q(address="") | Q(nearness__gte=0.6)
    )[:5]


def sheet_of(session: Session, *, first: dt.date | None = None) -> Sheet:
    """Return the attendance sheet, in five queries whatever its size; half-days of the day `first` come first."""
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
    late = setting_value("formation.late_minutes")
    rows = CounterSignature.objects.filter(half_day__session=session).select_related("signed_by")
    counters = list(rows.order_by("half_day__begins_at", "rank"))

    def mark(enrolment: Enrolment, half_day: HalfDay) -> AttendanceMark:
        key = (enrolment.pk, half_day.pk)
        signature = signed.get(key)
        came = _arrival(signature, half_day, late)
        return AttendanceMark(enrolment, half_day, known.get(key), signature=signature, arrival=came)

    lines = [(enrolment, [mark(enrolment, half_day) for half_day in half_days]) for enrolment in enrolments]
    return Sheet(half_days, lines, {row.half_day_id: row for row in counters}, counters)


def attendance_listed() -> QuerySet[Attendance]:
    """List the presences that the actor reads: of the sessions run, of the team, one's own."""
    rows = Attendance.objects.select_related("half_day", "enrolment")
    return rows.annotate(session_id=F("half_day__session")).order_by("half_day__day", "enrolment_id")


def half_day_run_get(half_day_id: uuid.UUID) -> HalfDay | None:
    """Return a half-day of a session that the actor runs; None, and the refusal journalled, for any other."""
    half_day = HalfDay.objects.select_related("session").filter(pk=half_day_id).first()
    if half_day and runs(half_day.session):
        return half_day
    if half_day:
        refusal_queue("session", half_day.session_id, "formation.attendance.record")
    return None
