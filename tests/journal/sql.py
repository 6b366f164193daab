"""The database as the tests of the journal speak to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection


def run(statement: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def scope(*, user_id: UUID | str = "", system: str = "", roles: str = "") -> None:
    """What a scope would hold, for the transaction of the test: the owner alone makes one of its own words."""
    with as_owner():
        run("SELECT scope_set(%s, %s, %s, '{}')", user_id or None, system, roles or "{}")


@contextmanager
def as_owner(*, triggers: bool = True) -> Iterator[None]:
    """The owner of the tables, who migrates; with `triggers=False`, one who also puts the guards out of the way."""
    run("SET LOCAL ROLE NONE")
    if not triggers:
        run("SET LOCAL session_replication_role = replica")
    yield
    run("SET LOCAL session_replication_role = origin")
    run("SET LOCAL ROLE havre_app")
