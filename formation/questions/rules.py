"""Questions of a module, as they are frozen; what an answer is worth. Pure reading, no database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from formation.enums import Moment, QuestionKind

BOTH = "both"
MOMENTS = [
    (BOTH, "Avant et après, pour mesurer le gain"),
    (Moment.BEFORE.value, "Avant seulement"),
    (Moment.AFTER.value, "Après seulement"),
]
NO_NAME = "N’écrivez aucun nom, et rien qui concerne un mineur."
SATISFACTION = (
    ("aims", "Les objectifs annoncés ont été tenus"),
    ("useful", "Ce que j’ai appris me servira dans mon travail"),
    ("teaching", "La façon d’animer m’a aidé à apprendre"),
    ("recommended", "Je conseillerais cette formation à un collègue"),
)
"""The same for every session, so that sessions compare."""
SCALE = range(1, 6)
Answers = Mapping[str, Any]
"""By key of question: ranks of the choices, a mark from 1 to 5, or words."""


@dataclass(frozen=True)
class Question:
    key: str
    kind: QuestionKind
    text: str
    moment: str
    choices: tuple[str, ...] = ()
    right: frozenset[int] = frozenset()
    """Ranks of the right choices; none when the question asks an opinion."""

    @property
    def is_scored(self) -> bool:
        return bool(self.right)

    def is_right(self, answers: Answers) -> bool:
        return set(answers.get(self.key) or ()) == self.right


def questions_of(content: Mapping[str, Any], moment: Moment | None = None) -> list[Question]:
    """Questions of a frozen module, those of one moment when it is given."""
    found = [
        Question(
            key=row["key"],
            kind=QuestionKind(row["kind"]),
            text=row["text"],
            moment=row["moment"],
            choices=tuple(row.get("choices", ())),
            right=frozenset(row.get("right", ())),
        )
        for row in content.get("questions", ())
    ]
    return [row for row in found if moment is None or row.moment in (BOTH, moment.value)]


def knowledge_of(questions: Sequence[Question], answers: Answers) -> int | None:
    """Percent of right answers; None when no question has one. Two moments compare: both ask the same questions."""
    scored = [question for question in questions if question.is_scored and question.moment == BOTH]
    if not scored:
        return None
    return round(100 * sum(question.is_right(answers) for question in scored) / len(scored))


def confidence_of(questions: Sequence[Question], answers: Answers) -> int | None:
    """Marks from 1 to 5 as a percent of the highest; None when no scale was answered."""
    keys = [row.key for row in questions if row.kind == QuestionKind.SCALE and row.moment == BOTH]
    marks = [answers[key] for key in keys if answers.get(key)]
    if not marks:
        return None
    return round(100 * sum(mark - 1 for mark in marks) / (4 * len(marks)))
