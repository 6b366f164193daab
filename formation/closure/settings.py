"""Words of what ends a session or moves it."""

from cms.kit.words import actions_register

ACTIONS = {
    "formation.session.cancel": "session annulée",
    "formation.session.close": "session close",
    "formation.session.postpone": "session reportée",
}


def register() -> None:
    actions_register(ACTIONS)
