"""Who signs a version for a partner, and whose reading is kept."""

import datetime as dt

from django.db.models import QuerySet

from cms.documents.enums import Signer
from cms.partners.enums import PartnerKind
from cms.partners.models import Membership, Partner
from cms.users.models import User
from cms.users.roles import SEES_ALL_CASES, Role
from cms.wall import scope

FORCES = ("POLICE", "GENDARMERIE")
"""Families of services whose units sign the protocol."""

READERS = (Role.STRUCTURE_DIRECTOR, Role.STRUCTURE_EDUCATOR)
"""Roles of a structure whose reading is kept."""

SIGNERS = (Role.STRUCTURE_DIRECTOR,)
"""Roles which, with signing authority, commit their structure."""

SIGNER_ROLES = {
    Signer.STRUCTURES: Role.STRUCTURE_DIRECTOR,
    Signer.UNITS: Role.REQUESTER,
    Signer.SERVICES: Role.REQUESTER,
}
"""Role of whoever commits a partner, with its signature."""


def signing_memberships(user: User, on: dt.date, signed_by: str = Signer.STRUCTURES) -> QuerySet[Membership]:
    """Memberships through which this person signs on that day what `signed_by` sign."""
    return memberships_signing(signed_by, on).filter(user=user)


def memberships_signing(signed_by: str, on: dt.date) -> QuerySet[Membership]:
    """Memberships with the signature of a structure, of a unit of police or gendarmerie, of a service."""
    held = Membership.objects.on(on).filter(can_sign=True)
    if signed_by == Signer.NOBODY:
        return held.none()
    if signed_by == Signer.STRUCTURES:
        return held.filter(role__in=[role.value for role in SIGNERS])
    held = held.filter(role=Role.REQUESTER)
    return held.filter(partner__requester_type__extra__family__in=FORCES) if signed_by == Signer.UNITS else held


def signs(partner: Partner, signed_by: str) -> bool:
    """Say whether this partner is of those which `signed_by` names."""
    if signed_by == Signer.UNITS:
        kind_of_service = partner.requester_type
        return kind_of_service is not None and kind_of_service.extra.get("family") in FORCES
    kinds = {Signer.STRUCTURES: PartnerKind.STRUCTURE, Signer.SERVICES: PartnerKind.REQUESTER}
    return partner.kind == kinds.get(Signer(signed_by))


def may_read_for_structure() -> bool:
    """Say whether the current actor works in a structure: what they read is recorded."""
    return scope.current().has_role(*READERS)


def may_record_paper() -> bool:
    """Say whether the current actor records what a structure signed on paper."""
    return scope.current().has_role(*SEES_ALL_CASES)
