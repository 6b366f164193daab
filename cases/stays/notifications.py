"""What stays answer to the capabilities below: ages, grants, what followed a request, and a stay too near a place that
the minor is kept away from.
"""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from cases.files.access.selectors import attached_register
from cases.files.models import Case
from cases.files.services import aged_register, on_reach_changed
from cases.guard.services import managers_owe
from cases.notices.words import notice_page_register
from cases.requests.models import Sollicitation
from cases.requests.selectors import parts_of_requests, stays_of_request
from cases.requests.services.places import minor_sheltered
from cases.stays.models import Placement
from cases.stays.selectors import placements_of_request, placements_opened_to_requester, stays_too_near
from cases.stays.services import on_arrival, on_stay_ended
from cases.stays.words import stay_outcomes
from cms.notify.inbox.rules import NotificationKind, notification_register
from cms.notify.inbox.services.obligations import notification_close
from cms.partners.models import Partner
from cms.users.models import User
from cms.users.roles import Role

TOO_NEAR = "stay_too_near"
KIND = NotificationKind(
    kind=TOO_NEAR,
    label="Un mineur est accueilli trop près d’un lieu à éviter",
    subject="Alerte : un accueil est à revoir maintenant",
    body="Bonjour,\n\nUn lieu à éviter vient d’être ajouté : un accueil en cours n’en protège plus.\n\n"
    "Préparez un passage, ou décidez à deux : {lien}",
    url=lambda pk: reverse("cases_case:inspect", args=[pk]),
    roles=(Role.COORDINATION, Role.DIRECTION),
    is_urgent=True,
)


def register() -> None:
    notice_page_register("requests", lambda pk: reverse("cases:requests"))
    notice_page_register("authority", lambda pk: reverse("cases:authority"))
    aged_register(Placement, day="arrived_on", age="age_at_arrival")
    attached_register("placement", lambda case_id: Placement.objects.filter(case_id=case_id).values("pk"))
    stays_of_request.register(_stays_confirmed)
    parts_of_requests.register(_stays_part)
    on_reach_changed.register(_reach_changed)
    on_stay_ended.register(_stay_ended)
    notification_register(KIND)
    on_arrival.register(_clock_stops)


def _clock_stops(case: Case, partner: Partner, by: User) -> Callable[[Placement], None]:
    """Return what stops the clock of the requests of a minor who arrives, linked by an orientation or not."""
    return lambda stay: minor_sheltered(case=case, at=stay.arrived_at)


def _stays_confirmed(sollicitation: Sollicitation) -> list[Placement]:
    return list(placements_of_request(sollicitation=sollicitation).exclude(confirmed_at=None))


def _stays_part(most: int) -> dict[str, Any]:
    return {"stays": stay_outcomes(placements_opened_to_requester().exclude(confirmed_at=None)[:most])}


def _reach_changed(case: Case) -> None:
    """Alert whoever coordinates, at once, when a stay under way is in the reach of a place that forbids."""
    if stays_too_near(case):
        managers_owe(TOO_NEAR, case.pk)


def _stay_ended(placement: Placement) -> None:
    if not stays_too_near(placement.case):
        notification_close(kind=TOO_NEAR, object_id=placement.case_id)
