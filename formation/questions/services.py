"""Answering a questionnaire, before and after a session: on one's own telephone, or on the trainer's."""

import datetime as dt
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from cms.journal.services import journal_append
from cms.values.settings import setting_values
from cms.wall import scope
from formation.attendance.rules import Refused
from formation.enums import AnswerWay, Moment, SessionState
from formation.questions.rules import SATISFACTION, Question, confidence_of, knowledge_of, questions_of
from formation.sessions.models.sessions import Session


@dataclass(frozen=True)
class Window:
    """When the questionnaires of a session are answered."""

    before_until: dt.datetime
    after_from: dt.datetime
    after_until: dt.datetime

    @property
    def last_day(self) -> dt.date:
        """The last one on which answers are taken, where the session is held."""
        return (self.after_until - dt.timedelta(minutes=1)).date()

    def moment_at(self, at: dt.datetime) -> Moment | None:
        if at <= self.before_until:
            return Moment.BEFORE
        return Moment.AFTER if self.after_from <= at < self.after_until else None


@dataclass(frozen=True)
class Asked:
    """Somebody in front of a questionnaire."""

    person_id: uuid.UUID
    """Of the enrolment, or of the walk-in."""
    session: Session
    moment: Moment
    questions: list[Question]
    has_answered: bool


def timing_in_force() -> list[int]:
    """Minutes after the beginning, minutes before the end, days after."""
    return setting_values("formation.before_minutes", "formation.after_minutes", "formation.answer_days")


def window_of(session: Session, timing: list[int] | None = None) -> Window:
    """Half-days of the session are read from it: prefetched ones cost nothing. `timing` is read unless given."""
    half_days = list(session.half_days.all())
    early, late, days = timing or timing_in_force()
    begins = min(row.begins_at for row in half_days)
    ends = max(row.ends_at for row in half_days)
    over = dt.datetime.combine(session.ends_on + dt.timedelta(days=days + 1), dt.time(), session.zone)
    before_until = begins + dt.timedelta(minutes=early)
    # A short session does not ask both at once: what was learnt is asked after what was known.
    return Window(before_until, max(ends - dt.timedelta(minutes=late), before_until), over)


def questions_asked(session: Session, moment: Moment) -> list[Question]:
    """Questions of the module as it was frozen when the session was planned."""
    return questions_of(session.clause.content, moment) if session.clause else []


def moment_now(session: Session, at: dt.datetime, timing: list[int] | None = None) -> Moment | None:
    """The questionnaire open now; None when there is none."""
    if session.state == SessionState.CANCELLED:
        return None
    window = window_of(session, timing)
    if session.state == SessionState.HELD:
        return Moment.AFTER if at < window.after_until else None
    moment = window.moment_at(at)
    if moment == Moment.BEFORE and not questions_asked(session, moment):
        return None
    return moment


@transaction.atomic
def questionnaire_open(*, person_id: uuid.UUID, at: dt.datetime | None = None) -> Asked:
    """The questionnaire that this person may answer now.

    Raises `Refused`: `gone` (no longer on the list, or session called off), `absent`, `not_yet`, `over`.
    """
    at = at or timezone.now()
    with scope.acting(scope.SIGNING), connection.cursor() as cursor:
        cursor.execute("SELECT session_id, has_before, has_after, was_there FROM answers_asked(%s)", [person_id])
        row = cursor.fetchone()
        if row is None:
            raise Refused("gone")
        session_id, has_before, has_after, was_there = row
        rows = Session.objects.select_related("clause__version").prefetch_related("half_days")
        session = rows.get(pk=session_id)
    if session.state == SessionState.CANCELLED:
        raise Refused("gone")
    moment = moment_now(session, at)
    if moment is None:
        raise Refused("not_yet" if at < window_of(session).after_from else "over")
    if moment == Moment.AFTER and not was_there:
        raise Refused("absent")
    has_answered = has_before if moment == Moment.BEFORE else has_after
    return Asked(person_id, session, moment, questions_asked(session, moment), has_answered)


@transaction.atomic
def answers_give(
    *,
    asked: Asked,
    way: AnswerWay | str,
    answers: Mapping[str, Any],
    opinion: Mapping[str, Any] | None = None,
    at: dt.datetime | None = None,
) -> bool:
    """Write what somebody answered, once; False when it was there already. `opinion`: marks and words, after alone.

    The opinion is kept apart and says nobody. Raises `Refused` once the moment is over.
    """
    at = at or timezone.now()
    if questionnaire_open(person_id=asked.person_id, at=at).moment != asked.moment:
        raise Refused("over")
    known = {question.key for question in asked.questions}
    kept = {key: value for key, value in answers.items() if key in known and value not in (None, "", [])}
    marks = [opinion[name] for name, _ in SATISFACTION] if opinion else None
    values = [
        asked.person_id,
        asked.moment.value,
        json.dumps(kept, ensure_ascii=False),
        knowledge_of(asked.questions, kept),
        confidence_of(asked.questions, kept),
        AnswerWay(way).value,
        at,
        marks,
        opinion["comment"] if opinion else "",
    ]
    with scope.acting(scope.SIGNING), connection.cursor() as cursor:
        cursor.execute("SELECT answers_give(%s, %s, %s, %s, %s, %s, %s, %s, %s)", values)
        is_new = cursor.fetchone()[0]
        if is_new:
            details = {"moment": [None, asked.moment.value], "way": [None, AnswerWay(way).value]}
            # About the session and not about the person: an opinion has no hour, and must find none in the journal.
            journal_append(
                action="formation.answers.give", kind="session", object_id=asked.session.pk, details=details
            )
    return is_new
