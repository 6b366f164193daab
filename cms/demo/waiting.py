"""The request of the fictitious network for which no place is found, the minor sheltered meanwhile. Nothing is drawn
here.
"""

import datetime as dt
from typing import cast

from cases.models import Proposal, Sollicitation
from cases.proposals.services import proposal_withdraw
from cases.proposals.unmet.services import need_note
from cases.requests.shelter.rules import usual_end
from cases.requests.shelter.services import shelter_note
from cms.users.models import User


def request_leave_waiting(sollicitation: Sollicitation, *, by: User, now: dt.datetime) -> None:
    """Leave open a request that every structure refused; the minor sleeps in a shelter until the next noon."""
    for proposal in Proposal.objects.pending().filter(orientation__sollicitation=sollicitation):
        proposal_withdraw(proposal=proposal, by=by)
    at = max(now - dt.timedelta(days=6), cast(dt.datetime, sollicitation.first_answered_at))
    need_note(sollicitation=sollicitation, reason_id="motif_sans_solution:PLACE", at=at, by=by)
    shelter_note(
        sollicitation=sollicitation,
        kind_id="abri_provisoire:FOYER",
        until=usual_end(now),
        agreed_by="Camille, cadre fictive de l’astreinte de l’ASE",
        by=by,
    )
