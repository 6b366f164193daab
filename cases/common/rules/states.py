"""Allowed changes of state: `{(state, verb): state}`. What is absent is refused."""

from django.core.exceptions import ValidationError

from cases.enums import IncidentState, SollicitationState

RECEIVED, IN_CHARGE, ORIENTED, CLOSED = SollicitationState

SOLLICITATION: dict[tuple[str, str], SollicitationState] = {
    (RECEIVED, "take"): IN_CHARGE,
    (RECEIVED, "correct"): RECEIVED,
    (RECEIVED, "link"): RECEIVED,
    (RECEIVED, "orient"): ORIENTED,
    (RECEIVED, "close"): CLOSED,
    (RECEIVED, "ask"): IN_CHARGE,
    (RECEIVED, "advise"): CLOSED,
    (IN_CHARGE, "correct"): IN_CHARGE,
    (IN_CHARGE, "link"): IN_CHARGE,
    (IN_CHARGE, "orient"): ORIENTED,
    (IN_CHARGE, "close"): CLOSED,
    (IN_CHARGE, "ask"): IN_CHARGE,
    (IN_CHARGE, "advise"): CLOSED,
    (ORIENTED, "correct"): ORIENTED,
    (ORIENTED, "orient"): ORIENTED,
    (ORIENTED, "cancel_orientation"): IN_CHARGE,
    (ORIENTED, "close"): CLOSED,
    (ORIENTED, "ask"): ORIENTED,
}
"""A sollicitation. `cancel_orientation` is asked only when no other orientation of it holds."""

INCIDENT: dict[tuple[str, str], IncidentState] = {
    (IncidentState.DECLARED, "acknowledge"): IncidentState.ACKNOWLEDGED,
    (IncidentState.DECLARED, "rate"): IncidentState.DECLARED,
    (IncidentState.ACKNOWLEDGED, "rate"): IncidentState.ACKNOWLEDGED,
    (IncidentState.ACKNOWLEDGED, "close"): IncidentState.CLOSED,
    (IncidentState.CLOSED, "reopen"): IncidentState.ACKNOWLEDGED,
}


def sollicitation_after(state: str, verb: str) -> SollicitationState:
    """Return the next state; raise `ValidationError` when a sollicitation in this state refuses the verb."""
    if (state, verb) not in SOLLICITATION:
        raise _refused(SollicitationState(state).label)
    return SOLLICITATION[state, verb]


def incident_after(state: str, verb: str) -> IncidentState:
    """Return the next state; raise `ValidationError` when an incident in this state refuses the verb."""
    if (state, verb) not in INCIDENT:
        raise _refused(IncidentState(state).label)
    return INCIDENT[state, verb]


def _refused(label: str) -> ValidationError:
    return ValidationError(f"Cette fiche est « {label} » : cette action n’est pas possible.", code="state")
