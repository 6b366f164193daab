"""What an incident still asks for before it can be closed, in words that say what to do."""

from cases.incidents.authorities.selectors import AuthorityCall, authority_calls
from cases.incidents.models.declared import Incident
from cases.incidents.runaways.selectors import return_missing
from cms.values.settings import setting_value


def asks_for_retex(incident: Incident) -> bool:
    return not incident.is_drill and incident.severity.extra["level"] >= setting_value("cases.retex_level")


def closing_missing(incident: Incident, calls: list[AuthorityCall] | None = None) -> list[str]:
    """Empty once the incident may be closed; `calls`, if they were read already.

    Actions of the retour d’expérience go on after it.
    """
    missing = [] if incident.partner_id else ["Dites de quelle structure il s’agit."]
    missed = [call for call in (authority_calls(incident) if calls is None else calls) if call.is_missing]
    if missed and not incident.is_drill:
        missing.append(f"Notez qui a été informé : {' ; '.join(call.name for call in missed)}.")
    if return_missing(incident):
        missing.append("Écrivez le retour de fugue, ou terminez le séjour si le mineur ne revient pas.")
    if asks_for_retex(incident) and not incident.has_analysis:
        missing.append("Écrivez le retour d’expérience : la gravité le demande.")
    waiting = sum(task.done_at is None and not task.is_action for task in incident.tasks.all())
    if waiting:
        missing.append(f"Terminez les tâches en cours : {waiting}.")
    return missing
