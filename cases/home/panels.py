"""What waits for requesters and structures on their home page, and their entries of navigation."""

from collections.abc import Mapping

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from cases.arrival.enums import Party
from cases.arrival.portal.payers import payer_line
from cases.arrival.selectors import authorities_of_actor, linkings_of_authorities, linkings_to_agree
from cases.arrival.words import linking_line
from cases.circuit.selectors import steps_of_requester
from cases.circuit.words import step_lines
from cases.common.policies import DECLARES, TEAM
from cases.common.settings import on_call_phone
from cases.enums import IncidentState
from cases.home.portal import stop_words, task_lines
from cases.home.selectors import standings_stopped
from cases.incidents.models.declared import Incident
from cases.matching.selectors.places import places_by_structure
from cases.proposals.models import Proposal
from cases.proposals.selectors import proposals_waiting
from cases.proposals.words import proposal_line
from cases.requests.models import Sollicitation
from cases.requests.selectors import sollicitations_of_requester
from cases.requests.words import outcome_line, request_line
from cases.stays.models import Placement
from cases.stays.selectors import placements_opened_to_requester
from cases.stays.words import stay_outcomes
from cms.navigation.key_figures import KeyFigure
from cms.navigation.registry import nav_register, panel_register
from cms.partners.models import Partner
from cms.users.roles import ANSWERS, Role
from cms.wall.scope import Scope

LATEST = 5


def _requester(current: Scope) -> dict:
    stays = list(placements_opened_to_requester().exclude(confirmed_at=None)[:LATEST])
    return {
        "title": "Un mineur victime à mettre à l’abri ?",
        "text": "Trois minutes suffisent. La coordination vous rappelle dans le délai que vous choisissez.",
        "action": "Demander un accueil",
        "to_do": [linking_line(linking) for linking in linkings_to_agree(Party.REQUESTER)]
        + step_lines(list(steps_of_requester()[:LATEST])),
        "latest": "Mes dernières demandes",
        "all": "Toutes mes demandes",
        "none": "Aucune demande en cours",
        "items": [request_line(sollicitation) for sollicitation in sollicitations_of_requester()[:LATEST]],
        "stays": stay_outcomes(stays),
    }


def _authority(current: Scope) -> dict:
    """Return what waits for an ASE authority; nothing for other services."""
    codes = authorities_of_actor()
    waiting = linkings_of_authorities(codes, is_waiting=True)[:LATEST] if codes else ()
    return {"items": [payer_line(linking) for linking in waiting] if codes else None}


def _transmitter(current: Scope) -> dict:
    return {
        "title": "Un mineur vous inquiète ?",
        "text": "Transmettez ce que vous savez : la coordination prend le relais et vous dira la suite donnée.",
        "action": "Transmettre une inquiétude",
        "latest": "Mes dernières transmissions",
        "all": "Toutes mes transmissions",
        "none": "Aucune transmission en cours",
        "items": [outcome_line(sollicitation) for sollicitation in sollicitations_of_requester()[:LATEST]],
    }


def _to_do(current: Scope) -> dict:
    return {
        "stops": [stop_words(standing) for standing in standings_stopped()],
        "on_call_phone": on_call_phone(),
        "items": [proposal_line(proposal) for proposal in proposals_waiting()] + task_lines(),
    }


def _team(current: Scope) -> dict:
    return {}


def _structure_counts(current: Scope) -> dict[str, QuerySet]:
    today = timezone.localdate()
    houses = current.partners_as(Role.STRUCTURE_DIRECTOR)
    stays = Placement.objects.filter(partner_id__in=houses)
    return {
        "waiting": Proposal.objects.pending().filter(partner_id__in=houses),
        "present": stays.present_on(today),
        "arrived": stays.confirmed().arrived_between(today.replace(month=1, day=1), today),
        "incidents": Incident.objects.filter(partner_id__in=houses).exclude(state=IncidentState.CLOSED),
    }


def _structure_figures(current: Scope, counts: Mapping[str, int]) -> dict:
    stays_url, since = reverse("cases:stays"), "depuis le 1er janvier"
    houses = Partner.objects.filter(pk__in=current.partners_as(Role.STRUCTURE_DIRECTOR))
    places = places_by_structure(houses).values()
    return {
        "figures": [
            KeyFigure(
                "Propositions à lire",
                counts["waiting"],
                reverse("cases:proposals"),
                "Fiches envoyées à votre structure qui attendent encore votre réponse.",
            ),
            KeyFigure(
                "Jeunes accueillis",
                counts["present"],
                stays_url,
                "Séjours de votre structure en cours aujourd’hui, arrivée confirmée ou non.",
            ),
            KeyFigure(
                "Places libres",
                sum(house.free for house in places),
                reverse("cases:places"),
                "Places ouvertes aujourd’hui, moins celles qui sont occupées, retenues par une proposition, ou dites "
                "empêchées par vous.",
                f"sur {sum(house.opened for house in places)}",
            ),
            KeyFigure(
                "Arrivées de l’année",
                counts["arrived"],
                stays_url,
                "Séjours dont vous avez confirmé l’arrivée, à la date de l’arrivée.",
                since,
            ),
            KeyFigure(
                "Situations ouvertes",
                counts["incidents"],
                reverse("cases:incidents"),
                "Situations préoccupantes de votre structure pas encore closes, sans celles déclarées en confiance.",
            ),
        ]
    }


def _requester_counts(current: Scope) -> dict[str, QuerySet]:
    today = timezone.localdate()
    mine = Sollicitation.objects.filter(requester_id__in=current.partners_as(Role.REQUESTER))
    return {
        "asked": mine.received_between(today.replace(month=1, day=1), today),
        "open": mine.open(),
        "unanswered": mine.open().filter(first_answered_at=None),
        "housed": placements_opened_to_requester().exclude(confirmed_at=None).filter(ended_on=None),
    }


def _requester_figures(current: Scope, counts: Mapping[str, int]) -> dict:
    url = reverse("cases:requests")
    return {
        "figures": [
            KeyFigure(
                "Demandes de l’année",
                counts["asked"],
                url,
                "Demandes de votre service reçues par la coordination, à la date de réception.",
                "depuis le 1er janvier",
            ),
            KeyFigure("Demandes en cours", counts["open"], url, "Demandes de votre service qui ne sont pas closes."),
            KeyFigure(
                "Sans première réponse",
                counts["unanswered"],
                url,
                "Demandes en cours auxquelles la coordination n’a pas encore répondu.",
            ),
            KeyFigure(
                "Mineurs accueillis",
                counts["housed"],
                url,
                "Séjours en cours des mineurs que vous suivez, quand la suite vous en est ouverte.",
            ),
        ]
    }


def register() -> None:
    nav_register("Demander un accueil", "cases:request_new", order=10, roles=(Role.REQUESTER,))
    nav_register("Transmettre une inquiétude", "cases:request_new", order=10, roles=(Role.TRANSMITTER,))
    nav_register("Mes demandes", "cases:requests", order=11, roles=(Role.REQUESTER,))
    nav_register("Mes transmissions", "cases:requests", order=11, roles=(Role.TRANSMITTER,))
    nav_register("Propositions", "cases:proposals", order=12, roles=ANSWERS)
    nav_register("Places", "cases:places", order=13, roles=ANSWERS)
    nav_register("Séjours", "cases:stays", order=14, roles=TEAM)
    nav_register("Situations préoccupantes", "cases:incidents", order=15, roles=DECLARES)
    panel_register("cases/home/requester.html", _requester, order=10, roles=(Role.REQUESTER,))
    panel_register("cases/home/authority.html", _authority, order=9, roles=(Role.REQUESTER,))
    panel_register("cases/home/requester.html", _transmitter, order=11, roles=(Role.TRANSMITTER,))
    panel_register("cases/home/structure.html", _to_do, order=10, roles=ANSWERS)
    figures = "cases/home/figures.html"
    directs, asks = (Role.STRUCTURE_DIRECTOR,), (Role.REQUESTER,)
    panel_register(figures, _structure_figures, order=12, roles=directs, counts=_structure_counts)
    panel_register(figures, _requester_figures, order=13, roles=asks, counts=_requester_counts)
    panel_register("cases/home/team.html", _team, order=40, roles=TEAM)
