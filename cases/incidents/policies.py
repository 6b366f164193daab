"""Who may follow a declaration."""

from cases.common.policies import DECLARES, only
from cases.incidents.models.declared import Incident
from cms.wall import scope


def for_who_declares(incident: Incident) -> None:
    """A declaration is followed by those who may declare, and by whoever declared it from outside."""
    if not (incident.is_from_outside and incident.declared_by_id == scope.current().user_id):
        only(*DECLARES)
