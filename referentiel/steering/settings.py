"""Words of the action that exports the steering."""

from cms.kit.words import actions_register

ACTIONS = {
    "referentiel.steering.export": "pilotage du référentiel exporté",
}


def register() -> None:
    actions_register(ACTIONS)
