"""A linking follows the case, the request, the proposal and the stay that it is for."""

import datetime as dt
import uuid
from collections.abc import Callable

from django.urls import reverse

from cases.arrival.convention.services import conventions_of_case_follow
from cases.arrival.models import Linking
from cases.arrival.selectors import reads_linking
from cases.arrival.services.linking import (
    frame_follow,
    linking_arrived,
    linking_cancel,
    linking_grants_end,
    linking_open,
    linking_to_arrive,
    linkings_give_up,
)
from cases.enums import Decision
from cases.files.models import Case
from cases.files.services import on_case_changed, on_case_closing
from cases.notices.words import notice_page_register
from cases.proposals.models import Proposal
from cases.proposals.services import on_proposal_confirmed, on_proposal_given_up
from cases.requests.models import Sollicitation
from cases.requests.services.sollicitations import on_request_closed
from cases.stays.models import Placement
from cases.stays.services import on_arrival, on_stay_ended
from cms.partners.models import Partner
from cms.users.models import User


def register() -> None:
    notice_page_register("structure_places", lambda pk: reverse("cases:places"))
    notice_page_register("journey", _journey_page)
    on_case_closing.register(_case_closing)
    on_case_changed.register(_case_changed)
    on_request_closed.register(_request_closed)
    on_proposal_confirmed.register(_proposal_confirmed)
    on_proposal_given_up.register(_proposal_given_up)
    on_arrival.register(_arrival)
    on_stay_ended.register(_stay_ended)


def _journey_page(linking_id: uuid.UUID) -> str:
    """Return the linking for who reads it, else the note of the journey: a delegate reads that alone."""
    name = "cases:linking" if reads_linking(linking_id) else "cases:handover"
    return reverse(name, args=[linking_id])


def _case_closing(case: Case, on: dt.date, by: User) -> None:
    for linking in Linking.objects.live().filter(case=case, placement=None):
        linking_cancel(linking=linking, by=by)


def _case_changed(case: Case, by: User) -> None:
    """Write again what the three parties signed: each is asked once more."""
    conventions_of_case_follow(case=case, by=by)


def _request_closed(sollicitation: Sollicitation, by: User, at: dt.datetime) -> None:
    """Give up what a request had opened, unless it ended by a place in the network."""
    if sollicitation.outcome_id == Decision.NETWORK:
        return
    for linking in Linking.objects.live().filter(orientation__sollicitation=sollicitation, placement=None):
        linking_cancel(linking=linking, by=by, at=at)


def _proposal_confirmed(proposal: Proposal, by: User, at: dt.datetime) -> None:
    orientation = proposal.orientation
    linking_open(case=orientation.case, partner=proposal.partner, orientation=orientation, by=by, at=at)


def _proposal_given_up(proposal: Proposal, by: User) -> None:
    linkings_give_up(orientation=proposal.orientation, partner_id=proposal.partner_id, by=by)


def _arrival(case: Case, partner: Partner, by: User) -> Callable[[Placement], None]:
    linking = linking_to_arrive(case=case, partner=partner)
    return lambda placement: _arrived(linking, placement, by)


def _arrived(linking: Linking, placement: Placement, by: User) -> None:
    linking_arrived(linking=linking, placement=placement)
    frame_follow(linking=linking, placement=placement, by=by)


def _stay_ended(placement: Placement) -> None:
    if linking := Linking.objects.filter(placement=placement).first():
        linking_grants_end(linking, reason="Fin du séjour")
