"""Reading versions of the grid, and the grids joined to requests."""

import uuid

from django.db.models import QuerySet
from django.http import Http404

from cases.grid.models import FilledGrid, GridVersion
from cases.grid.rules import GridContent, GridResult, grid_read
from cases.requests.models import Sollicitation
from cms.journal.services import refusal_queue


def grid_in_force() -> GridVersion:
    """Return the version to fill in today; raise `Http404` when none was loaded."""
    return grid_numbered()


def grid_numbered(number: int | None = None) -> GridVersion:
    rows = GridVersion.objects.order_by("-number")
    version = (rows.filter(number=number) if number else rows).first()
    if version is None:
        raise Http404
    return version


def content_of(version: GridVersion) -> GridContent:
    return GridContent.from_data(version.content)


def codes_ever_used() -> set[str]:
    """Return the codes of the signs of every version: none is used twice."""
    contents = GridVersion.objects.values_list("content", flat=True)
    return {row["code"] for content in contents for row in content["signs"]}


def grids_of(sollicitation: Sollicitation) -> QuerySet[FilledGrid]:
    return FilledGrid.objects.filter(sollicitation=sollicitation).select_related("version", "filled_by")


def grid_get(*, sollicitation: Sollicitation, pk: uuid.UUID) -> FilledGrid:
    """Return a grid of this request; raise `Http404`, with the refusal recorded, when the actor may not see it."""
    row = grids_of(sollicitation).filter(pk=pk).first()
    if row is None:
        refusal_queue("sollicitation", sollicitation.pk, "cases.grid.read")
        raise Http404
    return row


def read_of(grid: FilledGrid) -> GridResult:
    """Return what a grid says, in the words of the version that was filled in."""
    return grid_read(content_of(grid.version), grid.answers)
