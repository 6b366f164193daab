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
from cms.wall import scope
from formation.common.rules import Refused
from formation.curriculum.rules import Question
from formation.enums import AnswerWay, Moment, SessionState
from formation.questions.rules import SATISFACTION, confidence_of, knowledge_of
from formation.sessions.models.sessions import Session
from formation.sessions.selectors import moment_now, questions_asked, window_of


@dataclass(frozen=True)
class Asked:
    """Somebody in front of a questionnaire."""

    person_id: uuid.UUID
    """Of the enrolment, or of the walk-in."""
    session: Session
    moment: Moment
    questions: list[Question]
    has_answered: bool


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
