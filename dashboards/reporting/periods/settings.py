"""Words of the actions on a closed period."""

from cms.kit.constraints import sentence_register
from cms.kit.words import actions_register

ACTIONS = {
    "reporting.period.ask": "clôture d’une période demandée",
    "reporting.period.agree": "période close",
    "reporting.period.dismiss": "clôture d’une période écartée",
    "reporting.period.revise": "révision d’une période close expliquée",
    "reporting.period.export": "période close téléchargée",
}


def register() -> None:
    actions_register(ACTIONS)
    sentence_register(
        closedperiod_once="Cette période est déjà close, ou attend d’être décidée.",
    )
