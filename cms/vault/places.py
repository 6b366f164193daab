"""Where sealed values stand. Read in the catalogue of the database: a table added tomorrow is looked at too."""

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django.apps import apps
from django.db import connection

from cms.vault.fields import SealedField
from cms.vault.sealing import PREFIX, SealError, purposes, unseal

BATCH = 200
Key = tuple[Any, ...]
TOKEN = re.compile(PREFIX + r":[a-z0-9][a-z0-9-]{0,31}:[A-Za-z0-9+/]{38,}={0,2}")
"""A token, alone or inside another text. The shortest seals nothing: 28 bytes."""
_CATALOGUE = """
    SELECT n.nspname, c.relname, c.oid::bigint, a.attname, format_type(a.atttypid, a.atttypmod),
           a.attname = ANY (SELECT k.attname FROM pg_index i JOIN pg_attribute k ON k.attrelid = c.oid
                             AND k.attnum = ANY (i.indkey) WHERE i.indrelid = c.oid AND i.indisprimary) AS is_key,
           t.typcategory = 'S' OR coalesce(e.typcategory = 'S', false)
             OR coalesce(e.typname, t.typname) IN ('json', 'jsonb', 'xml', 'bytea') AS may_hold
      FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      JOIN pg_type t ON t.oid = a.atttypid
      LEFT JOIN pg_type e ON e.oid = t.typelem AND t.typcategory = 'A'
     WHERE c.relkind = 'r' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND a.attgenerated = ''
       AND has_schema_privilege(n.oid, 'USAGE') AND has_column_privilege(c.oid, a.attnum, 'SELECT')
     ORDER BY n.nspname, c.relname, a.attnum
"""


@dataclass(frozen=True)
class Column:
    """A column that may hold tokens. `purpose` is that of a sealed field, whose whole value is one token."""

    name: str
    type: str
    label: str
    purpose: str | None = None

    @property
    def text(self) -> str:
        """SQL of the value as text; tokens stand in it as they are."""
        return f"encode({self.name}, 'escape')" if self.type == "bytea" else f"{self.name}::text"

    @property
    def written(self) -> str:
        """SQL that takes the text back. Never a cast: one to `varchar(8)` cuts without a word."""
        return "decode(%s, 'escape')" if self.type == "bytea" else "%s"

    def sealed(self, *, not_by: str | None = None) -> str:
        """Return the condition of a row whose column holds a token; one of another key than `not_by`, when given."""
        if self.purpose is not None:
            return f"NOT starts_with({self.name}, '{PREFIX}:{not_by}:')" if not_by else f"{self.name} IS NOT NULL"
        other = f"(?!{not_by}:)" if not_by else ""
        pattern = f"{PREFIX}:{other}[a-z0-9][a-z0-9-]*:[A-Za-z0-9+/]{{38,}}"
        return f"position('{PREFIX}:' IN {self.text}) > 0 AND {self.text} ~ '{pattern}'"

    def tokens(self, text: str | None) -> list[str]:
        """Return the tokens of a value; a sealed field that holds anything else gives it as it stands."""
        if text is None:
            return []
        return [text] if self.purpose is not None else TOKEN.findall(text)

    def replaced(self, text: str | None, again: Callable[[str], str]) -> str | None:
        """Return the value with each of its tokens changed."""
        if text is None:
            return None
        return again(text) if self.purpose is not None else TOKEN.sub(lambda found: again(found[0]), text)


@dataclass(frozen=True)
class Table:
    """A table with the columns that may hold tokens; read and written as text, straight in SQL."""

    name: str
    label: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    def where(self, *, not_by: str | None = None) -> str:
        return " OR ".join(f"({column.sealed(not_by=not_by)})" for column in self.columns)

    def count(self, where: str) -> int:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM ONLY {self.name} WHERE {where}")  # noqa: S608 (catalogue)
            return int(cursor.fetchone()[0])

    def rows(self, after: Key | None, where: str, lock: str = "") -> list[tuple[Key, list[Any]]]:
        """Return the next rows in the order of their key: the key, then the text of each column."""
        key = ", ".join(f"held.{name}" for name in self.key)  # a column read as text takes the name of the column
        read = ", ".join([key, *(column.text for column in self.columns)])
        query = f"SELECT {read} FROM ONLY {self.name} AS held WHERE ({where})"  # noqa: S608
        if after is not None:
            query += f" AND ({key}) > ({', '.join(['%s'] * len(after))})"
        with connection.cursor() as cursor:
            cursor.execute(f"{query} ORDER BY {key} LIMIT {BATCH} {lock}", after)
            return [(row[: len(self.key)], list(row[len(self.key) :])) for row in cursor.fetchall()]

    def update(self, key: Key, changed: dict[Column, str | None]) -> None:
        assignments = ", ".join(f"{column.name} = {column.written}" for column in changed)
        where = " AND ".join(f"{name} = %s" for name in self.key)
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE ONLY {self.name} SET {assignments} WHERE {where}", [*changed.values(), *key])  # noqa: S608


def tables() -> list[Table]:
    """Return every table with a column of text, JSON or bytes that the actor may read."""
    with connection.cursor() as cursor:
        cursor.execute(_CATALOGUE)
        found = cursor.fetchall()
    models = _models()
    columns, keys = defaultdict(list), defaultdict(list)
    for schema, table, _, name, type_name, is_key, may_hold in found:
        place = (schema, table)
        if is_key:
            keys[place].append(_quoted(name))
        if may_hold:
            label, fields = models.get(table, (table, {})) if schema == "public" else (table, {})
            field = fields.get(name)
            words = str(field.verbose_name) if field else name
            columns[place].append(Column(_quoted(name), type_name, words, field.sealed_column if field else None))
    return [
        Table(
            f"{_quoted(schema)}.{_quoted(table)}",
            models.get(table, (table, {}))[0],
            tuple(keys[schema, table]) or ("ctid",),
            tuple(held),
        )
        for (schema, table), held in columns.items()
    ]


def unwritable() -> list[str]:
    """Return the tables that the actor may not write."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM unnest(%s::text[]) AS name WHERE NOT has_table_privilege(name, 'UPDATE')",
            [[table.name for table in tables()]],
        )
        return [name for (name,) in cursor.fetchall()]


def token_open(token: str, column: Column) -> tuple[bytes, str]:
    """Return what a token holds and the purpose that opens it. Raise `SealError`.

    A sealed field opens under its own purpose alone: a token moved from another column does not pass.
    """
    if column.purpose is not None:
        return unseal(token, column.purpose), column.purpose
    refusal = None
    for purpose in purposes():
        try:
            return unseal(token, purpose), purpose
        except SealError as error:
            refusal = error
    raise refusal or SealError(f"{column.name}: no purpose is known", "aucun usage de sceau n’est déclaré")


def _models() -> dict[str, tuple[str, dict[str, SealedField]]]:
    """Return, by name of table, how its rows are called and its sealed fields by column."""
    known = {}
    for model in apps.get_models(include_auto_created=True):
        fields = [field for field in model._meta.concrete_fields if isinstance(field, SealedField)]
        if not model._meta.proxy:
            by_column = {cast(str, field.column): field for field in fields if field.model is model}
            known[model._meta.db_table] = (str(model._meta.verbose_name_plural), by_column)
    return known


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
