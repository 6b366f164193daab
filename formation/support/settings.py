"""Words of the log of support, and what follows a person whose two files are merged."""

from cms.kit.words import actions_register
from formation.people.services.merges import moved_register
from formation.support.models import SupportAct

ACTIONS = {
    "formation.supportact.record": "accompagnement noté",
}


def register() -> None:
    actions_register(ACTIONS)
    moved_register("acts", SupportAct)
