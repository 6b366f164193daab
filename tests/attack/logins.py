"""Real logins of PostgreSQL, made for one test: what an administrator might give to the web process by mistake."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psycopg
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql
from psycopg.errors import DuplicateObject

from cms.settings.database import parse
from tests import database

OWNER = "havre"


def url_of(login: str, name: str) -> str:
    """Return the address of a database, opened by this login."""
    head, _, query = database.owner_url(name).partition("?")
    scheme, _, rest = head.partition("://")
    return f"{scheme}://{login}@{rest.rpartition('@')[2]}" + (f"?{query}" if query else "")


def database_name() -> str:
    return connections["default"].settings_dict["NAME"]


def job_role() -> str:
    """The role of the jobs, which the administrator of the cluster makes; answers its name."""
    name = "havre_job"
    with psycopg.connect(database.owner_url(database_name()), autocommit=True) as owner, suppress(DuplicateObject):
        owner.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(name)))
    return name


@contextmanager
def login(options: str = "", *, member_of: str = "", suffix: str = "") -> Iterator[str]:
    """A role that logs in, with what a test gives it; dropped with all that it holds."""
    name = f"havre_attack_{os.getpid()}{suffix}"
    with psycopg.connect(database.owner_url(database_name()), autocommit=True) as owner:
        role = sql.Identifier(name)
        owner.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(role))
        owner.execute(sql.SQL("CREATE ROLE {} LOGIN {}").format(role, sql.SQL(options)))
        for group in filter(None, ("havre_app", member_of)):
            owner.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(group), role))
        try:
            yield name
        finally:
            owner.execute(sql.SQL("DROP OWNED BY {}").format(role))
            owner.execute(sql.SQL("DROP ROLE {}").format(role))


@contextmanager
def opened_as(name: str, database_name_: str = "") -> Iterator[BaseDatabaseWrapper]:
    """Django's connection, not opened yet, whose login is this one."""
    copy = connections["default"].copy()
    copy.settings_dict = {
        **connections["default"].settings_dict,
        **parse(url_of(name, database_name_ or database_name())),
        "OPTIONS": {},
    }
    try:
        yield copy
    finally:
        copy.close()
