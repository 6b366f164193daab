"""A fictitious network waives the second factor: it runs only on a database that was created for it.

`migrate` marks an empty database under fictitious settings, and nothing marks one that exists. The mark is a table of
a schema of its own, which belongs to the owner: `havre_app` cannot make it, nor the dump of a real network carry it.
"""

from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from cms.wall.sql import APP_ROLE

MARKED = f"""
EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = 'fictitious' AND c.relname = 'mark' AND c.relkind = 'r'
    AND n.nspowner <> '{APP_ROLE}'::regrole AND c.relowner <> '{APP_ROLE}'::regrole)
"""  # noqa: S608 (a constant of ours)
"""A mark that the application made itself is none."""
EMPTY = "to_regclass('public.django_migrations') IS NULL"
REFUSED = (
    "HAVRE_FICTITIOUS lève la double authentification, et cette base n’a pas été créée pour un réseau fictif. "
    "Si elle tient de vrais dossiers, retirez HAVRE_FICTITIOUS et donnez "
    "DJANGO_SETTINGS_MODULE=cms.settings.production. "
    "Pour la démonstration, repartez d’une base vide : make demo-reset."
)


def mark() -> None:
    """Mark the database of this connection, its owner's. Called by `migrate` alone, on an empty database."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA fictitious")
        cursor.execute("CREATE TABLE fictitious.mark (created_at timestamptz NOT NULL DEFAULT now())")
        cursor.execute("INSERT INTO fictitious.mark DEFAULT VALUES")


def is_marked() -> bool:
    """Return whether this database was created for a fictitious network."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {MARKED}")
        return cursor.fetchone()[0]


def refuse_unmarked(sender: Any, connection: Any, **kwargs: Any) -> None:
    """Raise `ImproperlyConfigured` when fictitious settings open a database that holds something and bears no mark."""
    if not settings.HAVRE_FICTITIOUS:
        return
    with connection.connection.cursor() as cursor:
        allowed = cursor.execute(f"SELECT {MARKED} OR {EMPTY}").fetchone()[0]
    if not allowed:
        connection.close()
        raise ImproperlyConfigured(REFUSED)
