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
from formation.common.rules import CodeRefusalError
from formation.curriculum.rules import Question
from formation.enums import AnswerWay, Moment, SessionState
from formation.questions.rules import SATISFACTION, confidence_of, knowledge_of
from formation.sessions.models.sessions import Session
from formation.sessions.selectors import moment_now, questions_asked, window_of


@dataclass(frozen=True)
class OpenQuestionnaire:
    """The questionnaire that one person may answer now."""

    person_id: uuid.UUID
    """Id of the enrolment, or of the walk-in."""
    session: Session
    moment: Moment
    questions: list[Question]
    has_answered: bool


@transaction.atomic
def questionnaire_open(*, person_id: uuid.UUID, at: dt.datetime | None = None) -> OpenQuestionnaire:
    """Return the questionnaire that this person may answer now.

    Raise `CodeRefusalError`: `gone` (no longer on the list, or session called off), `absent`, `not_yet`, `over`.
    """
    at = at or timezone.now()
    with scope.acting(scope.SIGNING), connection.cursor() as cursor:
        cursor.execute("SELECT session_id, has_before, has_after, was_there FROM answers_asked(%s)", [person_id])
        row = cursor.fetchone()
        if row is None:
            raise CodeRefusalError("gone")
        session_id, has_before, has_after, was_there = row
        rows = Session.objects.select_related("clause__version").prefetch_related("half_days")
        session = rows.get(pk=session_id)
    if session.state == SessionState.CANCELLED:
        raise CodeRefusalError("gone")
    moment = moment_now(session, at)
    if moment is None:
        raise CodeRefusalError("not_yet" if at < window_of(session).after_from else "over")
    if moment == Moment.AFTER and not was_there:
        raise CodeRefusalError("absent")
    has_answered = has_before if moment == Moment.BEFORE else has_after
    return OpenQuestionnaire(person_id, session, moment, questions_asked(session, moment), has_answered)


@transaction.atomic
def answers_give(
    *,
    questionnaire: OpenQuestionnaire,
    way: AnswerWay | str,
    answers: Mapping[str, Any],
    opinion: Mapping[str, Any] | None = None,
    at: dt.datetime | None = None,
) -> bool:
    """Write what somebody answered, once; return false when it was there already. `opinion`: marks and words, after
    the session only.

    The opinion is stored apart, without a person. Raise `CodeRefusalError` once the moment is over.
    """
    at = at or timezone.now()
    if questionnaire_open(person_id=questionnaire.person_id, at=at).moment != questionnaire.moment:
        raise CodeRefusalError("over")
    known = {question.key for question in questionnaire.questions}
    given = {key: value for key, value in answers.items() if key in known and value not in (None, "", [])}
    marks = [opinion[name] for name, _ in SATISFACTION] if opinion else None
    values = [
        questionnaire.person_id,
        questionnaire.moment.value,
        json.dumps(given, ensure_ascii=False),
        knowledge_of(questionnaire.questions, given),
        confidence_of(questionnaire.questions, given),
        AnswerWay(way).value,
        at,
        marks,
        opinion["comment"] if opinion else "",
    ]
    with scope.acting(scope.SIGNING), connection.cursor() as cursor:
        cursor.execute("SELECT answers_give(%s, %s, %s, %s, %s, %s, %s, %s, %s)", values)
        is_new = cursor.fetchone()[0]
        if is_new:
            details = {"moment": [None, questionnaire.moment.value], "way": [None, AnswerWay(way).value]}
            # About the session and not about the person: an opinion has no hour, and must find none in the journal.
            journal_append(
                action="formation.answers.give", kind="session", object_id=questionnaire.session.pk, details=details
            )
    return is_new
