"""Words of the export of the workbook."""

from cms.kit.words import actions_register

ACTIONS = {
    "dashboards.indicators.export": "classeur des indicateurs exporté",
}


def register() -> None:
    actions_register(ACTIONS)
