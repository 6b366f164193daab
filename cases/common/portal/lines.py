"""Rows of the chain as the components of the screen want them: words, tones and dates."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from cases.arrival.models import Linking
from cases.enums import ANSWERS_ACCEPTING, IncidentState, MessageKind, SollicitationState
from cases.extra.selectors import extra_rows
from cases.grid.models import FilledGrid
from cases.incidents.models.declared import Incident, IncidentDetail
from cases.incidents.models.followed import EventKind
from cases.incidents.selectors import OfCharge
from cases.proposals.models import Proposal
from cases.requests.models import Sollicitation, SollicitationDetail
from cases.stays.models import Absence, Placement
from cms.kit.templatetags.french import date
from cms.territory.models import Territory

REQUEST_STATES = {
    SollicitationState.RECEIVED: ("Reçue", "info"),
    SollicitationState.IN_CHARGE: ("Suivie par la coordination", "info"),
    SollicitationState.ORIENTED: ("Orientation décidée", "success"),
    SollicitationState.CLOSED: ("Close", "neutral"),
}
INCIDENT_STATES = {
    IncidentState.DECLARED: ("Déclarée", "warning"),
    IncidentState.ACKNOWLEDGED: ("Prise en compte", "info"),
    IncidentState.CLOSED: ("Close", "neutral"),
}
EVENT_TONES = {EventKind.SUSPENDED: "warning", EventKind.REOPENED: "warning", EventKind.CLOSED: "neutral"}
MESSAGE_TONES = {MessageKind.MORE: "warning", MessageKind.ADVICE: "info", MessageKind.REPLY: "neutral"}
MESSAGE_TITLES = {
    MessageKind.MORE: "Complément demandé par la coordination",
    MessageKind.ADVICE: "Avis rendu par la coordination",
    MessageKind.REPLY: "Message de votre service",
}
YES_NO = {True: "Oui", False: "Non", None: None}


def moment(at) -> str:
    return date(timezone.localtime(at), "j F Y à H:i")


def soon(at) -> str:
    """A moment in few words: the year only when it is not this one."""
    at = timezone.localtime(at)
    return date(at, "j F à H:i" if at.year == timezone.localdate().year else "j F Y à H:i")


def day(on) -> str:
    return date(on, "j F Y")


def item(label: str, value) -> dict:
    return {"label": label, "value": value}


def known(items: list[dict]) -> list[dict]:
    """The lines that say something; a frozen sheet keeps the others, which it shows as unknown."""
    return [line for line in items if line["value"]]


def request_line(sollicitation: Sollicitation) -> dict:
    label, tone = REQUEST_STATES[SollicitationState(sollicitation.state)]
    return {
        "label": sollicitation.reference,
        "url": reverse("cases:request", args=[sollicitation.pk]),
        "hint": sollicitation.urgency.label,
        "due": f"reçue le {soon(sollicitation.received_at)}",
        "badge_label": label,
        "badge_tone": tone,
    }


def outcome_line(sollicitation: Sollicitation) -> dict:
    """The same for who only transmitted: the steps are not theirs to follow."""
    is_closed = sollicitation.state == SollicitationState.CLOSED
    state = {"badge_label": "Suite donnée" if is_closed else "Reçue", "badge_tone": "neutral" if is_closed else "info"}
    return request_line(sollicitation) | state


def request_events(sollicitation: Sollicitation, stays: Iterable[Placement]) -> list[dict]:
    """What happened since the request, without any place nor structure."""
    events = [{"title": "Demande reçue", "at": sollicitation.received_at, "tone": "info"}]
    if sollicitation.first_answered_at:
        events.append({"title": "Première réponse de la coordination", "at": sollicitation.first_answered_at})
    stays = list(stays)
    if sollicitation.state == SollicitationState.ORIENTED:
        text = "" if stays else "La coordination prépare la suite avec vous."
        events.append({"title": "Orientation décidée", "text": text})
    for stay in stays:
        text = f"Terminé le {day(stay.ended_on)}." if stay.ended_on else "Le lieu reste confidentiel."
        events.append({"title": "Accueil effectif", "at": stay.arrived_at, "text": text, "tone": "success"})
    if sollicitation.closed_at:
        events.append({"title": f"Demande close : {sollicitation.outcome}", "at": sollicitation.closed_at})
    return events


def request_messages(sollicitation: Sollicitation) -> list[dict]:
    """What the coordination and the service wrote to each other, the last first."""
    return [
        {
            "title": MESSAGE_TITLES[MessageKind(message.kind)],
            "at": message.written_at,
            "text": message.text,
            "tone": MESSAGE_TONES[MessageKind(message.kind)],
        }
        for message in sollicitation.messages.order_by("-written_at")
    ]


def grid_line(grid: FilledGrid) -> dict:
    """Without its reading: it is opened to be read, not counted in passing."""
    return {
        "label": f"Grille du {moment(grid.filled_at)}",
        "url": reverse("cases:request_grid", args=[grid.sollicitation_id, grid.pk]),
        "hint": f"Remplie par {grid.filled_by}",
    }


def grid_add_url(sollicitation: Sollicitation) -> str:
    if sollicitation.state == SollicitationState.CLOSED:
        return ""
    return reverse("cases:request_grid_new", args=[sollicitation.pk])


def request_summary(sollicitation: Sollicitation) -> list[dict]:
    forms = sorted(sollicitation.forms.all(), key=lambda form: not form.is_main)
    detail = getattr(sollicitation, "detail", None) or SollicitationDetail()
    return known(
        [
            item("Urgence", sollicitation.urgency.label),
            item("Sexe", sollicitation.sex and sollicitation.sex.label),
            item("Âge à la réception", _years(sollicitation.age_at_reception)),
            item("Département où se trouve le mineur", _place(sollicitation.current_place)),
            item("Département où l’exploitation a lieu", _place(sollicitation.exploitation_place)),
            item("Formes présumées, la principale d’abord", "\n".join(form.form.label for form in forms)),
            item("En sécurité jusqu’à", sollicitation.safe_until and moment(sollicitation.safe_until)),
            item("Droits des victimes étrangères", sollicitation.rights_told and "Information remise"),
            item("Département d’origine", _place(sollicitation.origin)),
            item("Zone de nationalité", sollicitation.nationality_zone and sollicitation.nationality_zone.label),
            item("Mineur non accompagné", YES_NO[sollicitation.is_unaccompanied]),
            item("Suivi antérieur", sollicitation.prior_follow_up and sollicitation.prior_follow_up.label),
            item("Qui a repéré la situation", sollicitation.detected_by and sollicitation.detected_by.label),
            item("Personne à rappeler", f"{detail.callback_name}\n{detail.callback_phone}".strip()),
            item("Ce qu’il faut savoir", detail.narrative),
            *(item(label, value) for label, value in extra_rows(getattr(sollicitation, "extra_told", []))),
        ]
    )


def sibling_lines(rows: Iterable[Sollicitation]) -> list[dict]:
    """The requests of brothers and sisters, each with its own page."""
    return [
        {
            "label": row.reference,
            "url": reverse("cases:request", args=[row.pk]),
            "hint": ", ".join(part for part in (row.sex and row.sex.label, _years(row.age_at_reception)) if part),
        }
        for row in rows
    ]


def _place(territory: Territory | None) -> str:
    """A département as the form offers it."""
    return f"{territory.code} – {territory.name}" if territory else ""


def _years(age: int | None) -> str | None:
    return None if age is None else f"{age} ans"


def stay_outcomes(stays: Iterable[Placement]) -> list[dict]:
    """Stays that a grant opens to a requester: an outcome and a day, never a place."""
    return [
        {
            "label": f"Accueil effectif depuis le {day(stay.arrived_on)}",
            "hint": f"Demande {stay.asked}" if stay.asked else "",
            "due": "Le lieu reste confidentiel",
            "badge_label": f"Terminé le {day(stay.ended_on)}" if stay.ended_on else "En cours",
            "badge_tone": "neutral" if stay.ended_on else "success",
        }
        for stay in stays
    ]


def proposal_line(proposal: Proposal) -> dict:
    """The age and sex of the sheet are all that a list tells."""
    is_late = proposal.answer_by < timezone.now()
    sex = (proposal.sheet.get("sex") or {}).get("label", "sexe non précisé").lower()
    return {
        "label": "Répondre à une proposition d’accueil",
        "url": reverse("cases:proposal", args=[proposal.pk]),
        "hint": f"{_years(proposal.sheet.get('age')) or 'Âge inconnu'}, {sex}. Pour {proposal.partner.code_name}.",
        "due": f"avant le {soon(proposal.answer_by)}",
        "badge_label": "Délai dépassé" if is_late else "À répondre",
        "badge_tone": "danger" if is_late else "warning",
    }


def proposal_state(proposal: Proposal) -> dict:
    if proposal.withdrawn_at:
        return {"label": "Retirée", "tone": "neutral", "hint": f"le {moment(proposal.withdrawn_at)}"}
    if proposal.confirmed_at:
        return {"label": "Retenue", "tone": "success", "hint": f"le {moment(proposal.confirmed_at)}"}
    if proposal.answer_id:
        tone = "success" if proposal.answer_id in ANSWERS_ACCEPTING else "neutral"
        return {"label": proposal.answer.label, "tone": tone, "hint": f"le {moment(proposal.answered_at)}"}
    line = proposal_line(proposal)
    return {"label": line["badge_label"], "tone": line["badge_tone"], "hint": f"réponse attendue {line['due']}"}


def sheet_items(sheet: dict) -> list[dict]:
    """The frozen sheet, as it was sent."""
    forms = sorted(sheet.get("forms") or [], key=lambda form: not form.get("is_main"))
    return [
        item("Âge", _years(sheet.get("age"))),
        item("Précision de l’âge", _label(sheet.get("age_precision"))),
        item("Sexe", _label(sheet.get("sex"))),
        item("Formes d’exploitation, la principale d’abord", "\n".join(form["label"] for form in forms)),
        item("Urgence", _label(sheet.get("urgency"))),
        item("Adhésion du jeune", _label(sheet.get("adhesion"))),
        item("Contenance requise", _label(sheet.get("containment"))),
        item("Mineur non accompagné", YES_NO[sheet.get("is_unaccompanied")]),
        item("Besoins", "\n".join(need["label"] for need in sheet.get("needs") or [])),
    ]


def _label(coded: dict | None) -> str | None:
    return coded and coded["label"]


def linking_line(linking: Linking) -> dict:
    return {
        "label": "Donner votre accord à un accueil",
        "url": reverse("cases:linking", args=[linking.pk]),
        "hint": "Le jeune est arrivé par dérogation" if linking.placement_id else "L’arrivée attend cet accord",
        "due": f"mise en lien ouverte le {soon(linking.opened_at)}",
        "badge_label": "À régulariser" if linking.placement_id else "À signer",
        "badge_tone": "danger" if linking.placement_id else "warning",
    }


def stay_line(stay: Placement) -> dict:
    """A stay under way carries the reference of its case; once over, the case is closed to the structure."""
    line = {"url": reverse("cases:stay", args=[stay.pk]), "due": f"depuis le {day(stay.arrived_on)}"}
    if stay.ended_on:
        return line | {
            "label": f"Séjour du {day(stay.arrived_on)} au {day(stay.ended_on)}",
            "due": "",
            "hint": stay.end_reason.label,
        }
    label, tone = stay_state(stay, stay.absences.all())
    return line | {
        "label": stay.case.reference,
        "hint": stay.legal_frame.label,
        "badge_label": label,
        "badge_tone": tone,
    }


def stay_state(stay: Placement, absences: Iterable[Absence]) -> tuple[str, str]:
    if stay.ended_on:
        return "Terminé", "neutral"
    if stay.confirmed_at is None:
        return "Arrivée à confirmer", "warning"
    current = next((absence for absence in absences if absence.ends_on is None), None)
    if current:
        return ("En fugue", "danger") if current.is_runaway else ("Absent", "warning")
    return "Présent", "success"


def stay_summary(stay: Placement) -> list[dict]:
    label, tone = stay_state(stay, stay.absences.all())
    return known(
        [
            {"label": "État", "value": label, "badge_tone": tone},
            item("Arrivée", moment(stay.arrived_at)),
            item("Arrivée confirmée", stay.confirmed_at and moment(stay.confirmed_at)),
            item("Cadre juridique", stay.legal_frame.label),
            item("Fin du cadre juridique", stay.legal_frame_ends_on and day(stay.legal_frame_ends_on)),
            item("Fin du séjour", stay.ended_on and f"{day(stay.ended_on)}, {stay.end_reason.label.lower()}"),
        ]
    )


def absence_events(absences: Iterable[Absence]) -> list[dict]:
    return [
        {
            "title": f"{'Fugue' if absence.is_runaway else 'Absence'} depuis le {day(absence.starts_on)}",
            "text": f"De retour le {day(absence.ends_on)}." if absence.ends_on else "Pas encore de retour.",
            "tone": "neutral" if absence.ends_on else "danger",
        }
        for absence in absences
    ]


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
