"""Reading the journal about one object, for those who may see the object itself."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import connection


@dataclass(frozen=True)
class Trace:
    """A line of the journal without its words: `actor_id` is None for an automatic task, named by `actor_system`."""

    at: dt.datetime
    actor_id: UUID | None
    actor_system: str
    action: str
    outcome: str


def journal_about(kind: str, object_id: UUID, *, limit: int) -> list[Trace]:
    """Who did, read or was refused what on an object, latest first. Empty for an object that the actor may not see,
    and for whoever is neither of the coordination nor of the direction.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM journal_about(%s, %s, %s)", [kind, object_id, limit])
        return [Trace(*row) for row in cursor.fetchall()]
