"""The clock of a request stops when a place is obtained: a structure is confirmed, or the minor has arrived."""

import datetime as dt

from cases.common.services import row_change
from cases.files.models import Case
from cases.requests.models import Sollicitation


def place_obtained(*, sollicitation: Sollicitation, at: dt.datetime) -> None:
    """Stop the clock, once. A relance follows the request that it repeats."""
    for row in Sollicitation.objects.select_for_update().filter(pk=sollicitation.pk, placed_at=None):
        _place(row, max(at, row.received_at))


def place_given_up(*, sollicitation: Sollicitation) -> None:
    """Let the clock run again: the structure that was confirmed no longer is."""
    for row in Sollicitation.objects.select_for_update().filter(pk=sollicitation.pk, placed_at__isnull=False):
        _place(row, None)


def minor_sheltered(*, case: Case, at: dt.datetime) -> None:
    """Stop the clock of every open request for a minor who has arrived."""
    for row in Sollicitation.objects.open().select_for_update().filter(case=case, placed_at=None):
        _place(row, max(at, row.received_at))


def _place(row: Sollicitation, at: dt.datetime | None) -> None:
    row_change(row, {"placed_at": at}, kind="sollicitation", action="cases.sollicitation.place")
