"""Examples for the first screens that a newcomer opens: incidents, an alert, proofs, tables, a contact at the State.

Draws nothing, and enters no request, stay nor training: the figures of the network stay what they are.
"""

import datetime as dt
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from cases.incidents.authorities.selectors import authorities_missing
from cases.incidents.authorities.services import authority_tell
from cases.incidents.services.declaring import Declaration, incident_acknowledge, incident_declare
from cases.models import Incident, Placement
from cms.demo.network import Network
from cms.demo.plan import PARIS
from cms.demo.visits import PROOF
from cms.kit.papers import pdf_write
from cms.partners.enums import PartnerKind
from cms.partners.models import Partner
from cms.partners.people.services import contact_add
from cms.users.models import User
from cms.wall import scope
from dashboards.tables.services import table_save
from referentiel.assessments.services import evidence_add
from referentiel.models import Assessment

CHILDREN = 2
PROOFS = (("E1.7", "Lettre de mission du référent", 240), ("E1.8", "Calendrier des supervisions", None))
"""Exigence, what the proof is, days that it still holds."""
TABLES: tuple[dict[str, Any], ...] = (
    {
        "title": "Première réponse, par urgence et mois",
        "data": "I1",
        "rows_by": "by_month",
        "columns_by": "by_urgency",
        "measure": "delay",
        "is_shared": True,
        "is_pinned": True,
    },
    {"title": "Orientations par région d’origine", "data": "I2", "rows_by": "by_origin_region", "is_shared": True},
)


def examples_load(*, network: Network, now: dt.datetime) -> None:
    """Write the examples: after everything else, before the figures of the half-year are closed, which end earlier."""
    _incidents(network, now)
    _alert(network, now)
    _proofs(network, now)
    by = network.coordination
    with scope.acting(by):
        for facts in TABLES:
            table_save(user=by, **facts)
        contact_add(
            partner=Partner.objects.get(kind=PartnerKind.STATE),
            name="Secrétariat du bureau",
            position="Bureau de la protection des mineurs",
            email="bureau@etat.example",
        )


def _incidents(network: Network, now: dt.datetime) -> None:
    """At the structure that the guide opens; and where two children of two départements live, if that is elsewhere."""
    by, first = network.coordination, network.structures[0]
    children = _children(by, first, now)
    _incident(network, first, network.accounts["educator-a"], children, now - dt.timedelta(hours=20))
    if len(children) < CHILDREN:
        for structure in network.structures[1:]:
            if len(children := _children(by, structure, now)) == CHILDREN:
                _incident(network, structure, network.members[structure], children, now - dt.timedelta(hours=44))
                return


def _children(by: User, structure: Partner, now: dt.datetime) -> list[Placement]:
    """Stays that go on, of different départements: each has a service of its own to tell."""
    with scope.acting(by):
        stays = Placement.objects.filter(partner=structure).present_on(now.astimezone(PARIS).date()).confirmed()
        by_origin = {stay.case.origin_id: stay for stay in stays.select_related("case").order_by("arrived_on")}
        return [stay for origin, stay in by_origin.items() if origin][:CHILDREN]


def _incident(
    network: Network, structure: Partner, teller: User, placements: list[Placement], noticed_at: dt.datetime
) -> None:
    """Followed by the coordination, told to one authority out of several, without its proof."""
    by = network.coordination
    with scope.acting(teller):
        incident = incident_declare(
            Declaration(
                partner=structure,
                incident_type_id="type_incident:CONT",
                severity_id="gravite:G3",
                occurred_at=noticed_at - dt.timedelta(minutes=40),
                noticed_at=noticed_at,
                narrative="Un adulte a abordé des jeunes à la sortie du lycée et demandé leur numéro (fictif).",
                measures="Trajets accompagnés, règle des téléphones revue avec eux (fictif).",
                placements=placements,
                declared_at=noticed_at + dt.timedelta(minutes=35),
            ),
            declared_by=teller,
        )
    with scope.acting(by):
        incident_acknowledge(incident=incident, by=by, at=noticed_at + dt.timedelta(minutes=50))
        _tell_first(incident, by, noticed_at + dt.timedelta(hours=1))


def _tell_first(incident: Incident, by: User, at: dt.datetime) -> None:
    """Without its proof: whoever opens the page adds it."""
    call = next(iter(authorities_missing(incident)), None)
    if call:
        authority_tell(
            incident=incident,
            authority_id=call.authority.pk,
            ase_authority_id=call.ase_ids[0] if call.is_of_one else None,
            channel_id="canal:TEL",
            told_at=at,
            told_by=by,
            note="Permanence (fictif).",
        )


def _alert(network: Network, now: dt.datetime) -> None:
    """In confidence, by somebody who does not know the list of structures: the coordination says which one it is."""
    teller = network.accounts["gendarme"]
    with scope.acting(teller):
        alert = incident_declare(
            Declaration(
                incident_type_id="type_incident:MAL",
                occurred_at=now - dt.timedelta(days=3),
                noticed_at=now - dt.timedelta(days=2, hours=4),
                narrative="Une adolescente entendue en audition dit être enfermée dans sa chambre le soir (fictif).",
                structure_named="Le lieu où elle dort depuis septembre (fictif)",
                declared_at=now - dt.timedelta(days=2, hours=3),
            ),
            declared_by=teller,
        )
    with scope.acting(network.coordination):
        incident_acknowledge(incident=alert, by=network.coordination, at=now - dt.timedelta(days=2, hours=2))


def _proofs(network: Network, now: dt.datetime) -> None:
    director = network.members[network.structures[0]]
    today = now.astimezone(PARIS).date()
    with scope.acting(director):
        assessment = Assessment.objects.get(partner=network.structures[0])
        for code, title, days in PROOFS:
            evidence_add(
                assessment=assessment,
                code=code,
                title=title,
                file=SimpleUploadedFile("preuve.pdf", pdf_write(PROOF, {"title": title}), "application/pdf"),
                valid_until=today + dt.timedelta(days=days) if days else None,
                by=director,
            )
