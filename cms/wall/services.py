"""Giving and ending grants; drawing references."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils import timezone

from cms.journal.rows import row_clean
from cms.journal.services import journal_append
from cms.users.models import User
from cms.users.roles import Role
from cms.wall import scope
from cms.wall.models import Grant, Level


@dataclass(frozen=True)
class Grantee:
    """Whom an object is opened to: the members of a partner, all or those of one role, or one person."""

    partner_id: uuid.UUID | None = None
    role: Role | str = ""
    user: User | None = None


@transaction.atomic
def grant_give(
    *,
    kind: str,
    object_id: uuid.UUID,
    level: Level,
    reason: str,
    to: Grantee,
    starts_at: dt.datetime | None = None,
    ends_at: dt.datetime | None = None,
) -> Grant:
    """Open an object to a partner or to one person, from now on unless `starts_at` says otherwise."""
    grant = Grant(
        object_kind=kind,
        object_id=object_id,
        partner_id=to.partner_id,
        role=str(to.role),
        user=to.user,
        level=level,
        starts_at=starts_at or timezone.now(),
        ends_at=ends_at,
        reason=reason,
        given_by_id=scope.current().user_id,
    )
    row_clean(grant)
    grant.save(force_insert=True)
    journal_append(action="access.grant.give", kind=kind, object_id=object_id, details={"level": [None, int(level)]})
    return grant


@transaction.atomic
def grants_end(
    *, kind: str, object_id: uuid.UUID, reason: str, partner_id: uuid.UUID | None = None, at: dt.datetime | None = None
) -> int:
    """End the live grants on an object, for one partner or for everybody; return how many ended."""
    at = at or timezone.now()
    grants = Grant.objects.live(at).on(kind, object_id)
    if partner_id:
        grants = grants.filter(partner_id=partner_id)
    ended = grants.update(ends_at=at)
    if ended:
        journal_append(action="access.grant.end", kind=kind, object_id=object_id, reason=reason)
    return ended


def reference_draw(*, prefix: str, year: int) -> str:
    """Return a new reference of a series, such as `M-2026-0147`.

    None is given twice, and none says how many were given: the database permutes the numbers (`reference_number`).
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT reference_draw(%s, %s)", [prefix, year])
        return cursor.fetchone()[0]
