"""Questions of a module, as they are frozen. No database."""

from collections.abc import Mapping
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
    """Return the questions of a frozen module, those of one moment when it is given."""
    questions = [
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
    return [row for row in questions if moment is None or row.moment in (BOTH, moment.value)]


def readable(content: Mapping[str, Any]) -> dict[str, str]:
    """Return what a reader of the catalogue sees of a module: label → text. Never its questions: they say the right
    answers.
    """
    texts = {
        "Titre": content["title"],
        "Durée": f"{content['hours']} h".replace(".", ","),
        "Publics": content["publics"],
        "Obligation": content["compulsory"],
        "Objectifs": "\n".join(content["objectives"]),
        "Programme": "\n".join(content["programme"]),
        "Évaluation": content["evaluation"],
        "Prérequis": content["prerequisites"],
    }
    return {label: text for label, text in texts.items() if text}


def readable_head(content: Mapping[str, Any]) -> dict[str, str]:
    return {"Titre": content["title"], "Introduction": content["introduction"]}
