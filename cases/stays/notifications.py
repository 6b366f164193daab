"""What stays answer to the capabilities below: ages, grants, and what followed a request."""

from typing import Any

from django.urls import reverse

from cases.files.access.selectors import attached_register
from cases.files.services import aged_register
from cases.notices.words import notice_page_register
from cases.requests.models import Sollicitation
from cases.requests.selectors import parts_of_requests, stays_of_request
from cases.stays.models import Placement
from cases.stays.selectors import placements_of_request, placements_opened_to_requester
from cases.stays.words import stay_outcomes


def register() -> None:
    notice_page_register("requests", lambda pk: reverse("cases:requests"))
    notice_page_register("authority", lambda pk: reverse("cases:authority"))
    aged_register(Placement, day="arrived_on", age="age_at_arrival")
    attached_register("placement", lambda case_id: Placement.objects.filter(case_id=case_id).values("pk"))
    stays_of_request.register(_stays_confirmed)
    parts_of_requests.register(_stays_part)


def _stays_confirmed(sollicitation: Sollicitation) -> list[Placement]:
    return list(placements_of_request(sollicitation=sollicitation).exclude(confirmed_at=None))


def _stays_part(most: int) -> dict[str, Any]:
    return {"stays": stay_outcomes(placements_opened_to_requester().exclude(confirmed_at=None)[:most])}
