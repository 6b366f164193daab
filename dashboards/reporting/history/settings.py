"""Words of the actions on the register of an earlier year."""

from cms.kit.constraints import sentence_register
from cms.kit.words import actions_register

ACTIONS = {
    "reporting.history.ask": "chargement d’un registre demandé",
    "reporting.history.agree": "registre d’une année passée chargé",
    "reporting.history.dismiss": "chargement d’un registre écarté",
    "reporting.history.read": "registre d’une année passée lu",
}


def register() -> None:
    actions_register(ACTIONS)
    sentence_register(
        historyimport_once="Ce registre est déjà chargé, ou attend d’être décidé.",
    )
