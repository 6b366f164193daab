"""Who may publish a version, and who may sign one for a partner."""

import datetime as dt
from uuid import UUID

from django.db.models import QuerySet, Subquery

from cms.documents.enums import SIGNED_BY_UNITS, DocumentKind
from cms.documents.settings import VALIDATION
from cms.partners.enums import PartnerKind
from cms.partners.models import Membership, Partner
from cms.users.models import User
from cms.users.roles import SEES_ALL_CASES, Role
from cms.values.models import SettingVersion
from cms.values.settings import setting_value
from cms.wall import scope

FORCES = ("POLICE", "GENDARMERIE")
"""Families of services whose units sign the protocol."""
PUBLISHERS = (Role.COORDINATION, Role.DIRECTION, Role.EDITOR)
"""Roles that publish a version of a document."""
PUBLISHERS_OF: dict[str, tuple[Role, ...]] = {DocumentKind.CURRICULUM: (Role.TRAINER,)}
"""Roles that publish one document alone."""
READERS = (Role.STRUCTURE_DIRECTOR, Role.STRUCTURE_EDUCATOR)
"""Roles of a structure whose reading is kept."""
SIGNERS = (Role.STRUCTURE_DIRECTOR,)
"""Roles which, with signing authority, commit their partner."""


def may_publish(kind: str) -> bool:
    """The current actor may publish a version of this document; the loading of reference data may too."""
    current = scope.current()
    roles = (*PUBLISHERS, *PUBLISHERS_OF.get(kind, ()))
    return current.has_role(*roles) or current.system == scope.REFERENCE.name


def validation_required(kind: str, by_id: UUID | None = None) -> bool:
    """Somebody else validates each version of this document. The curriculum is frozen each time a module goes online:
    it has no version that somebody proposes.

    Whoever lifted the rule (`by_id`) is still held to it: one person alone never lifts it, then publishes.
    """
    if kind in PUBLISHERS_OF:
        return False
    return setting_value(VALIDATION) or (by_id is not None and validation_lifted_by() == by_id)


def validation_lifted_by() -> UUID | None:
    """Who took the rule off, when it held before; None when it never did. Taking it off once more changes nothing."""
    rows = SettingVersion.objects.filter(key=VALIDATION)
    held = rows.filter(value=True).order_by("-changed_at").values("changed_at")[:1]
    lifted = rows.filter(changed_at__gt=Subquery(held), value=False).order_by("changed_at")
    return lifted.values_list("changed_by_id", flat=True).first()


def validators_for(author: User) -> QuerySet[User]:
    """Who may be asked to validate what this person proposes."""
    people = User.objects.filter(is_active=True, groups__name__in=[role.value for role in PUBLISHERS])
    return people.exclude(pk=author.pk).distinct().order_by("last_name", "first_name")


def signing_memberships(user: User, on: dt.date, kind: str = DocumentKind.REFERENTIEL) -> QuerySet[Membership]:
    """Memberships through which this person signs a document on that day: for a unit of police or gendarmerie, the
    protocol; for a structure, the others.
    """
    held = Membership.objects.on(on).filter(user=user, can_sign=True)
    if kind == SIGNED_BY_UNITS:
        return held.filter(role=Role.REQUESTER, partner__requester_type__extra__family__in=FORCES)
    return held.filter(role__in=[role.value for role in SIGNERS])


def signs(partner: Partner, kind: str) -> bool:
    """This partner is of those which sign this document."""
    if kind == SIGNED_BY_UNITS:
        kind_of_service = partner.requester_type
        return kind_of_service is not None and kind_of_service.extra.get("family") in FORCES
    return partner.kind == PartnerKind.STRUCTURE


def may_read_for_structure() -> bool:
    """The current actor works in a structure: what they go through is kept."""
    return scope.current().has_role(*READERS)


def may_record_paper() -> bool:
    """The current actor records what a structure signed on paper."""
    return scope.current().has_role(*SEES_ALL_CASES)
