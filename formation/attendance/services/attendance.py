"""Attendance, half-day by half-day."""

import datetime as dt
import uuid
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from cms.documents.versions.rules.canonical import content_hash
from cms.journal.services import journal_append
from cms.users.models import User
from cms.values.settings import setting_value
from formation.attendance.models import Attendance, CounterSignature, Signature
from formation.attendance.policies import can_correct_late, is_locked
from formation.attendance.rules import Presence, late_arrival, presence_fault
from formation.enums import SessionState, Status
from formation.sessions.models.sessions import Enrolment, HalfDay, Session

NOT_ENROLLED = "Une personne n’est pas inscrite à cette session. Inscrivez-la d’abord."
LATE = (
    "Les présences ne se corrigent plus 48 heures après avoir été relevées. "
    "Demandez la correction à la coordination, avec son motif."
)


@transaction.atomic
def attendance_record(
    *,
    session: Session,
    half_day: HalfDay,
    marks: Mapping[uuid.UUID, Status | str | Presence],
    by: User,
    at: dt.datetime | None = None,
    reason: str = "",
) -> list[Attendance]:
    """Write who was there in one half-day, per enrolment. Return the rows that changed.

    A `Presence` says since when and until when. A status alone leaves that to the signature: whoever signed late is
    there since then.

    A mark changes within 48 hours of its first recording; later, only the coordination changes it, and says why. Once
    the half-day is countersigned each change has its reason, and the sheet is signed again as it then stands.
    Raise `ValidationError`, and write nothing, for somebody not enrolled, a half-day of another session or still to
    come, an unknown status, a late change.
    """
    at = at or timezone.now()
    _check_half_day(session, half_day, at)
    # Locked: two recordings of one half-day at once wait for each other.
    list(HalfDay.objects.select_for_update().filter(pk=half_day.pk))
    _check_enrolled(session, marks)
    known = {row.enrolment_id: row for row in Attendance.objects.filter(half_day=half_day, enrolment__in=list(marks))}
    presences = _presences(half_day, marks, known)
    changed = {pk: said for pk, said in presences.items() if pk not in known or known[pk].presence != said}
    is_countersigned = half_day_is_countersigned(half_day)
    _check_late([known[pk] for pk in changed if pk in known], at, reason, is_countersigned=is_countersigned)
    before = {pk: known[pk].presence for pk in changed if pk in known}
    rows = [_write(known.get(pk), pk, half_day, said, by, at) for pk, said in changed.items()]
    if rows:
        journal_append(
            action="formation.attendance.record",
            kind="session",
            object_id=session.pk,
            reason=reason,
            details={"half_day": str(half_day.pk)} | _journal_marks(before, changed),
        )
    if rows and is_countersigned:
        countersignature_add(half_day, by=by, at=at, is_correction=True)
    return rows


def _check_enrolled(session: Session, marks: Mapping[uuid.UUID, Status | str | Presence]) -> None:
    if Enrolment.objects.filter(session=session, pk__in=list(marks)).live().count() < len(marks):
        raise ValidationError(NOT_ENROLLED, code="enrolled")


def _presences(
    half_day: HalfDay, marks: Mapping[uuid.UUID, Status | str | Presence], known: Mapping[uuid.UUID, Attendance]
) -> dict[uuid.UUID, Presence]:
    """Return each mark with its hours: as told, as recorded for the same status, else as the signature says."""
    statuses = {said.status if isinstance(said, Presence) else str(said) for said in marks.values()}
    if unknown := statuses - set(Status.values):
        raise ValidationError(f"« {unknown.pop()} » n’est pas une présence connue.", code="status")
    arrivals = arrivals_of(half_day)
    presences = {}
    for pk, said in marks.items():
        if not isinstance(said, Presence):
            row, status = known.get(pk), str(said)
            came = arrivals.get(pk) if status in (Status.PRESENT, Status.LEFT_EARLY) else None
            said = row.presence if row and row.status == status else Presence(status, came)
        if fault := presence_fault(said, half_day.begins_at, half_day.ends_at):
            raise ValidationError(fault, code="hours")
        presences[pk] = Presence(said.status, _after(said.came_at, half_day.begins_at), said.left_at)
    return presences


def arrivals_of(half_day: HalfDay) -> dict[uuid.UUID, dt.datetime]:
    """Return since when those are there who signed late, by enrolment."""
    late = setting_value("formation.late_minutes")
    rows = Signature.objects.filter(half_day=half_day).exclude(enrolment=None).values_list("enrolment_id", "signed_at")
    found = {pk: late_arrival(at, half_day.begins_at, half_day.ends_at, late) for pk, at in rows}
    return {pk: at for pk, at in found.items() if at}


def _after(at: dt.datetime | None, begins_at: dt.datetime) -> dt.datetime | None:
    return at if at and at > begins_at else None


def _journal_marks(
    before: Mapping[uuid.UUID, Presence], changed: Mapping[uuid.UUID, Presence]
) -> dict[str, dict[str, list]]:
    """Return both values of each mark, statuses and, where there are some, hours."""
    marks = {str(pk): [before[pk].status if pk in before else None, said.status] for pk, said in changed.items()}
    hours = {str(pk): [before[pk].hours() if pk in before else [], said.hours()] for pk, said in changed.items()}
    told = {pk: pair for pk, pair in hours.items() if any(pair)}
    return {"marks": marks} | ({"hours": told} if told else {})


def _check_half_day(session: Session, half_day: HalfDay, at: dt.datetime) -> None:
    if half_day.session_id != session.pk:
        raise ValidationError("Cette demi-journée appartient à une autre session.", code="half_day")
    if session.state == SessionState.CANCELLED:
        raise ValidationError("Cette session est annulée : aucune présence ne s’y relève.", code="state")
    if half_day.begins_at > at:
        raise ValidationError(
            f"La demi-journée du {half_day.day:%d/%m/%Y} est à venir : relevez les présences quand elle a commencé.",
            code="future",
        )


def _check_late(rows: list[Attendance], at: dt.datetime, reason: str, *, is_countersigned: bool) -> None:
    is_late = any(is_locked(row.recorded_at, at) for row in rows)
    if is_late and not can_correct_late():
        raise ValidationError(LATE, code="late")
    if is_late and not reason.strip():
        raise ValidationError("Indiquez le motif de cette correction tardive.", code="reason")
    if rows and is_countersigned and not reason.strip():
        raise ValidationError("La feuille est contresignée : indiquez le motif de cette correction.", code="reason")


def _write(
    row: Attendance | None, enrolment_id: uuid.UUID, half_day: HalfDay, said: Presence, by: User, at: dt.datetime
) -> Attendance:
    if row:
        row.status, row.came_at, row.left_at = said.status, said.came_at, said.left_at
        row.save(update_fields=["status", "came_at", "left_at"])
        return row
    return Attendance.objects.create(
        enrolment_id=enrolment_id,
        half_day=half_day,
        status=said.status,
        came_at=said.came_at,
        left_at=said.left_at,
        recorded_by=by,
        recorded_at=at,
    )


def half_day_is_countersigned(half_day: HalfDay) -> bool:
    """Tell whether the half-day is countersigned, also for somebody who may not read countersignatures."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT halfday_countersigned(%s)", [half_day.pk])
        return cursor.fetchone()[0]


def countersignature_add(
    half_day: HalfDay, *, by: User, at: dt.datetime, is_correction: bool = False
) -> CounterSignature:
    """Sign the sheet as it stands now: one more countersignature."""
    rank = CounterSignature.objects.filter(half_day=half_day).count() + 1
    row = CounterSignature(
        half_day=half_day,
        rank=rank,
        content_hash=content_hash(sheet_content(half_day.pk)),
        signed_by=by,
        signed_at=at,
        is_correction=is_correction,
    )
    row.save(force_insert=True)
    action = f"formation.halfday.{'correct' if is_correction else 'countersign'}"
    journal_append(action=action, kind="halfday", object_id=half_day.pk, details={"rank": rank})
    return row


def sheet_content(half_day_id: uuid.UUID) -> dict[str, list]:
    """Return what a countersignature covers: presences and signatures, by enrolment and without a name."""
    marks = Attendance.objects.filter(half_day=half_day_id).order_by("enrolment_id")
    signed = Signature.objects.filter(half_day=half_day_id).exclude(enrolment=None).order_by("enrolment_id")
    return {
        "presences": [[str(row.enrolment_id), row.status, *row.presence.hours()] for row in marks],
        "signatures": [
            [str(row.enrolment_id), row.way, row.signed_at.astimezone(dt.UTC).isoformat()] for row in signed
        ],
    }
