"""Words of the plan of a year."""

from cms.kit.constraints import sentence_register
from cms.kit.words import actions_register

ACTIONS = {
    "formation.yearplan.line": "ligne du plan annuel changée",
    "formation.yearplan.publish": "plan annuel publié",
    "formation.yearplan.write": "plan annuel écrit",
}


def register() -> None:
    actions_register(ACTIONS)
    sentence_register(
        yearplanline_once="Le plan a déjà cette ligne : changez ses nombres.",
    )
