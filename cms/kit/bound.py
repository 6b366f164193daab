"""Statements whose values travel apart: secrets, and what is derived from a password."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connection
from django.db.backends.utils import CursorWrapper


@contextmanager
def bound_cursor() -> Iterator[CursorWrapper]:
    """Open a cursor whose values travel apart from the statement: every login of the same name reads the statements
    that run (`pg_stat_activity`), and would read a secret written into one.
    """
    connection.ensure_connection()
    raw: Any = psycopg.Cursor(connection.connection)
    wrap = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
    with wrap(raw) as cursor:
        yield cursor
