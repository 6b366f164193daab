"""Who signs a version for a partner, and whose reading is kept."""

import datetime as dt

from django.db.models import QuerySet

from cms.documents.enums import SIGNED_BY_UNITS, DocumentKind
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
"""Roles which, with signing authority, commit their partner."""


def signing_memberships(user: User, on: dt.date, kind: str = DocumentKind.REFERENTIEL) -> QuerySet[Membership]:
    """Memberships through which this person signs a document on that day: for a unit of police or gendarmerie, the
    protocol; for a structure, the others.
    """
    held = Membership.objects.on(on).filter(user=user, can_sign=True)
    if kind == SIGNED_BY_UNITS:
        return held.filter(role=Role.REQUESTER, partner__requester_type__extra__family__in=FORCES)
    return held.filter(role__in=[role.value for role in SIGNERS])


def signs(partner: Partner, kind: str) -> bool:
    """Say whether this partner is of those which sign this document."""
    if kind == SIGNED_BY_UNITS:
        kind_of_service = partner.requester_type
        return kind_of_service is not None and kind_of_service.extra.get("family") in FORCES
    return partner.kind == PartnerKind.STRUCTURE


def may_read_for_structure() -> bool:
    """Say whether the current actor works in a structure: what they read is recorded."""
    return scope.current().has_role(*READERS)


def may_record_paper() -> bool:
    """Say whether the current actor records what a structure signed on paper."""
    return scope.current().has_role(*SEES_ALL_CASES)
