"""The schema of an empty database, kept as a file: `schema.sql` is loaded in seconds where migrations take minutes.

It is the dump of a database that Django migrated from nothing, rows of reference included. `make schema` writes it
again after each change of a migration, of a `wall.sql` or of a package that brings tables. A database that already
exists never reads it.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from cms.journal.services import partitions_ensure

FILE = Path(__file__).with_name("schema.sql")
HEAD = "-- Written by « make schema » from the migrations "
COMMENT = re.compile(r"^--\n(-- .*\n)+--\n|^-- Dumped .*\n", re.MULTILINE)
# Settings of the session that dumped: an older server does not know all of them.
SESSION = re.compile(
    r"^(SET \w+ = .*;|SELECT pg_catalog\.set_config\('search_path'.*;|\\(un)?restrict .*)\n", re.MULTILINE
)
# The owner of a database bears the name that its administrator chose: whoever loads the file is the owner.
OWNER = re.compile(r"(?<=^ALTER DEFAULT PRIVILEGES) FOR ROLE \w+", re.MULTILINE)


def fingerprint() -> str:
    """Return the digest of what `schema.sql` is written from: names of all migrations, our migrations, the wall."""
    graph = MigrationLoader(None).graph
    digest = hashlib.sha256("\n".join(sorted(f"{app}.{name}" for app, name in graph.nodes)).encode())
    root = Path(settings.BASE_DIR)
    apps = [root / app for app in ("cases", "cms", "dashboards", "formation", "referentiel")]
    for path in sorted(path for app in apps for kind in ("migrations/0*.py", "wall.sql") for path in app.rglob(kind)):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def is_current() -> bool:
    """Tell whether `schema.sql` was written from the migrations and the wall as they are."""
    return FILE.read_text().startswith(f"{HEAD}{fingerprint()}\n")


def cleaned(dump: str) -> str:
    """Return what `pg_dump --inserts` said, under its fingerprint, as any supported server can run it."""
    kept = OWNER.sub("", SESSION.sub("", COMMENT.sub("", dump)))
    return f"{HEAD}{fingerprint()}\n" + re.sub(r"\n{3,}", "\n\n", kept)


def is_empty() -> bool:
    """Tell whether no migration was ever applied to the database."""
    return "django_migrations" not in connection.introspection.table_names()


def load() -> None:
    """Write the schema into an empty database, then the journal's tables of these months."""
    with connection.cursor() as cursor:
        cursor.execute("SET check_function_bodies = off")
        cursor.execute(FILE.read_text())
        cursor.execute("RESET check_function_bodies")
    partitions_ensure()
