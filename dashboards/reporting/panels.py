"""What waits on each home page: the State's figures, the answers due."""

from typing import Any

from laces.components import Component

from cms.access.panels import nav_register, panel_register
from cms.access.scope import Scope
from cms.users.roles import SEES_ALL_CASES, Role
from dashboards.reporting.enums import Side
from dashboards.reporting.selectors import decisions_waiting, published, questions_due


def register() -> None:
    readers = (Role.STATE_READER,)
    nav_register("Chiffres du réseau", "dashboards:state", order=20, roles=readers)
    nav_register("Échanges", "dashboards:exchanges", order=21, roles=readers)
    panel_register("reporting/panels/state.html", _state, order=20, roles=readers)


def _state(current: Scope) -> dict[str, Any]:
    releases = published()
    return {"release": releases[0] if releases else None, "due": questions_due(Side.STATE)}


class ReportingPanel(Component):
    """On the coordination's board: questions of the State, decisions that wait for a second person."""

    order = 7
    template_name = "reporting/panels/board.html"

    def __init__(self, *, due: list, waiting: list):
        self.due, self.waiting = due, waiting

    def get_context_data(self, parent_context: Any) -> dict:
        return {"due": self.due, "waiting": self.waiting}


def reporting_panels(current: Scope) -> list[Component]:
    if not current.has_role(*SEES_ALL_CASES):
        return []
    due, waiting = questions_due(Side.NETWORK), decisions_waiting()
    return [ReportingPanel(due=due, waiting=waiting)] if due or waiting else []
