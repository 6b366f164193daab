"""Requests that wait without a place, matched again when a structure that fits frees one or says that it has one."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Max
from django.utils import timezone

from cases.matching.candidates import candidates_for, rules_in_force
from cases.matching.search import search_for
from cases.models import PlaceConfirmation, Placement, UnmetNeed

SEARCHED = 5
"""Requests matched again each time that the home is shown, those that wait longest first."""
ANSWERED = {"answered", "refused"}
"""What a structure said before it had a place does not hold it apart now."""


@dataclass(frozen=True)
class Opening:
    """A request that waits, and the structures that fit and opened a place since."""

    need: UnmetNeed
    names: tuple[str, ...]


def openings() -> tuple[list[Opening], list[UnmetNeed]]:
    """For the coordination: what fits, and the requests left to search by hand though a place opened since, when
    more than `SEARCHED` wait. A request is searched again only once a structure freed or confirmed a place.
    """
    moved = [(need, opened) for need, opened in _opened_since() if opened]
    rules = rules_in_force().rules if moved else None
    found = []
    for need, opened in moved[:SEARCHED]:
        fitting = [
            row.code_name
            for row in candidates_for(search_for(need.sollicitation), rules)
            if row.partner_id in opened and row.free > 0 and set(row.excluded) <= ANSWERED
        ]
        if fitting:
            found.append(Opening(need, tuple(fitting)))
    return found, [need for need, _ in moved[SEARCHED:]]


def _opened_since() -> list[tuple[UnmetNeed, set[uuid.UUID]]]:
    """Each request that waits, with the structures where a place was confirmed or freed since it was noted."""
    needs = (
        UnmetNeed.objects.waiting()
        .filter(sollicitation__is_test=False, sollicitation__case__closed_on=None)
        .select_related("sollicitation__urgency", "sollicitation__current_place", "sollicitation__case__containment")
        .select_related("sollicitation__case__exploitation_place", "sollicitation__case__origin")
        .order_by("noted_at", "pk")
    )
    waiting = list(needs)
    if not waiting:
        return []
    first = waiting[0].noted_at
    told = PlaceConfirmation.objects.filter(confirmed_at__gt=first, free__gt=0).order_by().values_list("partner_id")
    confirmed = dict(told.annotate(at=Max("confirmed_at")))
    left = Placement.objects.filter(ended_on__gte=_day(first)).order_by().values_list("partner_id")
    freed = dict(left.annotate(on=Max("ended_on")))
    return [
        (
            need,
            {pk for pk, at in confirmed.items() if at > need.noted_at}
            | {pk for pk, on in freed.items() if on >= _day(need.noted_at)},
        )
        for need in waiting
    ]


def _day(moment: dt.datetime) -> dt.date:
    return timezone.localdate(moment)
