"""The tests' database: one template, made from `schema.sql`, peopled once through the services, copied by each worker.

The template is built again when the schema, the data of reference, the cast or the day of the tests change. A change
of a service alone does not build it again: `rm -r var/postgres-test` does.
"""

import datetime as dt
import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import psycopg

from tools import clock

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("HAVRE_VAR", ROOT / "var"))
APPS = ("cms", "referentiel", "formation", "cases", "dashboards")
SOURCES = (
    "operations/schema.sql",
    "operations/fictitious.py",
    "migrations/0*.py",
    "wall.sql",
    "data/*.json",
    "settings/base.py",
    "roles.py",
    "enums.py",
)


@contextmanager
def locked() -> Iterator[None]:
    """One worker at a time builds or copies the template."""
    VAR.mkdir(parents=True, exist_ok=True)
    with (VAR / "template.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


@cache
def fingerprint() -> str:
    """Return the digest of the schema, the data of reference, the roles and the cast."""
    digest = hashlib.sha256()
    files = {path for app in APPS for pattern in SOURCES for path in (ROOT / app).rglob(pattern)}
    files |= set((ROOT / "tests" / "cast").glob("*.py"))
    files.add(Path(__file__))
    for path in sorted(files):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def keyring_ready() -> Path:
    """Keys of the tests: the template is sealed with them. Under the lock: two workers begin at the same instant."""
    from django.conf import settings

    from cms.vault.keyring import keyring_create

    path = Path(settings.HAVRE_KEYRING)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        keyring_create(path, fictitious=True)
    return path


def owner_url(database: str) -> str:
    from tools.pg import ensure_server

    url = os.environ.get("DATABASE_OWNER_URL") or os.environ.get("DATABASE_URL") or ensure_server()
    head, _, query = url.partition("?")
    return f"{head.rsplit('/', 1)[0]}/{database}" + (f"?{query}" if query else "")


def run_sql(*statements: str) -> None:
    with psycopg.connect(owner_url("postgres"), autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


def databases() -> set[str]:
    with psycopg.connect(owner_url("postgres"), autocommit=True) as connection:
        return {name for (name,) in connection.execute("SELECT datname FROM pg_database")}


MIGRATE = "migrate --noinput -v0"
PEOPLE = "shell -v0 -c 'from tests.cast.everybody import everybody; everybody()'"


HEART = "INSERT INTO procrastinate_workers (last_heartbeat) VALUES ('2200-01-01')"
"""A worker whose heart never stops: pages show the service as it is when somebody runs it whole."""


def manage(database: str, *commands: str, clock_variables: dict[str, str] | None = None) -> None:
    environment = {
        **os.environ,
        **(clock_variables or {}),
        "DATABASE_URL": owner_url(database),
        "DATABASE_OWNER_URL": owner_url(database),
        "DJANGO_SETTINGS_MODULE": "cms.settings.test",
    }
    result = subprocess.run(
        [sys.executable, "-m", "tools.manage", *commands],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode:
        raise RuntimeError(f"{commands} a échoué :\n{result.stdout}\n{result.stderr}")


def template_database() -> str:
    """Return the name of the template, built unless one with the same fingerprint and the same day stands already."""
    name = f"havre_template_{fingerprint()}_{dt.date.today():%Y%m%d}"
    if name not in databases():
        building = f"{name}_building"
        stale = [other for other in databases() if other.startswith("havre_template_")]
        run_sql(*(f"DROP DATABASE {other} WITH (FORCE)" for other in stale), f"CREATE DATABASE {building}")
        with clock.earlier() as clock_variables:
            manage(building, "createcachetable limits_cache", MIGRATE, "sync_roles", clock_variables=clock_variables)
            manage(building, "load_reference", PEOPLE, clock_variables=clock_variables)
        with psycopg.connect(owner_url(building), autocommit=True) as connection:
            connection.execute(HEART)
        run_sql(f"ALTER DATABASE {building} RENAME TO {name}")
    return name


def copy_template(database: str) -> None:
    with locked():
        name = template_database()
        run_sql(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)", f"CREATE DATABASE {database} TEMPLATE {name}")


if __name__ == "__main__":  # while pytest collects: `tools.run_tests`
    with locked():
        keyring_ready()
        template_database()
