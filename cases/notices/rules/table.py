"""Every passage of the chain, from a request to the six months after a stay: the one place where it is said.

A test refuses a passage without a recipient, and walks each through the service that causes it.
"""

from cases.notices.rules.proposals import PROPOSALS
from cases.notices.rules.requests import REQUESTS
from cases.notices.rules.shape import Transition
from cases.notices.rules.stays import STAYS

TRANSITIONS: tuple[Transition, ...] = (*REQUESTS, *PROPOSALS, *STAYS)
BY_CODE = {transition.code: transition for transition in TRANSITIONS}
