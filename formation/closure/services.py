"""What ends a session or moves it: held, cancelled, postponed."""

import datetime as dt
import uuid
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cms.journal.services import journal_append
from cms.users.models import User
from formation.attendance.models import Attendance, Signature, WalkIn
from formation.attendance.services.attendance import countersignature_add
from formation.attendance.services.walk_ins import walk_in_close
from formation.attestations.services.attestations import attestations_ask
from formation.enums import Moment, NoticeKind, SessionState, WalkInState
from formation.sessions.invitations.services import invitations_close, invitations_move
from formation.sessions.models.sessions import Enrolment, HalfDay, Session
from formation.sessions.selectors import teaches, window_of
from formation.sessions.services.notices import notice_owe, notice_owe_all
from formation.sessions.services.sessions import last_end_check, slots_check, trainers_free_check


@transaction.atomic
def session_close(*, session: Session, by: User, reason: str = "") -> Session:
    """Declare a session held, once its last half-day has ended and everybody's presence is known.

    Whoever teaches it countersigns what was not. Somebody else says why it is closed without: `reason`, which the
    sheet keeps. Raise `ValidationError` (code `reason`) without one.
    """
    session = _planned(session)
    last_end_check(session, timezone.now(), "vous la clorez ensuite")
    if WalkIn.objects.filter(session=session, state=WalkInState.PENDING).exists():
        raise ValidationError("Une personne venue sans inscription attend votre décision : décidez d’abord.")
    enrolled = Enrolment.objects.filter(session=session).live().count()
    if not enrolled:
        raise ValidationError("Personne n’est inscrit à cette session : annulez-la plutôt.")
    expected = enrolled * HalfDay.objects.filter(session=session).count()
    recorded = Attendance.objects.filter(enrolment__session=session, enrolment__cancelled_at=None).count()
    if missing := expected - recorded:
        raise ValidationError(
            f"Il manque {missing} présence{'s' if missing > 1 else ''} : complétez la feuille d’abord."
        )
    _countersign_rest(session, by, reason.strip())
    session = _state_set(session, SessionState.HELD, by, reason.strip())
    invitations_close(session)
    attestations_ask(session=session, by=by)
    if window_of(session).after_until > timezone.now():
        followed = Enrolment.objects.live().with_hours().filter(session=session, hours_present__gt=0)
        notice_owe(session, followed.exclude(answer_sheets__moment=Moment.AFTER), NoticeKind.QUESTIONS)
    return session


def half_days_unsigned(session: Session) -> list[HalfDay]:
    """List the half-days that no trainer has countersigned yet."""
    return list(HalfDay.objects.filter(session=session, countersignatures=None).order_by("begins_at"))


def _countersign_rest(session: Session, by: User, reason: str) -> None:
    """Countersign, when a trainer closes the session, the half-days that were not; nobody else signs for them."""
    unsigned = half_days_unsigned(session)
    if teaches(session, by):
        for half_day in unsigned:
            countersignature_add(half_day, by=by, at=timezone.now())
    elif unsigned and not reason:
        days = ", ".join(str(half_day) for half_day in unsigned)
        raise ValidationError(
            f"Pas encore de contre-signature pour : {days}. Demandez-la à qui a animé, ou dites pourquoi vous closez "
            "la session sans elle.",
            code="reason",
        )
    elif unsigned:
        session.closed_without = reason[:300]
        session.save(update_fields=["closed_without"])


@transaction.atomic
def session_cancel(*, session: Session, by: User) -> Session:
    """Cancel a session that has not been held. Its enrolments stay, and count nowhere; everybody is notified."""
    session = _state_set(_planned(session), SessionState.CANCELLED, by)
    for walk_in in WalkIn.objects.filter(session=session, state=WalkInState.PENDING):
        walk_in_close(walk_in, WalkInState.REFUSED, by)
    notice_owe_all(session, NoticeKind.CANCELLED)
    invitations_close(session)
    return session


@transaction.atomic
def session_postpone(*, session: Session, moves: Mapping[uuid.UUID, tuple[dt.date, dt.time]], by: User) -> Session:
    """Move each half-day to another day and hour; `moves` names them all. Enrolments stay; people
    receive a calendar that replaces the first.

    Raise `ValidationError` once somebody has signed or been marked: what happened does not move.
    """
    session = _planned(session)
    half_days = list(HalfDay.objects.select_for_update().filter(session=session))
    if any(signed_or_marked(half_day) for half_day in half_days):
        raise ValidationError("Une présence est déjà relevée : une session commencée ne se reporte plus.")
    days = sorted(moves[half_day.pk][0] for half_day in half_days)
    slots = [(moves[row.pk][0], row.period, row.hours) for row in half_days]
    slots_check(slots, days[0], days[-1])
    before = [str(session.starts_on), str(session.ends_on)]
    session.starts_on, session.ends_on, session.sequence = days[0], days[-1], session.sequence + 1
    session.save(update_fields=["starts_on", "ends_on", "sequence"])
    for half_day in half_days:
        half_day.day, half_day.starts_at = moves[half_day.pk]
        half_day.save(update_fields=["day", "starts_at"])
    trainers_free_check(session)
    details = {"from": before, "to": [str(days[0]), str(days[-1])], "by": str(by.pk)}
    journal_append(action="formation.session.postpone", kind="session", object_id=session.pk, details=details)
    notice_owe_all(session, NoticeKind.POSTPONED)
    invitations_move(session)
    return session


def signed_or_marked(half_day: HalfDay) -> bool:
    return (
        Attendance.objects.filter(half_day=half_day).exists() or Signature.objects.filter(half_day=half_day).exists()
    )


def _planned(session: Session) -> Session:
    locked = Session.objects.select_for_update().get(pk=session.pk)
    if locked.state != SessionState.PLANNED:
        raise ValidationError(f"Cette session est déjà {locked.get_state_display()}.")
    return locked


def _state_set(session: Session, state: SessionState, by: User, reason: str = "") -> Session:
    before, session.state = session.state, state
    session.save(update_fields=["state"])
    journal_append(
        action=f"formation.session.{'close' if state == SessionState.HELD else 'cancel'}",
        kind="session",
        object_id=session.pk,
        reason=reason,
        details={"state": [before, state.value], "by": str(by.pk)},
    )
    return session
