"""What stays answer to the capabilities below: ages, grants, and what followed a request."""

from collections.abc import Callable
from typing import Any

from cases.files.access.selectors import attached_register
from cases.files.models import Case
from cases.files.services import aged_register
from cases.requests.models import Sollicitation
from cases.requests.selectors import parts_of_requests, stays_of_request
from cases.requests.services.places import minor_sheltered
from cases.stays.models import Placement
from cases.stays.selectors import placements_of_request, placements_opened_to_requester
from cases.stays.services import on_arrival
from cases.stays.words import stay_outcomes
from cms.partners.models import Partner


def register() -> None:
    aged_register(Placement, day="arrived_on", age="age_at_arrival")
    attached_register("placement", lambda case_id: Placement.objects.filter(case_id=case_id).values("pk"))
    stays_of_request.register(_stays_confirmed)
    parts_of_requests.register(_stays_part)
    on_arrival.register(_clock_stops)


def _clock_stops(case: Case, partner: Partner) -> Callable[[Placement], None]:
    """Return what stops the clock of the requests of a minor who arrives, linked by an orientation or not."""
    return lambda stay: minor_sheltered(case=case, at=stay.arrived_at)


def _stays_confirmed(sollicitation: Sollicitation) -> list[Placement]:
    return list(placements_of_request(sollicitation=sollicitation).exclude(confirmed_at=None))


def _stays_part(most: int) -> dict[str, Any]:
    return {"stays": stay_outcomes(placements_opened_to_requester().exclude(confirmed_at=None)[:most])}
