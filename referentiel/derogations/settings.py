"""Words of the actions and of the errors of derogations."""

from cms.kit.constraints import sentence_register
from cms.kit.words import actions_register

ACTIONS = {
    "referentiel.derogation.agree": "dérogation accordée",
    "referentiel.derogation.ask": "dérogation proposée",
    "referentiel.derogation.revoke": "dérogation levée",
}


def register() -> None:
    actions_register(ACTIONS)
    sentence_register(
        derogation_by_two="Une autre personne de la coordination accorde cette dérogation.",
        derogation_frozen="Cette dérogation ne change plus.",
    )
