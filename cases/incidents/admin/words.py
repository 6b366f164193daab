"""The states of an incident, as pills: its file and its list show the same."""

import datetime as dt
from collections.abc import Iterator

from cases.common.admin.words import time_left
from cases.common.words import minor_words
from cases.enums import IncidentState
from cases.incidents.models.declared import Incident
from cases.incidents.rules import acknowledge_due_at
from cms.kit.blocks import Badge

TONES = {IncidentState.DECLARED: "warning", IncidentState.ACKNOWLEDGED: "info"}


def incident_badges(row: Incident, *, at: dt.datetime) -> Iterator[Badge]:
    """Give the state, and what is left to take the declaration in charge."""
    state = IncidentState(row.state)
    yield Badge(state.label, TONES.get(state, "neutral"))
    due_at = acknowledge_due_at(row.severity, row.declared_at)
    if state == IncidentState.DECLARED and due_at:
        yield Badge(f"Prise en compte : {time_left(due_at, at)}", "danger" if due_at < at else "warning")


def incident_label(row: Incident) -> str:
    """Return the type; a drill says so, or by its type it would pass for the gravest incident."""
    return "Exercice annuel" if row.is_drill else str(row.incident_type)


def incident_minor(row: Incident) -> str:
    """Return who the incident is about, « Fille, 16 ans »; empty when it is about nobody of the network's."""
    return minor_words(row.placement.case.sex_id, row.placement.age_at_arrival) if row.placement else ""
