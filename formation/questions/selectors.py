"""What the answers to questionnaires say of a session, of a module. Opinions come as totals, when they may show."""

import json
import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import F, QuerySet
from django.http import Http404

from formation.common.policies import can_plan
from formation.curriculum.rules import Question, questions_of
from formation.enums import Moment, QuestionKind, SessionState
from formation.questions.models import AnswerSheet
from formation.questions.rules import SATISFACTION
from formation.sessions.models.sessions import Enrolment, Session
from formation.sessions.selectors import enrolments_of, sessions_run

Count = tuple[str, int, bool]
"""One answer: its words, how many gave it, whether it is a right one."""


@dataclass(frozen=True)
class Gain:
    """Of those who answered both: how many, and their mean before and after, in percent."""

    people: int
    before: int | None = None
    after: int | None = None

    @property
    def points(self) -> int | None:
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True)
class Opinion:
    """Means over 5, how many people gave each mark, and words without anybody's name."""

    answers: int
    lines: list[tuple[str, float, list[int]]]
    comments: list[str] = field(default_factory=list)

    @property
    def mean(self) -> float:
        return sum(line[1] for line in self.lines) / len(self.lines)


@dataclass(frozen=True)
class QuestionResults:
    """One question, and what was answered before and after, by those who answered at that moment."""

    question: Question
    before: list[Count]
    after: list[Count]
    words: list[str]
    means: tuple[float | None, float | None] = (None, None)

    def lines(self) -> list[tuple[str, bool, int, int]]:
        """List each choice: its words, whether it is right, how many chose it before, and after."""
        return [
            (label, is_right, count, self.after[rank][1]) for rank, (label, count, is_right) in enumerate(self.before)
        ]


@dataclass(frozen=True)
class Person:
    enrolment: Enrolment
    before: AnswerSheet | None
    after: AnswerSheet | None


@dataclass(frozen=True)
class Results:
    session: Session
    people: list[Person]
    knowledge: Gain
    confidence: Gain
    questions: list[QuestionResults]
    opinion: Opinion | None

    @property
    def before(self) -> int:
        return sum(person.before is not None for person in self.people)

    @property
    def after(self) -> int:
        return sum(person.after is not None for person in self.people)


def sheets_of(sessions: Iterable[uuid.UUID]) -> QuerySet[AnswerSheet]:
    """List the answers of people enrolled, as far as the actor sees them."""
    rows = AnswerSheet.objects.filter(enrolment__session__in=list(sessions), enrolment__cancelled_at=None)
    return rows.order_by("enrolment_id")


def knowledge_after(session: Session) -> dict[uuid.UUID | None, int]:
    """Return the percentage of right answers after the session, by enrolment."""
    rows = sheets_of([session.pk]).filter(moment=Moment.AFTER).exclude(knowledge=None)
    return {row.enrolment_id: row.knowledge or 0 for row in rows.only("enrolment_id", "knowledge")}


def gain_of(sheets: Iterable[AnswerSheet], name: str) -> Gain:
    """Return the gain of those who answered both times. `name`: `knowledge` or `confidence`."""
    pairs: dict[uuid.UUID | None, dict[str, int]] = {}
    for sheet in sheets:
        value = getattr(sheet, name)
        if value is not None:
            pairs.setdefault(sheet.enrolment_id, {})[sheet.moment] = value
    both = [pair for pair in pairs.values() if len(pair) == 2]
    if not both:
        return Gain(0)
    before, after = (round(sum(pair[moment.value] for pair in both) / len(both)) for moment in Moment)
    return Gain(len(both), before, after)


def opinions_of(sessions: Sequence[uuid.UUID]) -> dict[uuid.UUID, Opinion]:
    """Return the opinions that may be shown, by session: answers are closed, and five people gave theirs."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_id, answers, marks, comments FROM satisfaction_of(%s)", [list(sessions)])
        return {row[0]: _opinion(_loaded(row[2]), row[3]) for row in cursor.fetchall()}


def _loaded(marks: Any) -> dict[str, list[int]]:
    """Parse a jsonb column, which the cursors of Django return as text."""
    return json.loads(marks)


def _opinion(marks: dict[str, list[int]], comments: Sequence[str]) -> Opinion:
    lines = []
    for name, label in SATISFACTION:
        counts = Counter(marks[name])
        lines.append((label, sum(marks[name]) / len(marks[name]), [counts[mark] for mark in range(1, 6)]))
    return Opinion(len(marks["aims"]), lines, list(comments))


def results_of(session: Session) -> Results:
    """Return the results of a session that the actor runs: who answered, what was learnt, what was thought."""
    sheets = list(sheets_of([session.pk]))
    by_person = {(sheet.enrolment_id, sheet.moment): sheet for sheet in sheets}
    people = [
        Person(row, by_person.get((row.pk, Moment.BEFORE.value)), by_person.get((row.pk, Moment.AFTER.value)))
        for row in enrolments_of(session)
    ]
    questions = questions_of(session.clause.content) if session.clause else []
    return Results(
        session,
        people,
        gain_of(sheets, "knowledge"),
        gain_of(sheets, "confidence"),
        [_question_results(question, sheets) for question in questions],
        opinions_of([session.pk]).get(session.pk),
    )


def _question_results(question: Question, sheets: list[AnswerSheet]) -> QuestionResults:
    given = {
        moment: [sheet.answers.get(question.key) for sheet in sheets if sheet.moment == moment.value]
        for moment in Moment
    }
    before, after = ([value for value in given[moment] if value] for moment in Moment)
    if question.kind == QuestionKind.TEXT:
        return QuestionResults(question, [], [], sorted([*before, *after]))
    if question.kind == QuestionKind.SCALE:
        means = (_mean(before), _mean(after))
        return QuestionResults(question, _marks(before), _marks(after), [], means)
    return QuestionResults(question, _choices(question, before), _choices(question, after), [])


def _mean(marks: list[int]) -> float | None:
    return sum(marks) / len(marks) if marks else None


def _marks(marks: list[int]) -> list[Count]:
    return [(str(mark), marks.count(mark), False) for mark in range(1, 6)]


def _choices(question: Question, given: list[list[int]]) -> list[Count]:
    return [
        (label, sum(rank in value for value in given), rank in question.right)
        for rank, label in enumerate(question.choices)
    ]


@dataclass(frozen=True)
class ModuleLine:
    """One module over its sessions held: those that somebody evaluated."""

    code: str
    title: str
    sessions: int
    knowledge: Gain
    confidence: Gain
    opinions: int
    satisfaction: float | None


def modules_evaluated() -> list[ModuleLine]:
    """Return what was learnt and thought of each module, over the sessions that the actor runs, in a few queries."""
    if not can_plan():
        raise Http404
    rows = sessions_run().filter(state=SessionState.HELD, is_test=False).order_by("module_code", "-starts_on")
    held = {row.pk: row for row in rows.select_related(None).prefetch_related(None)}
    opinions = opinions_of(list(held))
    sheets: dict[str, list[AnswerSheet]] = {}
    for sheet in sheets_of(held).annotate(code=F("enrolment__session__module_code")).defer("answers"):
        sheets.setdefault(sheet.code, []).append(sheet)
    titles = {row.module_code: row.title for row in reversed(held.values())}
    return [_module_line(code, titles[code], held, sheets.get(code, []), opinions) for code in sorted(titles)]


def _module_line(
    code: str,
    title: str,
    held: dict[uuid.UUID, Session],
    sheets: list[AnswerSheet],
    opinions: dict[uuid.UUID, Opinion],
) -> ModuleLine:
    own = [pk for pk, row in held.items() if row.module_code == code]
    given = [opinions[pk] for pk in own if pk in opinions]
    people = sum(opinion.answers for opinion in given)
    mean = sum(opinion.mean * opinion.answers for opinion in given) / people if people else None
    knowledge, confidence = gain_of(sheets, "knowledge"), gain_of(sheets, "confidence")
    return ModuleLine(code, title, len(own), knowledge, confidence, people, mean)
