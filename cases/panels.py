"""What waits for requesters and structures on their home page, and their entries of navigation."""

from cases.circuit.selectors import steps_of_requester
from cases.linking.selectors import authorities_of_actor, linkings_of_authorities, linkings_to_agree
from cases.models import Party
from cases.selectors import (
    placements_opened_to_requester,
    proposals_waiting,
    request_references,
    sollicitations_of_requester,
)
from cases.views.common import DECLARES, TEAM
from cases.views.follow_up import step_lines
from cases.views.lines import linking_line, outcome_line, proposal_line, request_line, stay_outcomes
from cases.views.payers import payer_line
from cases.views.to_do import task_lines
from cms.access.panels import nav_register, panel_register
from cms.access.scope import Scope
from cms.users.roles import Role

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
        "stays": stay_outcomes(stays, request_references(stays)) if stays else [],
    }


def _authority(current: Scope) -> dict:
    """Nothing for a service that is not of an ASE authority."""
    codes = authorities_of_actor()
    waiting = linkings_of_authorities(codes).filter(is_agreed=False)[:LATEST] if codes else ()
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
    return {"items": [proposal_line(proposal) for proposal in proposals_waiting()] + task_lines()}


def _team(current: Scope) -> dict:
    return {}


def register() -> None:
    nav_register("Demander un accueil", "cases:request_new", order=10, roles=(Role.REQUESTER,))
    nav_register("Transmettre une inquiétude", "cases:request_new", order=10, roles=(Role.TRANSMITTER,))
    nav_register("Mes demandes", "cases:requests", order=11, roles=(Role.REQUESTER,))
    nav_register("Mes transmissions", "cases:requests", order=11, roles=(Role.TRANSMITTER,))
    nav_register("Propositions", "cases:proposals", order=12, roles=(Role.STRUCTURE_DIRECTOR,))
    nav_register("Places", "cases:places", order=13, roles=(Role.STRUCTURE_DIRECTOR,))
    nav_register("Séjours", "cases:stays", order=14, roles=TEAM)
    nav_register("Situations préoccupantes", "cases:incidents", order=15, roles=DECLARES)
    panel_register("cases/panels/requester.html", _requester, order=10, roles=(Role.REQUESTER,))
    panel_register("cases/panels/authority.html", _authority, order=9, roles=(Role.REQUESTER,))
    panel_register("cases/panels/requester.html", _transmitter, order=11, roles=(Role.TRANSMITTER,))
    panel_register("cases/panels/structure.html", _to_do, order=10, roles=(Role.STRUCTURE_DIRECTOR,))
    panel_register("cases/panels/team.html", _team, order=40, roles=TEAM)
