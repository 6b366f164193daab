"""Grids stand on the page of their request."""

from typing import Any

from cases.grid.selectors import grids_of
from cases.grid.words import grid_add_url, grid_line
from cases.requests.models import Sollicitation
from cases.requests.selectors import parts_of_request


def register() -> None:
    parts_of_request.register(_grids_part)


def _grids_part(sollicitation: Sollicitation) -> dict[str, Any]:
    return {
        "grids": [grid_line(grid) for grid in grids_of(sollicitation)],
        "grid_add_url": grid_add_url(sollicitation),
    }
