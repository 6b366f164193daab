"""Who may publish a version of a document, and who validates it first."""

from uuid import UUID

from django.db import connection
from django.db.models import QuerySet, Subquery

from cms.documents.enums import VALIDATION, DocumentKind
from cms.documents.versions.models import Document
from cms.users.models import User
from cms.users.roles import Role
from cms.values.models import SettingVersion
from cms.values.settings import setting_value
from cms.wall import scope

PUBLISHERS = (Role.COORDINATION, Role.DIRECTION, Role.EDITOR)
"""Roles that publish a version of a document."""

PUBLISHERS_OF: dict[str, tuple[Role, ...]] = {DocumentKind.CURRICULUM: (Role.TRAINER,)}
"""Roles that publish one document alone."""


def may_publish(kind: str) -> bool:
    """Say whether the current actor, or the loading of reference data, may publish a version of this document."""
    current = scope.current()
    roles = (*PUBLISHERS, *PUBLISHERS_OF.get(kind, ()))
    return current.has_role(*roles) or current.system == scope.REFERENCE.name


def validation_required(kind: str, by_id: UUID | None = None) -> bool:
    """Somebody else validates each version of this document. The curriculum is frozen each time a module goes online:
    it has no version that somebody proposes.

    Whoever lifted the rule (`by_id`) is still held to it: one person alone never lifts it, then publishes. Nor does
    one person alone publish for everybody. A document may ask for it when the setting does not.
    """
    if kind in PUBLISHERS_OF:
        return False
    return (
        document_is_public(kind)
        or setting_value(VALIDATION)
        or Document.objects.filter(kind=kind, is_validated=True).exists()
        or (by_id is not None and validation_lifted_by() == by_id)
    )


def document_is_public(kind: str) -> bool:
    """Say whether everybody reads it: who publishes a version then publishes for everybody."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM visibility_holding() h JOIN documents_document d ON d.id = h.document_id "
            "WHERE d.kind = %s AND h.level = 'public')",
            [kind],
        )
        return cursor.fetchone()[0]


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
