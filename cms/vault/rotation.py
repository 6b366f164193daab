"""Sealed values as the database holds them: how many each key seals, which do not open, and sealing them again."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field as dataclass_field

from django.db import DatabaseError, OperationalError, connection, transaction

from cms.vault.keyring import keyring
from cms.vault.places import Column, Key, Table, tables, token_open, unwritable
from cms.vault.sealing import SealError, key_of, seal

VAULT = "vault"
"""System actor that the guards of frozen rows let through, for the owner alone (`vault_reseals`)."""


@dataclass
class Progress:
    """Where a new sealing stands in one table: rows done of those to do, and the rows left as they were."""

    table: str
    label: str
    total: int
    done: int = 0
    refused: list[str] = dataclass_field(default_factory=list)
    """One sentence for each row left, without any value."""


def check() -> list[str]:
    """Integrity check: sealed values that do not open, one sentence each, without any value."""
    return [problem for table in tables() for problem in _closed(table)]


def values_by_key() -> Counter[str]:
    """Return how many values each key seals, over every table that the actor sees."""
    counted: Counter[str] = Counter()
    for table in tables():
        for _, texts in _walk(table):
            for column, text in zip(table.columns, texts, strict=True):
                counted.update(key_of(token) or "aucune" for token in column.tokens(text))
    return counted


def reseal() -> Iterator[Progress]:
    """Seal again with the writing key every value that another key seals; yield after each batch.

    Each batch is one transaction. A row is sealed again whole, or left whole and reported when one of its values does
    not open. Stopped half-way, another run takes up what remains. Raise `DatabaseError` for a caller that may not
    write every table: the owner may.
    """
    if closed := unwritable():
        raise DatabaseError(
            f"permission denied: {closed[0]} and {len(closed) - 1} other tables are not yours to write"
        )
    for table in tables():
        yield from _reseal_table(table)


def _reseal_table(table: Table) -> Iterator[Progress]:
    where = table.where(not_by=keyring().writing_id)
    progress = Progress(table.name, table.label, table.count(where))
    after = None
    while progress.total:
        with transaction.atomic():
            _guards_told()
            rows = table.rows(after, where, lock="FOR UPDATE")
            for key, texts in rows:
                _reseal_row(table, key, texts, progress)
        if not rows:
            return
        after = rows[-1][0]
        yield progress


def _guards_told() -> None:
    """Tell the guards of rows that do not change that their words stay the same (`vault_reseals`, in the database)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT scope_enter_system(%s)", [VAULT])
        # A constraint that waits for the commit would take the whole batch with it.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _reseal_row(table: Table, key: Key, texts: list[str | None], progress: Progress) -> None:
    changed: dict[Column, str | None] = {}
    for column, text in zip(table.columns, texts, strict=True):
        try:
            again = column.replaced(text, lambda token, column=column: _again(token, column))  # type: ignore[misc]
        except SealError as error:
            progress.refused.append(_sentence(table, column, key, error.reason))
            return
        if again != text:
            changed[column] = again
    try:
        with transaction.atomic():
            table.update(key, changed)
    except OperationalError:
        raise
    except DatabaseError as error:
        # One guard that knows nothing of this must not leave the rest of the database on the old key.
        said = getattr(error.__cause__, "diag", None)
        why = f"la base refuse ce changement ({said and (said.constraint_name or said.sqlstate)})"
        progress.refused.append(_sentence(table, next(iter(changed)), key, why))
        return
    progress.done += 1


def _again(token: str, column: Column) -> str:
    return token if key_of(token) == keyring().writing_id else seal(*token_open(token, column))


def _closed(table: Table) -> Iterator[str]:
    for key, texts in _walk(table):
        for column, text in zip(table.columns, texts, strict=True):
            try:
                for token in column.tokens(text):
                    token_open(token, column)
            except SealError as error:
                yield _sentence(table, column, key, error.reason)


def _walk(table: Table) -> Iterator[tuple[Key, list[str | None]]]:
    after, where = None, table.where()
    while rows := table.rows(after, where):
        yield from rows
        after = rows[-1][0]


def _sentence(table: Table, column: Column, key: Key, why: str) -> str:
    return f"{table.label}, ligne {', '.join(map(str, key))}, {column.label} : {why}"


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
            [[table.name for table in tables()]],
        )
        return bool(cursor.fetchone()[0])
