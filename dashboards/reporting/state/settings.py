"""Words of what the State and the coordination exchange."""

from cms.kit.constraints import sentence_register
from cms.kit.words import actions_register

ACTIONS = {
    "reporting.question.ask": "question posée à l’autre partie",
    "reporting.question.answer": "question répondue",
    "reporting.committee.add": "comité inscrit au calendrier",
    "reporting.committee.change": "comité modifié",
}


def register() -> None:
    actions_register(ACTIONS)
    sentence_register(
        statequestion_answered="Cette question a déjà sa réponse.",
    )
