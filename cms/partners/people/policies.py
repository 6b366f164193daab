"""Who left the network: what the wall says, for the addresses and menus that repeat it."""

from django.db import connection

from cms.wall import scope


def has_left() -> bool:
    """Return whether the person at work belonged to the network and holds nothing in it today."""
    current = scope.current()
    if current.user_id is None or current.roles:
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT scope_has_left()")
        return bool(cursor.fetchone()[0])
