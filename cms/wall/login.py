"""In production, a login that row security does not bind may not open a connection, nor serve a request.

`SET ROLE` on an owner's login is not enough: outside the transaction (streams, after a commit) it acts as the owner.
What a login is says little of what it reads: the first connection of a process also counts what it reads without a
scope, where nothing but published rows must answer.
"""

from typing import Any

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connections

from cms.wall.doors import seal

PUBLISHED = {
    "cases_gridversion": "true",
    "documents_clauseversion": "version_id = ANY (versions_public())",
    "documents_documentversion": "id = ANY (versions_public())",
    "events_event": "is_public",
}
"""Protected tables of which everybody reads some rows, without a scope, and which ones."""

# A member may take the role: `SET ROLE`, or by inheritance. A superuser is a member of every role. Roles named `pg_…`
# are those of PostgreSQL: they read every table, files of the server, or the statements of others.
POWERS = """
SELECT DISTINCT why FROM pg_roles r, LATERAL (VALUES
    ('superuser', r.rolsuper),
    ('BYPASSRLS', r.rolbypassrls),
    ('CREATEROLE', r.rolcreaterole),
    ('REPLICATION', r.rolreplication),
    (r.rolname::text, starts_with(r.rolname, 'pg_')),
    ('propriétaire de la base', EXISTS (SELECT FROM pg_database d WHERE d.datdba = r.oid)),
    ('propriétaire du schéma', EXISTS (SELECT FROM pg_namespace n WHERE n.nspowner = r.oid)),
    ('propriétaire de tables', EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid)),
    ('propriétaire de fonctions', EXISTS (SELECT FROM pg_proc p WHERE p.proowner = r.oid))
  ) AS powers(why, is_held)
WHERE is_held AND pg_has_role(session_user, r.oid, 'MEMBER') ORDER BY why
"""
WALLED = """
SELECT c.relname FROM pg_class c WHERE c.relrowsecurity AND c.relkind IN ('r', 'p') AND NOT c.relispartition
  AND c.relnamespace = 'public'::regnamespace AND has_table_privilege(c.oid, 'SELECT') ORDER BY c.relname
"""

REMEDY = (
    "DATABASE_URL doit ouvrir la session de havre_app, qui ne possède rien, n’est membre d’aucun autre rôle et ne "
    "contourne pas la sécurité des lignes."
)
KEY_UNKNOWN = (
    "La base ne connaît pas la SECRET_KEY de ce processus : personne ne pourrait se connecter. Lancez migrate, avec "
    "DATABASE_OWNER_URL et cette clé."
)

_proven: set[str] = set()
"""Databases that this process has read without a scope: once is enough, privileges are checked at each connection."""


def refuse_powerful_login(sender: Any, connection: Any, **kwargs: Any) -> None:
    """Raise `ImproperlyConfigured` when row security does not bind the login that has just opened a connection."""
    if not settings.HAVRE_REFUSE_POWERFUL_LOGIN:
        return
    raw = connection.connection
    database = f"{raw.info.host}:{raw.info.port}/{raw.info.dbname}"
    with raw.cursor() as cursor:
        powers = powers_of(cursor)
        opened = [] if powers or database in _proven else read_without_scope(cursor)
    if powers or opened:
        connection.close()
        raise ImproperlyConfigured(sentence(powers, opened))
    _proven.add(database)


def powers_of(cursor: Any) -> list[str]:
    """Return what the login is, or may become, that row security does not bind."""
    return [why for (why,) in cursor.execute(POWERS).fetchall()]


def read_without_scope(cursor: Any) -> list[str]:
    """Return the protected tables that answer a row to nobody in particular. Outside any transaction of a request."""
    tables = [name for (name,) in cursor.execute(WALLED).fetchall()]
    if not tables:
        return []
    asked = ", ".join(
        f"EXISTS (SELECT FROM public.{name} WHERE NOT ({PUBLISHED.get(name, 'false')}))" for name in tables
    )
    answers = cursor.execute(f"SELECT {asked}").fetchone()
    return [name for name, is_read in zip(tables, answers, strict=True) if is_read]


def sentence(powers: list[str], opened: list[str]) -> str:
    """Say what is wrong with the login, and what to do."""
    if powers:
        return f"La connexion à la base a trop de droits ({', '.join(powers)}) : {REMEDY}"
    names = ", ".join(opened[:5])
    return f"La connexion à la base lit sans être personne {len(opened)} tables protégées ({names}) : {REMEDY}"


def login_prove() -> None:
    """Open the connection of a process that is about to serve, so that it does not start under a wrong login.

    A database that does not answer yet is not a wrong login: the process starts, and the probe says 503.
    """
    if not settings.HAVRE_REFUSE_POWERFUL_LOGIN:
        return
    try:
        connections["default"].ensure_connection()
        with connections["default"].connection.cursor() as cursor:
            is_known = key_is_known(cursor)
    except OperationalError:
        return
    if not is_known:
        raise ImproperlyConfigured(KEY_UNKNOWN)


def key_is_known(cursor: Any) -> bool:
    """Tell whether the database was given the key of this process: it would let nobody sign in otherwise."""
    known: bool = cursor.execute("SELECT seal_is_known(%s)", [seal("known")]).fetchone()[0]
    return known


def login_check(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """Check the login as the process that serves would: `check --database default`, `check --deploy` with it."""
    if "default" not in (databases or ()) or not settings.HAVRE_REFUSE_POWERFUL_LOGIN:
        return []
    try:
        connections["default"].ensure_connection()
        with connections["default"].connection.cursor() as cursor:
            powers = powers_of(cursor)
            opened = [] if powers else read_without_scope(cursor)
            is_known = key_is_known(cursor)
    except ImproperlyConfigured as error:
        return [checks.Error(str(error), id="access.E001")]
    if powers or opened:
        return [checks.Error(sentence(powers, opened), id="access.E001")]
    return [] if is_known else [checks.Error(KEY_UNKNOWN, id="access.E002")]
