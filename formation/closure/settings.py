"""Words of the actions that end a session or move it."""

from cms.kit.words import actions_register

ACTIONS = {
    "formation.session.cancel": "session annulée",
    "formation.session.close": "session close",
    "formation.session.postpone": "session reportée",
}


def register() -> None:
    actions_register(ACTIONS)
