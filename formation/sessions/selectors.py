"""Sessions and who is enrolled in them, as far as the actor sees; the questionnaire that each asks now."""

import datetime as dt
import uuid

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from cms.journal.services import refusal_queue
from cms.territory.models import Territory
from cms.users.models import User
from cms.users.roles import Role
from cms.values.models import Value
from cms.values.settings import setting_values
from cms.wall import scope
from formation.common.policies import own_structures_ids, runs_all_sessions
from formation.curriculum.rules import Question, questions_of
from formation.enums import Moment, SessionState
from formation.sessions.models.queues import WaitingEntry
from formation.sessions.models.sessions import Enrolment, Session, SessionQuerySet, SessionTrainer
from formation.sessions.rules import Window


def sessions_listed() -> SessionQuerySet:
    """List sessions with hours, places taken, département and half-days: what everybody in the network may read."""
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
    """List the sessions that the actor runs: those taught, or all for the coordination."""
    current = scope.current()
    if runs_all_sessions():
        return sessions_listed()
    if current.has_role(Role.TRAINER):
        return sessions_listed().trained_by(current.user_id)
    return sessions_listed().none()


def session_run_get(session_id: uuid.UUID, action: str) -> Session:
    """Return a session that the actor runs. Raise `Http404`, and journal the refusal, for any other."""
    session = sessions_run().filter(pk=session_id).first()
    if session is None:
        refusal_queue("session", session_id, action)
        raise Http404
    return session


def runs(session: Session) -> bool:
    return sessions_run().filter(pk=session.pk).exists()


def aimed_at(session: Session) -> list[str]:
    """List the audiences and départements for whom the session is meant, in words."""
    audiences = Value.objects.filter(pk__in=session.audiences).order_by("position", "pk") if session.audiences else []
    places = Territory.objects.filter(pk__in=session.aimed_territories) if session.aimed_territories else []
    return [*(value.label for value in audiences), *(place.name for place in places)]


def trainers_available() -> QuerySet[User]:
    return User.objects.filter(groups__name=Role.TRAINER, is_active=True).order_by("last_name", "first_name")


def trainers_of(session: Session) -> list[User]:
    return list(session.trainers.order_by("last_name", "first_name"))


def enrolments_of(session: Session) -> QuerySet[Enrolment]:
    """List the people enrolled in a session, as far as the actor sees them."""
    rows = Enrolment.objects.live().filter(session=session)
    return rows.select_related("professional", "profession", "employer", "employer_type")


def enrolment_get(enrolment_id: uuid.UUID) -> Enrolment:
    """Return an enrolment that the actor may cancel: of a session run, or of the own team. Raise `Http404`."""
    row = Enrolment.objects.live().select_related("session", "professional").filter(pk=enrolment_id).first()
    if row is None or not (row.employer_id in own_structures_ids() or runs(row.session)):
        refusal_queue("enrolment", enrolment_id, "formation.enrolment.cancel")
        raise Http404
    return row


def waiting_of(session: Session) -> QuerySet[WaitingEntry]:
    """List who waits for a place, in order, as far as the actor sees them."""
    rows = WaitingEntry.objects.filter(session=session, left_at=None, enrolment=None)
    return rows.select_related("professional__profession").order_by("asked_at", "pk")


def waiting_get(entry_id: uuid.UUID) -> WaitingEntry:
    """Return a waiting entry that the actor may remove: of a session run, or of the own team. Raise `Http404`."""
    rows = WaitingEntry.objects.filter(pk=entry_id, left_at=None, enrolment=None)
    row = rows.select_related("session", "professional").first()
    if row is None or not (row.professional.employer_id in own_structures_ids() or runs(row.session)):
        raise Http404
    return row


def enrolment_own_get(enrolment_id: uuid.UUID) -> Enrolment:
    """Return an enrolment for which the actor may announce an absence: the own one, of the own team, of a session run.

    Raise `Http404`, and journal the refusal, for any other.
    """
    row = Enrolment.objects.live().select_related("session", "professional").filter(pk=enrolment_id).first()
    is_own = row is not None and row.professional.user_id == scope.current().user_id
    if row is None or not (is_own or row.employer_id in own_structures_ids() or runs(row.session)):
        refusal_queue("enrolment", enrolment_id, "formation.excuse.tell")
        raise Http404
    return row


def own_enrolment_of(session: Session) -> Enrolment | None:
    """Return the actor's own enrolment in a session."""
    return Enrolment.objects.live().filter(session=session, professional__user=scope.current().user_id).first()


def teaches(session: Session, user: User) -> bool:
    return SessionTrainer.objects.filter(session=session, trainer=user).exists()


def timing_in_force() -> list[int]:
    """Return the settings: minutes after the beginning, minutes before the end, days after."""
    return setting_values("formation.before_minutes", "formation.after_minutes", "formation.answer_days")


def window_of(session: Session, timing: list[int] | None = None) -> Window:
    """Return when questionnaires are answered. Prefetched half-days cost no query; `timing` is read unless given."""
    half_days = list(session.half_days.all())
    early, late, days = timing or timing_in_force()
    begins = min(row.begins_at for row in half_days)
    ends = max(row.ends_at for row in half_days)
    over = dt.datetime.combine(session.ends_on + dt.timedelta(days=days + 1), dt.time(), session.zone)
    before_until = begins + dt.timedelta(minutes=early)
    # In a short session, the questionnaire of the end opens only once that of the beginning is closed.
    return Window(before_until, max(ends - dt.timedelta(minutes=late), before_until), over)


def questions_asked(session: Session, moment: Moment) -> list[Question]:
    """Return the questions of the module as it was frozen when the session was planned."""
    return questions_of(session.clause.content, moment) if session.clause else []


def moment_now(session: Session, at: dt.datetime, timing: list[int] | None = None) -> Moment | None:
    """Return the moment of the questionnaire open now; None when there is none."""
    if session.state == SessionState.CANCELLED:
        return None
    window = window_of(session, timing)
    if session.state == SessionState.HELD:
        return Moment.AFTER if at < window.after_until else None
    moment = window.moment_at(at)
    if moment == Moment.BEFORE and not questions_asked(session, moment):
        return None
    return moment
