"""Words of the actions of derogations."""

from cms.kit.words import actions_register

ACTIONS = {
    "referentiel.derogation.agree": "dérogation accordée",
    "referentiel.derogation.ask": "dérogation proposée",
    "referentiel.derogation.revoke": "dérogation levée",
}


def register() -> None:
    actions_register(ACTIONS)
