"""What the objects of the configuration said before: one store for those that are changed in place."""

from typing import Any
from uuid import UUID

from django.db import connection

from cms.values.models import ConfigVersion

ORIGIN = "Avant le premier changement"


def version_keep(*, part: str, key: str, before: Any, after: Any, reason: str = "") -> None:
    """Keep what an object says from now on, in the transaction that changes it; nothing when nothing changes.

    The first change of an object keeps what stood before too: it can be taken back. `None`: the object was not there.
    """
    if before == after:
        return
    known = ConfigVersion.objects.filter(part=part, key=key)
    if before is not None and not known.exists():
        ConfigVersion.objects.create(part=part, key=key, content=before, reason=ORIGIN)
    ConfigVersion.objects.create(part=part, key=key, content=after, reason=reason, changed_by_id=_actor_id())


def _actor_id() -> UUID | None:
    """Who acts, as the database believes it: a service of a list needs no account to be told."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT scope_user_id()")
        return cursor.fetchone()[0]
