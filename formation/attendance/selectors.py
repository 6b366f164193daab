"""What the trainer reads while people sign: the board of a half-day, who came, who they may already be."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import F, Func, Q, QuerySet, Value
from django.db.models.functions import Lower
from django.http import Http404

from cms.journal.services import refusal_queue
from cms.values.settings import setting_values
from formation.attendance.models import Attendance, CounterSignature, Excuse, Signature, WalkIn
from formation.common.policies import signing_state_at
from formation.common.selectors import Mark, Sheet, enrolments_of, session_run_get, sessions_run
from formation.enums import Status, WalkInState
from formation.people.models import Professional
from formation.sessions.models.sessions import Enrolment, HalfDay


@dataclass(frozen=True)
class Line:
    """One person on the board."""

    enrolment: Enrolment
    signature: Signature | None
    is_late: bool
    is_excused: bool
    row: Attendance | None

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
    lines: list[Line]
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

    def sheet(self) -> Sheet:
        """The half-day alone, as the form of attendance wants it."""
        rows = [
            (line.enrolment, [Mark(line.enrolment, self.half_day, line.row, line.suggestion, line.signature)])
            for line in self.lines
        ]
        latest = {self.half_day.pk: self.countersignatures[-1]} if self.countersignatures else {}
        return Sheet([self.half_day], rows, latest)


def half_day_get(half_day_id: uuid.UUID, action: str) -> HalfDay:
    """A half-day of a session that the actor runs. Raises `Http404`, and keeps the refusal, for any other."""
    session = sessions_run().filter(half_days=half_day_id).first()
    if session is None:
        if stranger := HalfDay.objects.filter(pk=half_day_id).first():
            refusal_queue("session", stranger.session_id, action)
        raise Http404
    return next(row for row in session.half_days.all() if row.pk == half_day_id)


def board_of(half_day: HalfDay) -> Board:
    """Everybody enrolled, with what is known of each; a few queries whatever their number."""
    late, *margins = setting_values("formation.late_minutes", "formation.signing_before", "formation.signing_after")
    limit = half_day.begins_at + dt.timedelta(minutes=late)
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
        is_late = signature is not None and signature.signed_at > limit
        lines.append(Line(enrolment, signature, is_late, enrolment.pk in excused, marks.get(enrolment.pk)))
    walk_ins = WalkIn.objects.filter(session=half_day.session, state=WalkInState.PENDING)
    counter = CounterSignature.objects.filter(half_day=half_day).select_related("signed_by")
    pending = list(walk_ins.select_related("profession", "employer_type"))
    return Board(half_day, lines, pending, list(counter), (margins[0], margins[1]))


def walk_in_get(walk_in_id: uuid.UUID) -> WalkIn:
    """Somebody who came to a session that the actor runs, and waits for a decision."""
    row = WalkIn.objects.select_related("session", "profession", "employer_type").filter(pk=walk_in_id).first()
    if row is None or row.state != WalkInState.PENDING:
        refusal_queue("walkin", walk_in_id, "formation.walkin.decide")
        raise Http404
    session_run_get(row.session_id, "formation.walkin.decide")
    return row


def doubles_of(walk_in: WalkIn) -> QuerySet[Professional]:
    """People whom the actor sees and who may be this one: the same address, or nearly the same name."""
    words = f"{walk_in.last_name} {walk_in.first_name}"
    key = Func(Value(words), function="name_key")
    rows = Professional.objects.select_related("profession").annotate(
        key=Func(Func(F("last_name"), Value(" "), F("first_name"), function="concat"), function="name_key"),
        address=Lower("email"),
    )
    return rows.annotate(nearness=Func(F("key"), key, function="similarity")).filter(
        Q(address=walk_in.email.lower()) & ~Q(address="") | Q(nearness__gte=0.6)
    )[:5]
