"""Words of the portal for a grid joined to a request."""

from typing import Any

from django.urls import reverse

from cases.common.words import moment
from cases.enums import SollicitationState
from cases.grid.models import FilledGrid
from cases.requests.models import Sollicitation
from cms.kit.constraints import sentence_register
from cms.kit.words import actions_register

ACTIONS = {
    "cases.grid.attach": "grille de repérage jointe",
    "cases.grid.publish": "grille de repérage publiée",
}
"""Labels of the actions of the journal."""
SENTENCES = {
    "gridversion_frozen": "Une version publiée de la grille ne se modifie pas.",
}
"""Messages of the constraints, the same whether the conflicting row may be seen or not."""


def register() -> None:
    actions_register(ACTIONS)
    sentence_register(**SENTENCES)


def grid_line(grid: FilledGrid) -> dict[str, Any]:
    """Return the line of a grid, without its result: it is opened to be read."""
    return {
        "label": f"Grille du {moment(grid.filled_at)}",
        "url": reverse("cases:request_grid", args=[grid.sollicitation_id, grid.pk]),
        "hint": f"Remplie par {grid.filled_by}",
    }


def grid_add_url(sollicitation: Sollicitation) -> str:
    if sollicitation.state == SollicitationState.CLOSED:
        return ""
    return reverse("cases:request_grid_new", args=[sollicitation.pk])
