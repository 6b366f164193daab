"""What is asked of the database: `check --deploy --database default`. Each answer says what to do.

Apart from `deployment.py`, which opens nothing: a site must start again by itself when its database comes back.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from cms.operations.state import clock_read, compile_read

OLDEST = 150_000
"""PostgreSQL 15, as `server_version_num`."""
SIZES = {"shared_buffers": 128, "work_mem": 4}
"""What PostgreSQL holds as it is installed, in megabytes: too little for the plans of row security."""
CONNECTIONS = 40
"""Two web machines, their limits and two workers."""
BYTES = {"B": 1, "kB": 1024, "8kB": 8192, "MB": 1024 * 1024}

Check = Callable[..., list[checks.CheckMessage]]


def register() -> None:
    for check in (reachable_check, clock_check, compile_check, sizes_check, migrations_check):
        checks.register(asked(check), checks.Tags.database, deploy=True)


def asked(check: Check) -> Check:
    """Return a check that is run of an instance alone, and only when somebody names its database."""

    def run(app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any) -> list[checks.CheckMessage]:
        if not settings.HAVRE_PRODUCTION or "default" not in (databases or ()):
            return []
        try:
            return check()
        except (DatabaseError, ImproperlyConfigured):
            return []  # said once, by `reachable_check`

    run.__name__ = check.__name__
    return run


def reachable_check() -> list[checks.CheckMessage]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version_num")
            version = int(cursor.fetchone()[0])
    except ImproperlyConfigured as error:
        return [checks.Error(str(error), id="operations.E060")]
    except DatabaseError:
        return [
            checks.Error("La base ne répond pas à DATABASE_URL : adresse, compte, pare-feu.", id="operations.E060")
        ]
    if version < OLDEST:
        return [checks.Error("PostgreSQL est trop ancien : il faut la version 15 ou plus.", id="operations.E061")]
    return []


def clock_check() -> list[checks.CheckMessage]:
    found = clock_read()
    if found.is_well:
        return []
    said = f"Cette machine et la base ne sont pas à la même heure ({found.said}) : réglez NTP sur les deux."
    return [checks.Error(said, id="operations.E062")]


def compile_check() -> list[checks.CheckMessage]:
    if compile_read().is_well:
        return []
    said = "PostgreSQL compile les requêtes (JIT), ce qui ralentit chaque page : ALTER ROLE havre_app SET jit = off;"
    return [checks.Warning(said, id="operations.W063")]


def sizes_check() -> list[checks.CheckMessage]:
    """Check the memory and connections of the server: as it is installed, PostgreSQL is set for a small machine."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, setting::bigint, unit FROM pg_settings WHERE name IN ('shared_buffers', 'work_mem')"
        )
        held = {name: value * BYTES[unit] / BYTES["MB"] for name, value, unit in cursor.fetchall()}
        cursor.execute("SHOW max_connections")
        most = int(cursor.fetchone()[0])
    small = [f"{name} = {held[name]:.0f} Mo" for name, least in SIZES.items() if held[name] <= least]
    if most < CONNECTIONS:
        small.append(f"max_connections = {most}")
    if not small:
        return []
    said = f"PostgreSQL est réglé trop petit ({', '.join(small)}) : voyez deploy/postgresql/havre.conf."
    return [checks.Warning(said, id="operations.W064")]


def migrations_check() -> list[checks.CheckMessage]:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not waiting:
        return []
    said = f"{len(waiting)} changements de la base ne sont pas faits : lancez migrate, avec DATABASE_OWNER_URL."
    return [checks.Error(said, id="operations.E065")]
