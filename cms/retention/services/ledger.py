"""The file of what was erased, kept outside the database: a backup restored later holds it again, and must forget it.

One line an object: when, which kind, which id. An id alone says nothing of anybody.
"""

import datetime as dt
import os
import uuid
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from cms.retention.models import RetentionDone
from cms.wall import scope


class LedgerError(Exception):
    """The file cannot be read; the message says at which line."""


@dataclass(frozen=True)
class LedgerLine:
    at: dt.datetime
    kind: str
    object_id: uuid.UUID

    def __str__(self) -> str:
        return f"{self.at.isoformat()} {self.kind} {self.object_id}"


def ledger_read() -> list[LedgerLine]:
    """Lines of `settings.HAVRE_FORGOTTEN`; empty when no file is set or written yet. Raises `LedgerError`."""
    if not settings.HAVRE_FORGOTTEN or not Path(settings.HAVRE_FORGOTTEN).exists():
        return []
    lines = Path(settings.HAVRE_FORGOTTEN).read_text(encoding="utf-8", errors="replace").splitlines()
    return [_erased(rank, line) for rank, line in enumerate(lines, start=1)]


def _erased(rank: int, line: str) -> LedgerLine:
    try:
        at, kind, object_id = line.split()
        return LedgerLine(dt.datetime.fromisoformat(at), kind, uuid.UUID(object_id))
    except ValueError:
        raise LedgerError(f"fichier des objets effacés, ligne {rank} : elle est illisible ou a été modifiée") from None


def ledger_complete() -> int:
    """Add at the end of the file, down to the disk, what the database erased and the file does not hold yet.

    Called before and after each execution: a process killed in between leaves nothing out for long.
    """
    if not settings.HAVRE_FORGOTTEN:
        return 0
    known = {(erased.kind, erased.object_id, erased.at) for erased in ledger_read()}
    with scope.acting(scope.RETENTION):
        done = list(RetentionDone.objects.values_list("at", "kind", "object_id"))
    missing = [LedgerLine(at, kind, object_id) for at, kind, object_id in done if (kind, object_id, at) not in known]
    if missing:
        descriptor = os.open(settings.HAVRE_FORGOTTEN, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.writelines(f"{erased}\n" for erased in missing)
            file.flush()
            os.fsync(file.fileno())
    return len(missing)


def replay() -> str:
    """Erase again what the file holds and this database does not know; answers a sentence, empty for nothing.

    Under the owner's connection alone: the application may not erase what it has no signed run for.
    """
    count = 0
    for erased in ledger_read():
        with scope.acting(scope.RETENTION), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT retention_replay(%s, %s, %s)", [erased.kind, erased.object_id, erased.at])
            count += bool(cursor.fetchone()[0])
    return f"Effacés de nouveau, d’après le fichier des objets effacés : {count}." if count else ""
