"""Who may follow a declaration."""

from cases.common.policies import DECLARES, only
from cases.incidents.models.declared import Incident
from cms.wall import scope


def for_who_declares(incident: Incident) -> None:
    """Refuse those who may neither declare nor read this declaration as its author from outside."""
    if not (incident.is_from_outside and incident.declared_by_id == scope.current().user_id):
        only(*DECLARES)
