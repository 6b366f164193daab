"""How pages say a grid joined to a request."""

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
"""What the actions of the journal are called on the screens."""
SENTENCES = {
    "gridversion_frozen": "Une version publiée de la grille ne se modifie pas.",
}
"""What the constraints say to people, the same whether the row in the way may be seen or not."""


def register() -> None:
    actions_register(ACTIONS)
    sentence_register(**SENTENCES)


def grid_line(grid: FilledGrid) -> dict:
    """Without its reading: it is opened to be read, not counted in passing."""
    return {
        "label": f"Grille du {moment(grid.filled_at)}",
        "url": reverse("cases:request_grid", args=[grid.sollicitation_id, grid.pk]),
        "hint": f"Remplie par {grid.filled_by}",
    }


def grid_add_url(sollicitation: Sollicitation) -> str:
    if sollicitation.state == SollicitationState.CLOSED:
        return ""
    return reverse("cases:request_grid_new", args=[sollicitation.pk])
