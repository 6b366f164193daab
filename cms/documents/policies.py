"""Who may publish a version, and who may sign one for a partner."""

import datetime as dt

from django.db.models import QuerySet

from cms.access import scope
from cms.documents.models import DocumentKind
from cms.partners.models import Membership
from cms.users.models import User
from cms.users.roles import SEES_ALL_CASES, Role

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


def signing_memberships(user: User, on: dt.date) -> QuerySet[Membership]:
    """Memberships through which this person signs on that day."""
    return Membership.objects.on(on).filter(user=user, can_sign=True, role__in=[role.value for role in SIGNERS])


def may_read_for_structure() -> bool:
    """The current actor works in a structure: what they go through is kept."""
    return scope.current().has_role(*READERS)


def may_record_paper() -> bool:
    """The current actor records what a structure signed on paper."""
    return scope.current().has_role(*SEES_ALL_CASES)
