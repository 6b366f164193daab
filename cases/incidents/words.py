"""How pages say an incident, to whoever follows it and to the service in charge."""

from django.urls import reverse

from cases.common.words import item, known, moment, soon
from cases.enums import IncidentState
from cases.incidents.models.declared import Incident, IncidentDetail
from cases.incidents.models.followed import EventKind
from cases.incidents.selectors import OfCharge

INCIDENT_STATES = {
    IncidentState.DECLARED: ("Déclarée", "warning"),
    IncidentState.ACKNOWLEDGED: ("Prise en compte", "info"),
    IncidentState.CLOSED: ("Close", "neutral"),
}
EVENT_TONES = {EventKind.SUSPENDED: "warning", EventKind.REOPENED: "warning", EventKind.CLOSED: "neutral"}


DRILL = "Exercice annuel, aucun enfant concerné"


def incident_line(incident: Incident) -> dict:
    label, tone = INCIDENT_STATES[IncidentState(incident.state)]
    return {
        "label": incident.reference,
        "url": reverse("cases:incident", args=[incident.pk]),
        "hint": DRILL
        if incident.is_drill
        else f"{incident.incident_type.label} · gravité : {incident.severity.label.lower()}",
        "due": f"déclarée le {soon(incident.declared_at)}",
        "badge_label": label,
        "badge_tone": tone,
    }


def charge_line(incident: Incident) -> dict:
    return incident_line(incident) | {"url": reverse("cases:incident_charge", args=[incident.pk])}


def charge_summary(incident: Incident, held: OfCharge) -> list[dict]:
    """What a notice to the service in charge says; the facts are told by the coordination, never shown."""
    label, tone = INCIDENT_STATES[IncidentState(incident.state)]
    return known(
        [
            {"label": "État", "value": label, "badge_tone": tone},
            item("Mineurs que vous suivez", ", ".join(held.minors)),
            item("Type", incident.incident_type.label),
            item("Gravité", incident.severity.label),
            item("Survenu", moment(incident.occurred_at)),
            item("Constaté", moment(incident.noticed_at)),
            item("Déclaré", moment(incident.declared_at)),
            item("Votre service a été prévenu", moment(held.told_at) if held.told_at else "Pas encore noté"),
        ]
    )


def incident_children(incident: Incident) -> list[str]:
    """References of the children, for who may read their file; « un enfant accueilli » once the stay is over."""
    # A file that the actor does not read is a line without reference: one query says both.
    rows = incident.children.values_list("case__reference", "placement__case__reference")
    found = [own or housed for own, housed in rows]
    known, hidden = sorted(filter(None, found)), found.count(None)
    return [*known, *(["un enfant accueilli"] if hidden == 1 else [f"{hidden} enfants accueillis"] if hidden else [])]


def incident_summary(incident: Incident) -> list[dict]:
    label, tone = INCIDENT_STATES[IncidentState(incident.state)]
    detail = getattr(incident, "detail", None) or IncidentDetail()
    return known(
        [
            {"label": "État", "value": label, "badge_tone": tone},
            item("Type", incident.incident_type.label),
            item("Gravité", incident.severity.label),
            item("Survenu", moment(incident.occurred_at)),
            item("Constaté", moment(incident.noticed_at)),
            item("Déclaré", moment(incident.declared_at)),
            item("Structure", detail.structure_named if incident.is_from_outside else None),
            item("Lecture", _readers(incident)),
            item("Enfants concernés", ", ".join(incident_children(incident))),
            item("Les faits", detail.narrative),
            item("Mesures prises", detail.measures),
        ]
    )


def _readers(incident: Incident) -> str:
    if incident.is_confidential:
        return "Déclarant et coordination seulement"
    if incident.service_id:
        return "Structure, service qui a déclaré et coordination ; les pièces de la structure restent hors du service"
    return "Structure et coordination"


def incident_events(incident: Incident) -> list[dict]:
    """The time line, as far as the actor reads it."""
    return [
        {
            "title": event.words or event.get_kind_display().capitalize(),
            "at": event.at,
            "tone": EVENT_TONES.get(event.kind, "info"),
        }
        for event in incident.events.all()
    ]
