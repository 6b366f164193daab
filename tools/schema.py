"""Writes `cms/operations/schema.sql` again: Django migrates a database from nothing, and pg_dump says what it holds.

python -m tools.schema [--check]

`--check` writes nothing, and fails when the file no longer says what the migrations do.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys

from tools import pg
from tools.paths import CLONE

DATABASE = "havre_schema"
FILE = CLONE / "cms" / "operations" / "schema.sql"
# Tables of months are made as months come; the cache of limits is made by `createcachetable`.
# The mark of a fictitious network is no part of the schema, nor are the keys that each database makes for itself.
LEFT_OUT = (
    "--exclude-schema=fictitious",
    "--exclude-table=journal_line_2*",
    "--exclude-table=limits_cache",
    "--exclude-table-data=access_scopekey",
    "--exclude-table-data=access_doorkey",
)
REGISTERS = ("INSERT INTO public.journal_kind", "INSERT INTO public.retention_kind")
DUMP = ("--no-owner", "--inserts", "--rows-per-insert=200", *LEFT_OUT)


def main(arguments: list[str]) -> int:
    os.environ["DJANGO_SETTINGS_MODULE"] = pg.TEST_SETTINGS_MODULE
    started_here = not pg.is_running(pg.data_dir(tests=True))
    try:
        text = written()
    finally:
        if started_here:
            pg.stop_server(tests=True)
    if "--check" not in arguments:
        FILE.write_text(text)
        return 0
    lost, new = difference(FILE.read_text(), text)
    for sign, statement in [*(("-", each) for each in lost), *(("+", each) for each in new)]:
        print(sign, statement[:200])
    return 1 if lost or new else 0


def written() -> str:
    """Return the text of `schema.sql` for the migrations as they are. Takes minutes."""
    server = pg.ensure_server(tests=True)
    address = server.replace(f"/{pg.DATABASE}?", f"/{DATABASE}?")
    env = os.environ | {"DATABASE_URL": address, "DATABASE_OWNER_URL": address}
    manage = [sys.executable, str(CLONE / "manage.py")]
    drop = f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)"
    psql(server, drop, f"CREATE DATABASE {DATABASE}")
    try:
        subprocess.run([*manage, "migrate", "--noinput", "-v0", "--from-migrations"], cwd=CLONE, env=env, check=True)
        dump = subprocess.run(
            [pg.bin_dir() / "pg_dump", *DUMP, "-d", address], check=True, capture_output=True, text=True
        )
    finally:
        psql(server, drop)
    return cleaned(dump.stdout)


def psql(address: str, *statements: str) -> None:
    commands = [part for statement in statements for part in ("-c", statement)]
    subprocess.run([pg.bin_dir() / "psql", "-X", "-q", "-d", address, *commands], check=True)


def cleaned(dump: str) -> str:
    import django

    django.setup()
    from cms.operations import schema

    return schema.cleaned(dump)


def difference(before: str, after: str) -> tuple[list[str], list[str]]:
    """Return the statements that only one of two files holds. Columns and rows of a table are compared as sets."""
    old, new = statements(before), statements(after)
    return sorted(old - new), sorted(new - old)


def statements(text: str) -> set[str]:
    """Return the statements of a dump. Rows count in the registers of the wall alone: the others are numbered as
    migrations come.
    """
    results = set()
    for statement in re.split(r";\n\n", text):
        body = re.sub(r"\A(--.*\n|\s)+", "", statement)
        head, _, lines = body.partition("\n")
        if head.startswith(("INSERT INTO", "SELECT pg_catalog.setval")) and not head.startswith(REGISTERS):
            continue
        if head.startswith(("CREATE TABLE", *REGISTERS)):
            body = "\n".join([head, *sorted(line.strip().rstrip(",") for line in lines.split("\n"))])
        results.add(re.sub(r"\s+", " ", body).strip())
    return results - {""}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
