"""Units of police and gendarmerie before the protocol: on the list or not, signed or not, reviewed or late."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from cms.documents.enums import PROTOCOL
from cms.documents.signatures.models import Acknowledgement
from cms.documents.signatures.policies import FORCES
from cms.documents.units.models import AuthorisedUnit
from cms.documents.versions.models import DocumentVersion
from cms.documents.versions.selectors import version_in_force, versions_accepted
from cms.partners.models import Partner


@dataclass(frozen=True)
class UnitStanding:
    """`signed`: its latest signature, of any version; `holds`: it is worth for the version in force."""

    partner: Partner
    unit: AuthorisedUnit | None
    signed: Acknowledgement | None
    holds: bool
    today: dt.date

    @property
    def is_late(self) -> bool:
        return self.unit is not None and self.unit.review_on < self.today

    @property
    def words(self) -> str:
        if self.holds:
            return "Signé"
        return "Nouvelle version à signer" if self.signed else "Pas signé"


def force_units() -> QuerySet[Partner]:
    """Units of police and gendarmerie in the address book."""
    today = timezone.localdate()
    rows = Partner.objects.filter(Q(closed_on=None) | Q(closed_on__gt=today))
    return rows.filter(requester_type__extra__family__in=FORCES)


def units_list() -> list[UnitStanding]:
    """Every unit, in five queries whatever their number: reviews that are late first, then the next ones, then units
    that are not on the list.
    """
    partners = list(force_units().select_related("requester_type", "territory"))
    standings = standings_of(partners)
    far = dt.date.max
    return sorted(
        standings, key=lambda row: (row.unit is None, row.unit.review_on if row.unit else far, row.partner.code_name)
    )


def standings_of(partners: list[Partner]) -> list[UnitStanding]:
    today = timezone.localdate()
    units = AuthorisedUnit.objects.filter(partner__in=partners).select_related("network_contact")
    listed = {unit.partner_id: unit for unit in units}
    signed, accepted = _signatures(partners)
    return [
        UnitStanding(
            partner,
            listed.get(partner.pk),
            row := signed.get(partner.pk),
            row is not None and row.version_id in accepted,
            today,
        )
        for partner in partners
    ]


def _signatures(partners: list[Partner]) -> tuple[dict, set]:
    version = version_in_force(PROTOCOL)
    if version is None:
        return {}, set()
    rows = Acknowledgement.objects.filter(partner__in=partners, version__document=version.document_id)
    latest = {row.partner_id: row for row in rows.select_related("version").order_by("version__sequence")}
    return latest, set(versions_accepted(version).values_list("pk", flat=True))


def units_of(version: DocumentVersion, partners: list[Partner]) -> list[UnitStanding]:
    """Where one's own units stand before the protocol; nothing about another document."""
    return standings_of(partners) if version.document.kind == PROTOCOL and partners else []
