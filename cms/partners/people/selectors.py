"""How long who directs a structure may give a date in it."""

import datetime as dt
import uuid

from django.db import connection

from cms.wall import scope


def directs_until(partner_id: uuid.UUID) -> dt.date | None:
    """Last day that a director may give in the structure; `None` for the coordination, which no date holds."""
    if scope.current().sees_all_cases():
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT directs_until(%s)", [partner_id])
        return cursor.fetchone()[0]
