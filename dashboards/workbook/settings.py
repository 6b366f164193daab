"""Words of the workbook taken out."""

from cms.kit.words import actions_register

ACTIONS = {
    "dashboards.indicators.export": "classeur des indicateurs exporté",
}


def register() -> None:
    actions_register(ACTIONS)
