"""Who reads the steps of a request, and who its outcome alone."""

from cases.requests.models import Sollicitation
from cms.users.roles import Role
from cms.wall import scope


def only_transmitted(sollicitation: Sollicitation) -> bool:
    """Return whether the actor sent this request for another service: then they do not see its steps."""
    return sollicitation.requester_id not in scope.current().partners_as(Role.REQUESTER)
