"""Directors sign the référentiel, all but two: the demo's own director A has it to do."""

import datetime as dt

from cms.access import scope
from cms.demo.network import Network
from cms.demo.plan import PARIS
from cms.documents.models import DocumentKind, DocumentVersion
from cms.documents.selectors import chapters_of_version, version_in_force
from cms.documents.services import acknowledgement_sign, part_read
from cms.partners.models import Partner


def signatures_load(*, network: Network, now: dt.datetime) -> None:
    with scope.acting(network.coordination):
        version = version_in_force(DocumentKind.REFERENTIEL, now.date())
    for structure in network.structures[1:-1]:
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
    """Some weeks after the structure entered the network, and after the version took effect."""
    day = max(structure.opened_on + dt.timedelta(days=45), version.effective_on + dt.timedelta(days=12))
    return dt.datetime.combine(day, dt.time(11), PARIS)
