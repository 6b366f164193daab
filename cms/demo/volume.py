"""A big invented network, to measure speed: written by the owner, table by table, without going through the services.

Same seed, same network. Its rows keep the constraints of the database, and none of what the services write beside
them (journal, grants, sealed identities): it is made for figures, lists and exports, not to be worked with.
"""

from collections.abc import Iterator
from pathlib import Path

from django.db import connection, transaction

STRUCTURES, REQUESTERS, MONTHS = 5000, 1000, 36
"""At a million requests; smaller networks have fewer of both."""
A_MILLION = 1_000_000
STATEMENTS = Path(__file__).parent / "data" / "volume.sql"

# `drawn` is a number from 0 to 1 that depends on the seed, on a number and on what is drawn; `made` an id.
FUNCTIONS = """
CREATE FUNCTION pg_temp.drawn(n bigint, what text) RETURNS double precision LANGUAGE sql IMMUTABLE AS
  $$ SELECT (hashtextextended(what || n, {seed}) & 1073741823)::double precision / 1073741824 $$;
CREATE FUNCTION pg_temp.made(what text, n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS
  $$ SELECT md5('{seed}:' || what || ':' || n)::uuid $$;
CREATE FUNCTION pg_temp.pick(list text[], n bigint, what text) RETURNS text LANGUAGE sql IMMUTABLE AS
  $$ SELECT list[1 + floor(pg_temp.drawn(n, what) * cardinality(list))::integer] $$;
CREATE TEMP TABLE lists AS SELECT list_code AS code, array_agg(id::text ORDER BY position) AS ids
  FROM values_value WHERE parent_id IS NULL GROUP BY list_code;
CREATE FUNCTION pg_temp.ids(list text) RETURNS text[] LANGUAGE sql STABLE AS
  $$ SELECT ids FROM pg_temp.lists WHERE code = list $$;
"""


class VolumeError(Exception):
    """The network cannot be written; the message says why, in French."""


def volume_generate(*, sollicitations: int, seed: int) -> Iterator[tuple[str, int]]:
    """Write the network in one transaction, as the owner, for whom neither triggers nor row security run here; tells
    each table and its rows as they come. Raises `VolumeError` when a volume stands already, or without any account.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM partners_partner WHERE code_name LIKE 'Volume %' LIMIT 1")
        if cursor.fetchone():
            raise VolumeError("Un grand réseau est déjà chargé : recommencez d’une base vide (make demo-reset).")
        cursor.execute("SELECT id FROM users_user ORDER BY id LIMIT 1")
        account = cursor.fetchone()
        if account is None:
            raise VolumeError("Il faut un compte au moins : chargez d’abord le réseau fictif (make demo).")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(FUNCTIONS.format(seed=int(seed)))
        values = {"n": sollicitations, "months": MONTHS}
        for name, most in (("structures", STRUCTURES), ("requesters", REQUESTERS)):
            values[name] = max(20, min(most, most * sollicitations // A_MILLION))
        for label, statement in statements():
            cursor.execute(statement, values | {"account": account[0]})
            yield label, cursor.rowcount
        cursor.execute("SET LOCAL session_replication_role = origin")


def statements() -> Iterator[tuple[str, str]]:
    """Each statement of the file, with the words of the comment that begins it."""
    for part in STATEMENTS.read_text(encoding="utf-8").split("\n-- ")[1:]:
        label, _, statement = part.partition("\n")
        yield label, statement.strip().removesuffix(";")
