"""How pages say a grid joined to a request."""

from django.urls import reverse

from cases.common.words import moment
from cases.enums import SollicitationState
from cases.grid.models import FilledGrid
from cases.requests.models import Sollicitation


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
