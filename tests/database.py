"""The tests' database: one template, migrated and peopled once through the services, copied for each worker.

Migrating takes most of that time and changes least. So schemas are kept apart from the people put into them: a new
schema starts from the kept one that has most of its migrations, unchanged, and a change of a service migrates nothing.
"""

import datetime as dt
import fcntl
import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tools import clock

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("HAVRE_VAR", ROOT / "var"))
APPS = ("cms", "referentiel", "formation", "cases", "dashboards")
KEPT_SCHEMAS = 3
SOURCES = (
    "settings/base.py",
    "migrations/*.py",
    "data/*.json",
    "services.py",
    "services/*.py",
    "roles.py",
    "enums.py",
    "scope.py",
    "wall.py",
)


@contextmanager
def locked() -> Iterator[None]:
    """One worker at a time builds or copies the template."""
    VAR.mkdir(parents=True, exist_ok=True)
    with (VAR / "template.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def fingerprint() -> str:
    """Changes when the schema, the reference data, a service or the cast changes."""
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
        keyring_create(path)
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
PEOPLE = "shell -v0 -c 'from tests.cast import everybody; everybody()'"


def manage(database: str, *commands: str, clock_variables: dict[str, str]) -> None:
    environment = {
        **os.environ,
        **clock_variables,
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


def migrations() -> dict[str, str]:
    """Each migration of ours by its path, and the packages that bring the others, with what they hold."""
    files = [path for app in APPS for path in (ROOT / app).rglob("migrations/*.py")]
    files += [*(ROOT / "requirements").glob("*.txt"), ROOT / "cms/settings/base.py"]
    return {str(path.relative_to(ROOT)): hashlib.sha256(path.read_bytes()).hexdigest()[:16] for path in files}


def kept_schemas() -> dict[str, dict]:
    """Schemas that stand, oldest first: name → when it was built and the migrations that it holds."""
    query = """SELECT datname, shobj_description(oid, 'pg_database') FROM pg_database
               WHERE datname LIKE 'havre_schema_%' AND datname NOT LIKE '%_building'"""
    with psycopg.connect(owner_url("postgres"), autocommit=True) as connection:
        found = {name: json.loads(told) for name, told in connection.execute(query) if told}
    return dict(sorted(found.items(), key=lambda pair: pair[1]["at"]))


def schema_database(clock_variables: dict[str, str]) -> str:
    """Name of the database that holds the tables and no row of ours."""
    wanted = migrations()
    name = "havre_schema_" + hashlib.sha256(json.dumps(wanted, sort_keys=True).encode()).hexdigest()[:12]
    kept = kept_schemas()
    if name in kept:
        return name
    building = f"{name}_building"
    run_sql(f"DROP DATABASE IF EXISTS {building} WITH (FORCE)")
    starts = [other for other, told in kept.items() if told["migrations"].items() <= wanted.items()]
    start = max(starts, key=lambda other: len(kept[other]["migrations"]), default="template1")
    run_sql(f"CREATE DATABASE {building} TEMPLATE {start}")
    manage(building, "createcachetable limits_cache", MIGRATE, clock_variables=clock_variables)
    told = json.dumps({"at": time.time(), "migrations": wanted})
    old = list(kept)[: -(KEPT_SCHEMAS - 1)]
    run_sql(
        f"COMMENT ON DATABASE {building} IS '{told}'",
        f"ALTER DATABASE {building} RENAME TO {name}",
        *(f"DROP DATABASE {other} WITH (FORCE)" for other in old),
    )
    return name


def template_database() -> str:
    """Name of the template, built unless one with the same fingerprint and the same day stands already."""
    name = f"havre_template_{fingerprint()}_{dt.date.today():%Y%m%d}"
    if name not in databases():
        building = f"{name}_building"
        stale = [other for other in databases() if other.startswith("havre_template_")]
        run_sql(*(f"DROP DATABASE {other} WITH (FORCE)" for other in stale))
        with clock.earlier() as clock_variables:
            kept = kept_schemas()
            schema = schema_database(clock_variables)
            run_sql(f"CREATE DATABASE {building} TEMPLATE {schema}")
            if schema in kept:
                # Nothing to migrate: the privileges of tables come from code, after each `migrate`.
                manage(building, MIGRATE, clock_variables=clock_variables)
            manage(building, "sync_roles", "load_reference", PEOPLE, clock_variables=clock_variables)
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
