"""Signing a half-day: on one's own telephone without an account, on the trainer's; then the countersignature."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from cms.journal.services import journal_append
from cms.users.models import User
from cms.values.settings import setting_values
from cms.wall import scope
from formation.attendance.models import CounterSignature, Excuse, Signature, WalkIn
from formation.attendance.policies import signing_state_at
from formation.attendance.rules import Presence, scan_read, typed_read
from formation.attendance.services.attendance import attendance_record, countersignature_add, half_day_is_countersigned
from formation.common.rules import CodeRefusalError
from formation.enums import SessionState, Status, WalkInState, Way
from formation.sessions.models.sessions import Enrolment, HalfDay, Session, SessionTrainer


@dataclass(frozen=True)
class SignatureOutcome:
    """What became of a signature. `key`: id of the enrolment or of the walk-in; `is_new`: false when it was there."""

    key: str
    is_new: bool


@dataclass(frozen=True)
class WalkInFacts:
    """What somebody who is not on the list says of themselves."""

    last_name: str
    first_name: str
    email: str
    profession_id: str
    employer_type_id: str
    employer_name: str


@transaction.atomic
def code_scanned(*, token: str, at: dt.datetime | None = None) -> HalfDay:
    """Return the half-day of a scanned code, open to signatures. Raise `CodeRefusalError`."""
    at = at or timezone.now()
    return _open(scan_read(token, at), at)


@transaction.atomic
def code_typed(*, code: str, at: dt.datetime | None = None) -> HalfDay:
    """Return the half-day of a typed code. Raise `CodeRefusalError`."""
    at = at or timezone.now()
    with scope.acting(scope.SIGNING):
        before, after = (dt.timedelta(minutes=minutes) for minutes in _margins())
        near = HalfDay.objects.filter(
            session__state=SessionState.PLANNED,
            begins_at__lte=at + before + dt.timedelta(hours=1),
            ends_at__gte=at - after - dt.timedelta(hours=1),
        )
        ids = list(near.values_list("pk", flat=True))
    return _open(typed_read(code, ids, at), at)


def _margins() -> tuple[int, int]:
    before, after = setting_values("formation.signing_before", "formation.signing_after")
    return before, after


def signing_state(half_day: HalfDay, at: dt.datetime) -> str:
    """Tell whether signatures of a half-day are taken: `open`, `early`, `late` or `closed`."""
    return signing_state_at(half_day, at, _margins(), is_countersigned=half_day_is_countersigned(half_day))


def _open(half_day_id: uuid.UUID, at: dt.datetime) -> HalfDay:
    with scope.acting(scope.SIGNING):
        half_day = HalfDay.objects.select_related("session").filter(pk=half_day_id).first()
        if half_day is None:
            raise CodeRefusalError("forged")
        state = signing_state(half_day, at)
    if state != "open":
        raise CodeRefusalError({"early": "before", "late": "after"}.get(state, "closed"), half_day.pk)
    return half_day


@transaction.atomic
def signature_give(
    *,
    half_day: HalfDay,
    way: Way,
    name: str = "",
    email: str = "",
    user: User | None = None,
    at: dt.datetime | None = None,
) -> SignatureOutcome:
    """Sign as somebody enrolled, or as a walk-in already announced.

    Raise `CodeRefusalError` (`stranger`, `namesake`) when nobody or several people answer to this name.
    """
    at = at or timezone.now()
    with scope.acting(scope.SIGNING):
        _open(half_day.pk, at)
        enrolments, walk_in = _person(half_day.session_id, name, email.strip(), user)
        if len(enrolments) > 1:
            raise CodeRefusalError("namesake", half_day.pk)
        if not enrolments and walk_in is None:
            raise CodeRefusalError("stranger", half_day.pk)
        return _give(half_day, enrolments[0] if enrolments else None, walk_in, way, at)


def _person(
    session_id: uuid.UUID, name: str, email: str, user: User | None
) -> tuple[list[uuid.UUID], uuid.UUID | None]:
    tries: list[tuple[uuid.UUID | None, str, str]] = [(user.pk, "", "")] if user else []
    tries += [(None, email, "")] if email else []
    tries += [(None, "", name)] if name.strip() else []
    with connection.cursor() as cursor:
        for person, address, words in tries:
            cursor.execute("SELECT signing_enrolment(%s, %s, %s, %s)", [session_id, person, address, words])
            if rows := [row[0] for row in cursor.fetchall()]:
                return rows, None
        cursor.execute("SELECT signing_known_walk_in(%s, %s)", [session_id, email])
        return [], cursor.fetchone()[0]


def _give(
    half_day: HalfDay, enrolment_id: uuid.UUID | None, walk_in_id: uuid.UUID | None, way: Way, at: dt.datetime
) -> SignatureOutcome:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT signing_give(%s, %s, %s, %s, %s)", [half_day.pk, enrolment_id, walk_in_id, way.value, at]
        )
        is_new = cursor.fetchone()[0]
    if is_new:
        details = {"way": [None, way.value], "enrolment": enrolment_id, "walk_in": walk_in_id}
        journal_append(action="formation.signature.give", kind="halfday", object_id=half_day.pk, details=details)
    return SignatureOutcome(str(enrolment_id or walk_in_id), is_new)


@transaction.atomic
def walk_in_ask(
    *,
    half_day: HalfDay,
    way: Way,
    facts: WalkInFacts,
    at: dt.datetime | None = None,
) -> SignatureOutcome:
    """Sign without being enrolled. The trainer decides; until then nobody else sees it. Raise `CodeRefusalError`."""
    at = at or timezone.now()
    with scope.acting(scope.SIGNING):
        _open(half_day.pk, at)
        email = facts.email.strip()
        enrolments, _ = _person(half_day.session_id, "", email, None)
        if enrolments:
            return _give(half_day, enrolments[0], None, way, at)
        names = [facts.last_name.strip(), facts.first_name.strip(), email]
        employer = [facts.employer_type_id, facts.employer_name.strip()]
        with connection.cursor() as cursor:
            values: list[Any] = [half_day.session_id, *names, facts.profession_id, *employer]
            cursor.execute("SELECT signing_walk_in(%s, %s, %s, %s, %s, %s, %s)", values)
            walk_in_id = cursor.fetchone()[0]
        journal_append(action="formation.walkin.ask", kind="walkin", object_id=walk_in_id)
        return _give(half_day, None, walk_in_id, way, at)


@transaction.atomic
def signature_on_device(
    *, half_day: HalfDay, enrolment: Enrolment, by: User, at: dt.datetime | None = None
) -> Signature:
    """Sign on the trainer's telephone for somebody without one. Raise `ValidationError` outside the hours or twice."""
    at = at or timezone.now()
    if signing_state(half_day, at) != "open":
        raise ValidationError("L’émargement de cette demi-journée n’est pas ouvert.")
    if Signature.objects.filter(half_day=half_day, enrolment=enrolment).exists():
        raise ValidationError("Cette personne a déjà signé.")
    row = Signature(half_day=half_day, enrolment=enrolment, way=Way.DEVICE, signed_at=at)
    row.save(force_insert=True)
    details = {"way": [None, Way.DEVICE.value], "enrolment": enrolment.pk, "by": by.pk}
    journal_append(action="formation.signature.give", kind="halfday", object_id=half_day.pk, details=details)
    return row


@transaction.atomic
def excuse_tell(
    *, enrolment: Enrolment, half_days: list[HalfDay], by: User, at: dt.datetime | None = None
) -> list[Excuse]:
    """Say in advance that somebody will not come. Raise `ValidationError` for a half-day already begun."""
    at = at or timezone.now()
    if any(half_day.begins_at <= at for half_day in half_days):
        raise ValidationError("Une demi-journée commencée ne s’excuse plus d’avance : prévenez qui anime.")
    rank = enrolment.session.sequence
    known = set(Excuse.objects.filter(enrolment=enrolment, sequence=rank).values_list("half_day_id", flat=True))
    rows = [
        Excuse(enrolment=enrolment, half_day=half_day, sequence=rank, told_by=by, told_at=at)
        for half_day in half_days
        if half_day.pk not in known
    ]
    for row in rows:
        row.save(force_insert=True)
    if rows:
        details = {"half_days": [row.half_day_id for row in rows], "by": by.pk}
        journal_append(action="formation.excuse.tell", kind="enrolment", object_id=enrolment.pk, details=details)
    return rows


@transaction.atomic
def half_day_countersign(
    *,
    half_day: HalfDay,
    marks: Mapping[uuid.UUID, Status | str | Presence],
    by: User,
    at: dt.datetime | None = None,
    reason: str = "",
) -> CounterSignature:
    """Countersign who was there, as a trainer of the session.

    Raise `ValidationError` before the end of the half-day, and while a mark is missing.
    """
    at = at or timezone.now()
    session = Session.objects.get(pk=half_day.session_id)
    if not SessionTrainer.objects.filter(session=session, trainer=by).exists():
        raise ValidationError("Seule une personne qui anime la session contresigne la feuille.")
    if half_day.ends_at > at:
        _, ends = half_day.local_times()
        raise ValidationError(
            f"Cette demi-journée se termine le {ends:%d/%m/%Y à %H:%M} : contresignez-la quand elle est finie."
        )
    if WalkIn.objects.filter(session=session, state=WalkInState.PENDING).exists():
        raise ValidationError("Une personne venue sans inscription attend votre décision : décidez d’abord.")
    list(HalfDay.objects.select_for_update().filter(pk=half_day.pk))
    attendance_record(session=session, half_day=half_day, marks=marks, by=by, at=at, reason=reason)
    missing = Enrolment.objects.filter(session=session).live().exclude(attendances__half_day=half_day).count()
    if missing:
        raise ValidationError(f"Il manque {missing} présence{'s' if missing > 1 else ''} : dites qui était là.")
    latest = CounterSignature.objects.filter(half_day=half_day).last()
    return latest or countersignature_add(half_day, by=by, at=at)
