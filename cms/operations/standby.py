"""Long readings on a standby: rows of exports, figures that are read from the rows. Off without `DATABASE_READ_URL`.

The connection of the thread is replaced for the time of a reading, so that every query of it goes there, under a scope
entered there: policies are those of the same rows. Nothing can be written meanwhile. A standby that is late, that does
not answer or that was promoted is left aside, and the primary is read.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from cms.kit.logs import logger

ALIAS = "reads"
MOST_LATE_SECONDS = 10
"""What somebody wrote longer ago is in what they read; the worker writes every ten seconds, so that lag is known."""
WRITTEN = "SELECT pg_current_wal_lsn()"
STATE = """
SELECT pg_is_in_recovery(), pg_last_wal_replay_lsn() >= %s::pg_lsn
  OR now() - pg_last_xact_replay_timestamp() <= make_interval(secs => %s)
"""
log = logger("standby")


@contextmanager
def reading_elsewhere() -> Iterator[bool]:
    """Read from the standby, when there is one that is fresh; say whether it is. Enter a scope inside, not outside."""
    elsewhere = _fresh()
    if elsewhere is None:
        yield False
        return
    primary = connections[DEFAULT_DB_ALIAS]
    connections[DEFAULT_DB_ALIAS] = elsewhere
    try:
        yield True
    finally:
        connections[DEFAULT_DB_ALIAS] = primary


def _fresh() -> BaseDatabaseWrapper | None:
    """Return the connection of a standby that has read all that the primary wrote, or that is hardly late."""
    if ALIAS not in settings.DATABASES or connection.alias == ALIAS:
        return None
    try:
        with connection.cursor() as cursor:
            cursor.execute(WRITTEN)
            [written] = cursor.fetchone()
    except DatabaseError:
        # Whoever reads is told by what follows; in a transaction that failed, nothing more may be asked.
        return None
    try:
        elsewhere = connections[ALIAS]
        elsewhere.close_if_unusable_or_obsolete()
        with elsewhere.cursor() as cursor:
            cursor.execute(STATE, [str(written), MOST_LATE_SECONDS])
            is_standby, is_fresh = cursor.fetchone()
    except DatabaseError:
        log.warning("standby.silent")
        return None
    if not is_standby or not is_fresh:
        log.warning("standby.late" if is_standby else "standby.promoted")
        return None
    return elsewhere
