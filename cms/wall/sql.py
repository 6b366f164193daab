"""Loads the wall: the `wall.sql` of each capability in migrations, privileges of `havre_app` after each `migrate`."""

import re
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.migrations import RunSQL

from cms.journal.rights import rights_restore
from cms.wall.doors import keys_of_settings

APP_ROLE = "havre_app"
ROOT = Path(__file__).resolve().parents[2]

# A policy calls functions: one that may not run in parallel keeps every statement on one core. What PostgreSQL is told
# to be stable writes nothing, and the settings `app.*` follow the workers.
PARALLEL = """
DO $$
DECLARE f regprocedure;
BEGIN
  FOR f IN SELECT p.oid FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.proparallel = 'u'
      AND p.provolatile IN ('s', 'i') AND pg_has_role(p.proowner, 'USAGE')
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e') LOOP
    EXECUTE format('ALTER FUNCTION %s PARALLEL SAFE', f);
  END LOOP;
END $$
"""

# Triggers of the figures and of the events, and policies of the tokens, stand on tables of every capability: they
# belong to none of them.
DROPS = """
DO $$
DECLARE r record;
BEGIN
  FOR r IN SELECT policyname, tablename FROM pg_policies
      WHERE schemaname = 'public' AND policyname NOT LIKE 'token_%' AND tablename = ANY (ARRAY[{tables}]::text[]) LOOP
    EXECUTE format('DROP POLICY %I ON %I', r.policyname, r.tablename);
  END LOOP;
  FOR r IN SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
      WHERE c.relnamespace = 'public'::regnamespace AND NOT t.tgisinternal AND t.tgparentid = 0
        AND c.relname = ANY (ARRAY[{tables}]::text[]) AND t.tgname NOT IN ('figures_mark', 'events_mark') LOOP
    EXECUTE format('DROP TRIGGER %I ON %I', r.tgname, r.relname);
  END LOOP;
END $$;
"""

_closed: set[str] = set()
_insert_only: set[str] = set()
_read_only: set[str] = set()


def insert_only(*tables: str) -> None:
    """Rows of these tables are never changed nor removed by the application (versions, acknowledgements, settings)."""
    _insert_only.update(tables)


def closed(*tables: str) -> None:
    """Declare tables that functions of the owner alone read and write (keys, secrets)."""
    _closed.update(tables)


def read_only(*tables: str) -> None:
    """Declare tables that functions of the owner alone write (journal, counters)."""
    _read_only.update(tables)


def privileges_apply(**kwargs: Any) -> None:
    """Give the application its privileges. Row policies then decide row by row."""
    statements = [
        f"GRANT USAGE ON SCHEMA public TO {APP_ROLE}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {APP_ROLE}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {APP_ROLE}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {APP_ROLE}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {APP_ROLE}",
    ]
    statements += [f"REVOKE UPDATE, DELETE ON {table} FROM {APP_ROLE}" for table in sorted(_insert_only)]
    statements += [f"REVOKE INSERT, UPDATE, DELETE ON {table} FROM {APP_ROLE}" for table in sorted(_read_only)]
    statements += [f"REVOKE ALL ON {table} FROM {APP_ROLE}" for table in sorted(_closed)]
    statements.append("SELECT scope_key_renew()")
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
        cursor.execute(PARALLEL)
        cursor.execute("DELETE FROM access_doorkey")
        for key in keys_of_settings():
            cursor.execute("INSERT INTO access_doorkey (inner_key, outer_key) VALUES (%s, %s)", list(key))
    rights_restore()


def wall_load(*capabilities: str) -> list[RunSQL]:
    """Return the operations that load, or load again, the `wall.sql` of each capability (`cases/incidents`).

    Functions of all come first: a policy may call that of a neighbour. Policies and triggers of the tables that a file
    walls in are dropped, then the file is run; a function that goes is dropped by a migration. A file speaks of the
    tables as they are now: it is taken from a migration that would load it before one of them exists.
    """
    heads, tails = [], []
    for capability in capabilities:
        head, mark, tail = (ROOT / capability / "wall.sql").read_text().partition("\n-- Tables\n")
        heads.append(head)
        tails.append(f"{_drops(tail)}\n{mark}{tail}")
    sql = "\n".join(["SET LOCAL check_function_bodies = off;", *heads, *tails])
    return [RunSQL(sql, RunSQL.noop)]


def _drops(tail: str) -> str:
    walled = re.findall(r"^ALTER TABLE (\w+) ENABLE ROW", tail, re.MULTILINE)
    named = re.findall(r"^CREATE\s+(?:CONSTRAINT\s+)?TRIGGER\s+(\w+)\s[^;]*?\sON\s+(\w+)", tail, re.MULTILINE)
    drops = [f"DROP TRIGGER IF EXISTS {name} ON {table};" for name, table in named]
    return "\n".join([DROPS.format(tables=", ".join(f"'{table}'" for table in walled)), *drops])
