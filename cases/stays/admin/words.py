"""The states of a stay, as pills: its file and its list show the same."""

import datetime as dt
from collections.abc import Iterator

from cases.stays.models import Placement
from cms.kit.blocks import Badge
from cms.kit.templatetags.french import date


def stay_badges(row: Placement, *, on: dt.date) -> Iterator[Badge]:
    """Give whether it goes on, an arrival to confirm, a legal frame past its term."""
    if row.ended_on is not None:
        yield Badge("Séjour terminé", "neutral")
        return
    yield Badge("Séjour en cours", "info")
    if row.confirmed_at is None:
        yield Badge("Arrivée à confirmer", "warning")
    if row.legal_frame_ends_on and row.legal_frame_ends_on < on:
        yield Badge(f"Cadre échu depuis le {date(row.legal_frame_ends_on, 'j F Y')}", "danger")
