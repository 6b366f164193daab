"""Words of the portal for a request: its line, its summary, its events."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, Protocol

from django.urls import reverse

from cases.common.words import YES_NO, day, item, known, moment, place, soon, years
from cases.enums import MessageKind, SollicitationState
from cases.extra.selectors import extra_rows
from cases.requests.models import Sollicitation, SollicitationDetail
from cases.requests.tonight.words import tonight_rows
from cms.columns.rules.columns import Target, target_register
from cms.kit.constraints import sentence_register
from cms.kit.words import actions_register

REQUEST_STATES = {
    SollicitationState.RECEIVED: ("Reçue", "info"),
    SollicitationState.IN_CHARGE: ("Suivie par la coordination", "info"),
    SollicitationState.ORIENTED: ("Orientation décidée", "success"),
    SollicitationState.CLOSED: ("Close", "neutral"),
}
MESSAGE_TONES = {
    MessageKind.MORE: "warning",
    MessageKind.ADVICE: "info",
    MessageKind.REPLY: "neutral",
    MessageKind.NEWS: "info",
}
MESSAGE_TITLES = {
    MessageKind.MORE: "Complément demandé par la coordination",
    MessageKind.ADVICE: "Avis rendu par la coordination",
    MessageKind.REPLY: "Message de votre service",
    MessageKind.NEWS: "Nouvelle de la coordination",
}
ACTIONS = {
    "cases.sollicitation.send": "demande reçue",
    "cases.sollicitation.take": "demande prise en charge",
    "cases.sollicitation.place": "lieu obtenu ou perdu",
    "cases.sollicitation.correct": "demande corrigée",
    "cases.sollicitation.forms": "formes d’exploitation changées",
    "cases.sollicitation.link": "demande rattachée à une situation",
    "cases.sollicitation.orient": "demande orientée",
    "cases.sollicitation.orientation_cancelled": "orientation de la demande annulée",
    "cases.sollicitation.close": "demande close",
    "cases.sollicitation.ask": "complément demandé",
    "cases.sollicitation.advise": "avis rendu",
    "cases.sollicitation.write": "message échangé avec le service",
    "cases.sollicitation.group": "fratrie regroupée",
    "cases.sollicitation.shelter": "mise à l’abri notée",
    "cases.unverified.send": "demande envoyée sans compte",
    "cases.unverified.call": "standard de l’unité appelé",
    "cases.unverified.decide": "demande sans compte vérifiée ou écartée",
    "cases.sollicitation.receipt": "accusé de réception consulté",
}
"""Labels of the actions of the journal."""
SENTENCES = {
    "sollicitation_idempotency_key_key": "Cet envoi est déjà arrivé. Rechargez la page.",
    "sollicitation_relance_same_service": "Une relance vient du même service que la première demande.",
    "sollicitation_case_of_orientations": "Cette sollicitation a déjà conduit à une orientation de ce mineur.",
    "sollicitation_safe_after_reception": "Le mineur serait en sécurité jusqu’à une heure qui précède la demande.",
    "unverified_called_back": "Cette demande se décide une seule fois, après un appel au standard de l’unité.",
}
"""Messages of the constraints, the same whether the conflicting row may be seen or not."""


class Stay(Protocol):
    """What the pages of a request say of a stay that followed it."""

    arrived_at: dt.datetime
    ended_on: dt.date | None


def register() -> None:
    target_register("cases.Sollicitation", Target(("reference",)))
    actions_register(ACTIONS)
    sentence_register(**SENTENCES)


def request_line(sollicitation: Sollicitation) -> dict[str, Any]:
    label, tone = REQUEST_STATES[SollicitationState(sollicitation.state)]
    return {
        "label": sollicitation.reference,
        "url": reverse("cases:request", args=[sollicitation.pk]),
        "hint": sollicitation.urgency.label,
        "due": f"reçue le {soon(sollicitation.received_at)}",
        "badge_label": label,
        "badge_tone": tone,
    }


def outcome_line(sollicitation: Sollicitation) -> dict[str, Any]:
    """Return the line of who only transmitted: the outcome, without the steps."""
    is_closed = sollicitation.state == SollicitationState.CLOSED
    state = {"badge_label": "Suite donnée" if is_closed else "Reçue", "badge_tone": "neutral" if is_closed else "info"}
    return request_line(sollicitation) | state


def request_events(sollicitation: Sollicitation, stays: Iterable[Stay]) -> list[dict[str, Any]]:
    """List what happened since the request, without any place or structure."""
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


def request_messages(sollicitation: Sollicitation) -> list[dict[str, Any]]:
    """List what the coordination and the service wrote to each other, the last first."""
    return [
        {
            "title": MESSAGE_TITLES[MessageKind(message.kind)],
            "at": message.written_at,
            "text": message.text,
            "tone": MESSAGE_TONES[MessageKind(message.kind)],
        }
        for message in sollicitation.messages.order_by("-written_at")
    ]


def request_summary(sollicitation: Sollicitation) -> list[dict[str, Any]]:
    forms = sorted(sollicitation.forms.all(), key=lambda form: not form.is_main)
    detail = getattr(sollicitation, "detail", None) or SollicitationDetail()
    return known(
        [
            item("Urgence", sollicitation.urgency.label),
            item("Sexe", sollicitation.sex and sollicitation.sex.label),
            item("Âge à la réception", years(sollicitation.age_at_reception)),
            item("Département où se trouve le mineur", place(sollicitation.current_place)),
            item("Département où l’exploitation a lieu", place(sollicitation.exploitation_place)),
            item("Formes présumées, la principale d’abord", "\n".join(form.form.label for form in forms)),
            *(item(label, value) for label, value in tonight_rows(sollicitation)),
            item("En sécurité jusqu’à", sollicitation.safe_until and moment(sollicitation.safe_until)),
            item("Droits des victimes étrangères", sollicitation.rights_told and "Information remise"),
            item("Département d’origine", place(sollicitation.origin)),
            item("Zone de nationalité", sollicitation.nationality_zone and sollicitation.nationality_zone.label),
            item("Mineur non accompagné", YES_NO[sollicitation.is_unaccompanied]),
            item("Suivi antérieur", sollicitation.prior_follow_up and sollicitation.prior_follow_up.label),
            item("Qui a repéré la situation", sollicitation.detected_by and sollicitation.detected_by.label),
            item("Personne à rappeler", f"{detail.callback_name}\n{detail.callback_phone}".strip()),
            item("Ce qu’il faut savoir", detail.narrative),
            *(item(label, value) for label, value in extra_rows(getattr(sollicitation, "extra_shown", []))),
        ]
    )


def sibling_lines(rows: Iterable[Sollicitation]) -> list[dict[str, Any]]:
    """Return the lines of the requests of brothers and sisters, each with its own page."""
    return [
        {
            "label": row.reference,
            "url": reverse("cases:request", args=[row.pk]),
            "hint": ", ".join(part for part in (row.sex and row.sex.label, years(row.age_at_reception)) if part),
        }
        for row in rows
    ]
