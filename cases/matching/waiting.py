"""Requests that wait without a place, matched again when a structure that fits frees one or says that it has one."""

import uuid
from dataclasses import dataclass

from cases.matching.candidates import candidates_for, rules_in_force
from cases.matching.search import search_for
from cases.models import PlaceConfirmation, Placement, UnmetNeed

SEARCHED = 3
"""Requests matched again each time that the home is shown, those that wait longest first."""
ANSWERED = {"answered", "refused"}
"""What a structure said before it had a place does not hold it apart now."""


@dataclass(frozen=True)
class Opening:
    """A request that waits, and the structures that fit and opened a place since."""

    need: UnmetNeed
    names: tuple[str, ...]


def openings() -> list[Opening]:
    """For the coordination. Nothing is searched while no structure freed nor confirmed a place since."""
    needs = (
        UnmetNeed.objects.waiting()
        .filter(sollicitation__is_test=False, sollicitation__case__closed_on=None)
        .select_related("sollicitation__urgency", "sollicitation__current_place", "sollicitation__case__containment")
        .select_related("sollicitation__case__exploitation_place", "sollicitation__case__origin")
        .order_by("noted_at")
    )
    found, rules = [], None
    for need in needs[:SEARCHED]:
        moved = _opened_since(need)
        if not moved:
            continue
        rules = rules or rules_in_force().rules
        fitting = [
            row.code_name
            for row in candidates_for(search_for(need.sollicitation), rules)
            if row.partner_id in moved and row.free > 0 and set(row.excluded) <= ANSWERED
        ]
        if fitting:
            found.append(Opening(need, tuple(fitting)))
    return found


def _opened_since(need: UnmetNeed) -> set[uuid.UUID]:
    told = PlaceConfirmation.objects.filter(confirmed_at__gt=need.noted_at, free__gt=0).values_list("partner_id")
    left = Placement.objects.filter(ended_on__gte=need.noted_at.date()).values_list("partner_id")
    return {pk for (pk,) in told.order_by().union(left.order_by())}
