"""Grids joined to requests of the fictitious network, so that each reading is seen once."""

import uuid
from random import Random
from typing import cast

from cases.grid.selectors import grid_in_force
from cases.grid.services import grid_attach
from cases.models import Sollicitation
from cms.demo.network import Network
from cms.users.models import User
from cms.wall import scope

ANSWERS = (
    {"S02": "seen", "S05": "told", "S07": "seen", "S25": "seen", "S31": "told", "S16": "unknown"},
    {"S01": "seen", "S06": "seen", "S14": "told", "S20": "seen", "S33": "no"},
    {"S36": "seen", "S20": "told", "S18": "unknown", "S07": "no"},
)
OPEN = ("received", "in_charge", "oriented")


def grids_load(*, network: Network, draw: Random) -> None:
    """On the gendarme's own request, and on open requests that the coordination follows."""
    for key, answers in zip(("gendarme", "coordination", "coordination"), ANSWERS, strict=True):
        by = network.accounts[key]
        with scope.acting(by):
            _attach(by, answers, draw)


def _attach(by: User, answers: dict[str, str], draw: Random) -> None:
    rows = Sollicitation.objects.filter(state__in=OPEN, grids=None)
    own = rows.filter(submitted_by=by)
    row = (own if own.exists() else rows).order_by("-received_at", "reference").first()
    key = uuid.UUID(int=draw.getrandbits(128), version=4)
    grid_attach(sollicitation=cast(Sollicitation, row), key=key, number=grid_in_force().number, answers=answers, by=by)
