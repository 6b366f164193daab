"""What an incident still asks for before it can be closed, in words that say what to do."""

from cases.authorities.selectors import authorities_missing
from cases.models import Incident
from cms.values.settings import setting_value


def asks_for_retex(incident: Incident) -> bool:
    return not incident.is_drill and incident.severity.extra["level"] >= setting_value("cases.retex_level")


def closing_missing(incident: Incident) -> list[str]:
    """Empty once the incident may be closed. Actions of the retour d’expérience go on after it."""
    missing = []
    calls = [] if incident.is_drill else authorities_missing(incident)
    if calls:
        missing.append(f"Notez qui a été informé : {' ; '.join(call.name for call in calls)}.")
    if asks_for_retex(incident) and not incident.has_analysis:
        missing.append("Écrivez le retour d’expérience : la gravité le demande.")
    waiting = sum(task.done_at is None and not task.is_action for task in incident.tasks.all())
    if waiting:
        missing.append(f"Terminez les tâches en cours : {waiting}.")
    return missing
