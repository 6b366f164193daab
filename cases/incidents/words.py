"""How pages say an incident, to whoever follows it and to the service in charge."""

from typing import Any

from django.urls import reverse
from django.utils.text import Truncator

from cases.common.words import item, known, moment, soon
from cases.enums import IncidentState
from cases.incidents.enums import EventKind
from cases.incidents.models.declared import Incident, IncidentDetail
from cases.incidents.selectors import ChargeNotice
from cms.columns.rules.columns import Target, target_register
from cms.kit.constraints import sentence_register
from cms.kit.words import actions_register

INCIDENT_STATES = {
    IncidentState.DECLARED: ("Déclarée", "warning"),
    IncidentState.ACKNOWLEDGED: ("Prise en compte", "info"),
    IncidentState.CLOSED: ("Close", "neutral"),
}
EVENT_TONES = {EventKind.SUSPENDED: "warning", EventKind.REOPENED: "warning", EventKind.CLOSED: "neutral"}
DRILL = "Exercice annuel, aucun enfant concerné"


ACTIONS = {
    "cases.severity_targets.change": "délais des incidents changés",
    "cases.incident.declare": "incident déclaré",
    "cases.incident.receipt": "accusé de déclaration consulté",
    "cases.incident.acknowledge": "incident pris en compte",
    "cases.incident.tell": "autorité informée",
    "cases.incident.charge": "incident d’un mineur suivi consulté",
    "cases.incident.proof": "justificatif ajouté après l’information d’une autorité",
    "cases.incident.attach": "structure d’une déclaration en confiance reconnue",
    "cases.runaway.source": "origine d’une fugue précisée",
    "cases.runaway.follow": "fugue rattachée au séjour",
    "cases.runaway.notice": "avis de fugue préparé",
    "cases.runaway.return": "retour de fugue écrit",
    "cases.runaway.delay": "délai de fugue d’un département changé",
    "cases.incident.report": "signalement à l’autorité préparé",
    "cases.incident.waive_authority": "destinataire écarté, avec un motif",
    "cases.incident.close": "incident clos",
    "cases.incident.rate": "gravité d’un incident changée",
    "cases.incident.note": "ligne ajoutée au suivi d’un incident",
    "cases.incident.task": "tâche d’un incident ajoutée",
    "cases.incident.task_done": "tâche d’un incident faite",
    "cases.incident.retex": "retour d’expérience écrit",
    "cases.incident.cause": "cause d’un incident notée",
    "cases.incident.analysed": "retour d’expérience fait",
    "cases.incident.reopen": "incident rouvert",
    "cases.incident.pair": "deux déclarations rapprochées ou distinguées",
}
"""What the actions of the journal are called on the screens."""
SENTENCES = {
    "authoritywaiver_once": "Ce destinataire est déjà écarté.",
    "incident_same_partner": "Ce séjour se passe dans une autre structure.",
    "incidenttask_frozen": "Cette tâche ne se modifie plus ainsi.",
    "incidentpair_once": "Quelqu’un a déjà répondu pour ces deux déclarations.",
    "incident_from_outside_is_confidential": "Choisissez la structure, ou déclarez en confiance en la nommant.",
    "incident_drill_never_counts": "Un exercice ne compte pas dans les chiffres.",
}
"""What the constraints say to people, the same whether the row in the way may be seen or not."""


LONGEST_TITLE = 90


def register() -> None:
    target_register("cases.Incident", Target(("reference",)))
    actions_register(ACTIONS)
    sentence_register(**SENTENCES)


def clause_words(code: str, content: dict[str, Any]) -> str:
    """Return an exigence by its first words, or a module by its title, after the code."""
    title = content.get("title") or content.get("text") or ""
    return f"{code} : {Truncator(title).chars(LONGEST_TITLE)}" if title else code


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


def charge_summary(incident: Incident, notice: ChargeNotice) -> list[dict]:
    """Return what a notice to the service in charge says. The coordination tells the facts by telephone."""
    label, tone = INCIDENT_STATES[IncidentState(incident.state)]
    return known(
        [
            {"label": "État", "value": label, "badge_tone": tone},
            item("Mineurs que vous suivez", ", ".join(notice.minors)),
            item("Type", incident.incident_type.label),
            item("Gravité", incident.severity.label),
            item("Survenu", moment(incident.occurred_at)),
            item("Constaté", moment(incident.noticed_at)),
            item("Déclaré", moment(incident.declared_at)),
            item("Votre service a été prévenu", moment(notice.told_at) if notice.told_at else "Pas encore noté"),
        ]
    )


def incident_children(incident: Incident) -> list[str]:
    """Return references of the children whose file the actor reads; « un enfant accueilli » for the others."""
    # A file that the actor does not read is a line without reference: one query says both.
    rows = incident.children.values_list("case__reference", "placement__case__reference")
    references = [own or housed for own, housed in rows]
    readable = sorted(reference for reference in references if reference is not None)
    hidden = len(references) - len(readable)
    return [
        *readable,
        *(["un enfant accueilli"] if hidden == 1 else [f"{hidden} enfants accueillis"] if hidden else []),
    ]


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
    """Return the events of the incident that the actor may read."""
    return [
        {
            "title": event.words or event.get_kind_display().capitalize(),
            "at": event.at,
            "tone": EVENT_TONES.get(EventKind(event.kind), "info"),
        }
        for event in incident.events.all()
    ]
