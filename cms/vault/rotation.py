"""Sealed values as the database holds them: how many each key seals, which do not open, and sealing them again."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field as dataclass_field
from typing import Any, cast

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model

from cms.vault.fields import SealedField
from cms.vault.keyring import keyring
from cms.vault.sealing import SealError, key_of, seal, unseal

BATCH = 200


@dataclass(frozen=True)
class SealedTable:
    """A model with sealed fields. Its columns are read and written as tokens, straight in SQL."""

    model: type[Model]
    fields: tuple[SealedField, ...]

    @property
    def table(self) -> str:
        return connection.ops.quote_name(self.model._meta.db_table)

    @property
    def key(self) -> str:
        return connection.ops.quote_name(cast(str, self.model._meta.pk.column))

    @property
    def columns(self) -> list[str]:
        return [connection.ops.quote_name(cast(str, field.column)) for field in self.fields]

    def rows(self, after: Any, where: str, values: list[Any], lock: str = "") -> list[tuple[Any, ...]]:
        """Return the next rows in the order of their key: `(key, token, token…)`."""
        query = f"SELECT {self.key}, {', '.join(self.columns)} FROM {self.table} WHERE ({where})"  # noqa: S608 (names come from models)
        if after is not None:
            query, values = f"{query} AND {self.key} > %s", [*values, after]
        with connection.cursor() as cursor:
            cursor.execute(f"{query} ORDER BY {self.key} LIMIT {BATCH} {lock}", values)
            return cursor.fetchall()


@dataclass
class Progress:
    """Where a new sealing stands in one table: rows done of those to do, and the rows left as they were."""

    label: str
    total: int
    done: int = 0
    refused: list[str] = dataclass_field(default_factory=list)
    """One sentence for each row left, without any value."""


def sealed_tables() -> list[SealedTable]:
    """Every model of the project that holds a sealed field, found in the models themselves."""
    tables = []
    for model in apps.get_models():
        fields = tuple(field for field in model._meta.concrete_fields if isinstance(field, SealedField))
        if fields and not model._meta.proxy and model._meta.managed:
            tables.append(SealedTable(model, fields))
    return tables


def check() -> list[str]:
    """Integrity check: sealed values that do not open, one sentence each, without any value."""
    return [problem for table in sealed_tables() for problem in _closed(table)]


def values_by_key() -> Counter[str]:
    """How many values each key seals, over every table that the actor sees."""
    counted: Counter[str] = Counter()
    for table in sealed_tables():
        for row in _walk(table):
            counted.update(key_of(token) or "aucune" for token in row[1:] if token is not None)
    return counted


def reseal() -> Iterator[Progress]:
    """Seal again with the writing key every value that another key seals; yields after each batch.

    Each batch is one transaction. A row is sealed again whole, or left whole and reported when one of its values does
    not open. Stopped half-way, another run takes up what remains. The caller must write every row: the owner does.
    """
    for table in sealed_tables():
        yield from _reseal_table(table)


def _reseal_table(table: SealedTable) -> Iterator[Progress]:
    current = f"hv1:{keyring().writing_id}:"
    where = " OR ".join(f"NOT starts_with({column}, %s)" for column in table.columns)
    values = [current] * len(table.columns)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table.table} WHERE {where}", values)  # noqa: S608
        progress = Progress(str(table.model._meta.verbose_name_plural), cursor.fetchone()[0])
    after = None
    while True:
        with transaction.atomic():
            _guards_told()
            rows = table.rows(after, where, values, lock="FOR UPDATE")
            for row in rows:
                _reseal_row(table, row, progress)
        if not rows:
            return
        after = rows[-1][0]
        yield progress


def _guards_told() -> None:
    """Tell the guards of rows that do not change that their words stay the same (`vault_reseals`, in the database)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.system', 'vault', true)")


def _reseal_row(table: SealedTable, row: tuple[Any, ...], progress: Progress) -> None:
    key, *tokens = row
    sealed = []
    for field, token in zip(table.fields, tokens, strict=True):
        try:
            sealed.append(_again(field, token))
        except SealError as error:
            progress.refused.append(_sentence(table, field, key, error))
            return
    assignments = ", ".join(f"{column} = %s" for column in table.columns)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table.table} SET {assignments} WHERE {table.key} = %s", [*sealed, key])  # noqa: S608
    progress.done += 1


def _again(field: SealedField, token: str | None) -> str | None:
    if token is None or key_of(token) == keyring().writing_id:
        return token
    return seal(unseal(token, field.sealed_column), field.sealed_column)


def _closed(table: SealedTable) -> Iterator[str]:
    for key, *tokens in _walk(table):
        for field, token in zip(table.fields, tokens, strict=True):
            try:
                if token is not None:
                    unseal(token, field.sealed_column)
            except SealError as error:
                yield _sentence(table, field, key, error)


def _walk(table: SealedTable) -> Iterator[tuple[Any, ...]]:
    after = None
    while rows := table.rows(after, "true", []):
        yield from rows
        after = rows[-1][0]


def _sentence(table: SealedTable, field: SealedField, key: Any, error: SealError) -> str:
    return f"{table.model._meta.verbose_name_plural}, ligne {key}, {field.verbose_name} : {error.reason}"


def summary() -> str:
    """« k2 : 12 valeurs ; k1 : 3 valeurs », for `manage.py verify`."""
    counted = values_by_key().most_common()
    text = " ; ".join(f"clé {key} : {count} valeur(s)" for key, count in counted) or "aucune valeur scellée"
    if _some_hidden():
        text += " (ce que l’application voit ; « manage.py verify seals » regarde tout)"
    return text


def _some_hidden() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT bool_or(row_security_active(name)) FROM unnest(%s::text[]) AS name",
            [[table.table for table in sealed_tables()]],
        )
        return bool(cursor.fetchone()[0])
