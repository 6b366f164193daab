"""Signatures: all directors but two sign the référentiel, most the circuit; the demo's director A has both to sign."""

import datetime as dt
from typing import cast

from cms.demo.network import Network
from cms.demo.plan import PARIS
from cms.documents.enums import DocumentKind
from cms.documents.models import DocumentVersion
from cms.documents.signatures.services.readings import part_read
from cms.documents.signatures.services.signatures import acknowledgement_sign
from cms.documents.versions.selectors import chapters_of_version, version_in_force
from cms.partners.models import Partner
from cms.wall import scope

CIRCUIT_LEFT = 12
"""Structures that have not signed the circuit of incidents yet, the demo's own first one among them."""


def signatures_load(*, network: Network, now: dt.datetime) -> None:
    _sign(network, DocumentKind.REFERENTIEL, network.structures[1:-1], now)
    _sign(network, DocumentKind.INCIDENT_CIRCUIT, network.structures[1 : 1 - CIRCUIT_LEFT], now)


def _sign(network: Network, kind: DocumentKind, structures: list[Partner], now: dt.datetime) -> None:
    with scope.acting(network.coordination):
        version = cast(DocumentVersion, version_in_force(kind, now.date()))
    for structure in structures:
        director = network.members[structure]
        with scope.acting(director):
            for chapter in chapters_of_version(version):
                part_read(version=version, chapter=chapter, by=director, at=_day(structure, version))
            acknowledgement_sign(
                version=version,
                partner=structure,
                signed_by=director,
                position=director.position,
                at=_day(structure, version),
            )


def _day(structure: Partner, version: DocumentVersion) -> dt.datetime:
    """Return a day some weeks after the structure entered the network, and after the version took effect."""
    day = max(structure.opened_on + dt.timedelta(days=45), version.effective_on + dt.timedelta(days=12))
    return dt.datetime.combine(day, dt.time(11), PARIS)
