"""Panels and entries of each home page: the State's figures, the answers due."""

from typing import Any

from django.urls import reverse
from laces.components import Component

from cms.navigation.key_figures import KeyFigure
from cms.navigation.registry import nav_register, panel_register
from cms.users.roles import SEES_ALL_CASES, Role
from cms.wall.scope import Scope
from dashboards.reporting.enums import Side
from dashboards.reporting.home.selectors import board_lines
from dashboards.reporting.releases.models import Release
from dashboards.reporting.releases.selectors import release_read
from dashboards.reporting.releases.words import words_of
from dashboards.reporting.state.selectors import questions_due


def register() -> None:
    readers = (Role.STATE_READER,)
    nav_register("Chiffres du réseau", "dashboards:state", order=20, roles=readers)
    nav_register("Échanges", "dashboards:exchanges", order=21, roles=readers)
    panel_register("reporting/home/state.html", _state, order=20, roles=readers)


SHOWN = ("I1", "I2", "I3", "I4.structures", "I5", "I6.trained")
"""Figures of the State's first page: those of the six counted indicators, as they were published."""


def _state(current: Scope) -> dict[str, Any]:
    release = release_read()
    return {"release": release, "figures": _figures(release) if release else (), "due": questions_due(Side.STATE)}


def _figures(release: Release) -> list[KeyFigure]:
    """Return the published numbers, hidden ones included: this page reads a release and nothing else."""
    url = reverse("dashboards:release", args=[release.pk])
    return [
        KeyFigure(
            figure["label"] if figure["code"] != item["code"] else item["short"],
            words_of(figure),
            f"{url}#{item['code']}",
            f"On compte {item['unit']}. Date retenue : {item['dating']}.",
            figure["note"],
        )
        for item in release.content["indicators"]
        for figure in item["figures"]
        if figure["code"] in SHOWN
    ]


class ReportingPanel(Component):
    """On the coordination's board: questions of the State, decisions that wait for a second person."""

    order = 7
    template_name = "reporting/home/board.html"

    def __init__(self, lines: list[dict[str, Any]]) -> None:
        self.lines = lines

    def get_context_data(self, parent_context: Any) -> dict:
        return {"lines": self.lines}


def reporting_panels(current: Scope) -> list[Component]:
    if not current.has_role(*SEES_ALL_CASES):
        return []
    lines = board_lines()
    return [ReportingPanel(lines)] if lines else []
