"""Questions of a module, as they are frozen; what an answer is worth. Pure reading, no database."""

from collections.abc import Sequence

from formation.curriculum.rules import BOTH, Answers, Question
from formation.enums import QuestionKind

SATISFACTION = (
    ("aims", "Les objectifs annoncés ont été tenus"),
    ("useful", "Ce que j’ai appris me servira dans mon travail"),
    ("teaching", "La façon d’animer m’a aidé à apprendre"),
    ("recommended", "Je conseillerais cette formation à un collègue"),
)
"""The same for every session, so that sessions compare."""
SCALE = range(1, 6)


def knowledge_of(questions: Sequence[Question], answers: Answers) -> int | None:
    """Return the percentage of right answers; None when no question has one. Only questions asked twice count."""
    scored = [question for question in questions if question.is_scored and question.moment == BOTH]
    if not scored:
        return None
    return round(100 * sum(question.is_right(answers) for question in scored) / len(scored))


def confidence_of(questions: Sequence[Question], answers: Answers) -> int | None:
    """Return the marks from 1 to 5 as a percentage of the highest; None when no scale was answered."""
    keys = [row.key for row in questions if row.kind == QuestionKind.SCALE and row.moment == BOTH]
    marks = [answers[key] for key in keys if answers.get(key)]
    if not marks:
        return None
    return round(100 * sum(mark - 1 for mark in marks) / (4 * len(marks)))
