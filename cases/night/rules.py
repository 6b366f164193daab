"""The five steps of the night: which are done, which one is open, and when the screen goes dark by itself."""

import datetime as dt
from dataclasses import dataclass
from enum import IntEnum

from django.utils import timezone

DARK_FROM, DARK_TO = 21, 7
"""Hours of Paris between which the screen is dark unless somebody asks for light."""


class Step(IntEnum):
    """What is done in turn. A step is open when those before it are done."""

    TAKEN = 1
    KNOWN = 2
    AVOIDED = 3
    ASKED = 4
    ARRIVED = 5


@dataclass(frozen=True)
class Facts:
    """What says where the night stands."""

    is_taken: bool
    has_case: bool
    has_avoided: bool
    is_asked: bool
    is_kept: bool
    is_arrived: bool = False


def step_now(facts: Facts, wanted: int = 0) -> Step | None:
    """Return the one step that is open; `wanted` goes back to one that may be changed, or past the places to avoid
    when there are none. None once the minor has arrived.
    """
    if not facts.is_taken:
        return Step.TAKEN
    if not facts.has_case:
        return Step.KNOWN
    if facts.is_arrived:
        return None
    if wanted == Step.AVOIDED and not facts.is_kept:
        return Step.AVOIDED
    if facts.is_kept:
        return Step.ARRIVED
    is_known = facts.has_avoided or facts.is_asked or wanted == Step.ASKED
    return Step.ASKED if is_known else Step.AVOIDED


def is_dark(now: dt.datetime, wanted: str = "") -> bool:
    """Return whether the screen is dark: at night by itself, at any hour when somebody says so."""
    if wanted in ("sombre", "clair"):
        return wanted == "sombre"
    hour = timezone.localtime(now).hour
    return hour >= DARK_FROM or hour < DARK_TO
