"""What is said of the registers of earlier years: actions of the journal."""

from cms.kit.words import actions_register

ACTIONS = {
    "cases.history.load": "registre d’une année passée chargé",
}
"""What the actions of the journal are called on the screens."""


def register() -> None:
    actions_register(ACTIONS)
