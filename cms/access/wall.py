"""Building the wall: SQL of policies for migrations, and the privileges of `havre_app` after each `migrate`."""

from django.db import connection

from cms.journal.rights import rights_restore

APP_ROLE = "havre_app"

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

_insert_only: set[str] = set()
_read_only: set[str] = set()


def insert_only(*tables: str) -> None:
    """Rows of these tables are never changed nor removed by the application (versions, acknowledgements, settings)."""
    _insert_only.update(tables)


def read_only(*tables: str) -> None:
    """These tables are written by functions of the owner alone (journal, counters)."""
    _read_only.update(tables)


def privileges_apply(**kwargs) -> None:
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
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
        cursor.execute(PARALLEL)
    rights_restore()


def policies(
    table: str, *, select: str, insert: str, update: str, delete: str = "false", check: str = "true"
) -> tuple[str, str]:
    """SQL that walls a table in, and its reverse. Each argument is a condition over the row.

    `check` holds for every row written: foreign keys ignore row security, so each one to a protected table
    is tested there by its `can_see_<table>(id)` function.
    """
    names = {"select": select, "insert": insert, "update": update, "delete": delete}
    clauses = {
        "select": f"USING ({select})",
        "insert": f"WITH CHECK (({insert}) AND ({check}))",
        "update": f"USING ({update}) WITH CHECK (({update}) AND ({check}))",
        "delete": f"USING ({delete})",
    }
    forward = [f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"]
    forward += [f"CREATE POLICY {verb}_rows ON {table} FOR {verb.upper()} {clauses[verb]}" for verb in names]
    backward = [f"DROP POLICY {verb}_rows ON {table}" for verb in names]
    backward.append(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
    return ";\n".join(forward), ";\n".join(backward)


def definer(signature: str, returns: str, body: str, *, volatility: str = "STABLE") -> tuple[str, str]:
    """SQL of a function that reads as the owner, with a fixed search path, and its reverse."""
    forward = (
        f"CREATE OR REPLACE FUNCTION {signature} RETURNS {returns} LANGUAGE sql {volatility} SECURITY DEFINER "
        f"SET search_path = pg_catalog, public, pg_temp AS $body$ {body} $body$"
    )
    return forward, f"DROP FUNCTION IF EXISTS {signature_types(signature)}"


def optional(function: str, column: str) -> str:
    """Test of a nullable foreign key."""
    return f"({column} IS NULL OR {function}({column}))"


def signature_types(signature: str) -> str:
    """`f(a uuid, b text)` → `f(uuid, text)`, as DROP FUNCTION wants it."""
    name, _, arguments = signature.rstrip(")").partition("(")
    types = [argument.strip().split(" ", 1)[-1] for argument in arguments.split(",") if argument.strip()]
    return f"{name}({', '.join(types)})"
