"""The silence of a structure past its hour: told from what is written, so that no hour is lost."""

from django.db import transaction

from cases.notices.services import transition_tell
from cases.proposals.selectors import silent_proposals
from cases.proposals.services import PROPOSAL, PROPOSAL_ANSWER
from cms.notify.duty.services.rings import ring_close, ring_open
from cms.values.settings import setting_values
from cms.wall import scope


@transaction.atomic
def proposals_silent_tell() -> int:
    """Tell the coordination of each sheet whose hour has passed without an answer, once; return how many are new.

    An urgent one rings its on-call. What waits is worked out from what is written, so that no hour is lost.
    """
    with scope.acting(scope.NOTIFY):
        [most] = setting_values("cases.ring_minutes")
        new = 0
        for pk, orientation_id, minutes in silent_proposals():
            told = transition_tell("proposal_silent", object_id=pk)
            if told and minutes is not None and minutes <= most:
                ring_open(kind=PROPOSAL_ANSWER, object_id=orientation_id)
            new += bool(told)
            ring_close(kind=PROPOSAL, object_id=pk)
        return new
