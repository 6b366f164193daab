"""Asking for a long export, preparing it, giving it back, removing it."""

import datetime as dt
import time
import uuid
from collections.abc import Callable, Iterator
from functools import partial

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from cms.exports.enums import PENDING, ExportState, Failure
from cms.exports.models import Export
from cms.exports.rules import taken_from
from cms.exports.selectors.own import progress_tell
from cms.journal.rows import row_clean
from cms.journal.services import journal_append
from cms.kit.xlsx.cells import MOST_ROWS
from cms.kit.xlsx.lists import ListExport
from cms.kit.xlsx.sheets import RowLimitError, sheets_write
from cms.operations.standby import reading_elsewhere
from cms.users.models import User
from cms.values.settings import setting_value
from cms.vault import store
from cms.vault.bucket import StoreSilentError
from cms.vault.stream import StreamError
from cms.wall import scope
from cms.wall.services import reference_draw

MOST_PENDING = 3
KIND = "export"
TASK = "exports.prepare"
PREFIX = "EXP"
TELL_SECONDS = 1.0


class FileGoneError(Exception):
    """The file is no longer there, or not a byte of it may be trusted."""


@transaction.atomic
def export_ask(*, user: User, source: str, query: str) -> Export:
    """Queue the preparation of a list. Raises `PermissionDenied`, and `ValidationError` with what to do instead."""
    taken = taken_from(user, source, query)
    if taken.total >= MOST_ROWS:
        raise ValidationError(Failure.ROWS.label, code="rows")
    if Export.objects.filter(author=user).pending().count() >= MOST_PENDING:
        raise ValidationError("Trois exports se préparent déjà pour vous : attendez que l’un d’eux soit prêt.")
    export = Export(
        number=reference_draw(prefix=PREFIX, year=timezone.localdate().year),
        author=user,
        source=source,
        title=taken.title,
        query=query,
        row_count=taken.total,
        file_name=f"{taken.file_name}.xlsx",
    )
    row_clean(export)
    export.save(force_insert=True)
    journal_append(
        action="exports.export.ask",
        kind=KIND,
        object_id=export.pk,
        details={"number": export.number, "source": source, "rows": taken.total, "filters": taken.filters},
    )
    # By its name: the task calls this module.
    app.configure_task(TASK).defer(export_id=str(export.pk))
    return export


def export_prepare(export_id: uuid.UUID) -> None:
    """Write the file as whoever asked. Safe to run twice: what is ready or stopped is left as it is."""
    with scope.acting(scope.EXPORTS):
        export = Export.objects.select_for_update(of=("self",)).get(pk=export_id)
        if export.state not in PENDING:
            return
        Export.objects.filter(pk=export_id).update(state=ExportState.RUNNING)
        author = User.objects.filter(pk=export.author_id, is_active=True).first()
    if author is None:
        export_fail(export_id, Failure.CLOSED)
        return
    try:
        _write(export, author)
    except PermissionDenied:
        export_fail(export_id, Failure.CLOSED)
    except RowLimitError:
        export_fail(export_id, Failure.ROWS)
    except ValidationError:
        export_fail(export_id, Failure.QUERY)
    except Exception:
        export_fail(export_id, Failure.ERROR)
        raise


def _write(export: Export, author: User) -> None:
    """Rows, file, journal and state: one transaction, under the scope of the author.

    Read on a standby, the rows have a transaction of their own, over before the rest is written.
    """
    writer = store.BodyWriter()
    try:
        with reading_elsewhere() as is_elsewhere, scope.acting(author):
            taken = taken_from(author, export.source, export.query)
            count = sheets_write(
                writer,
                taken.headings,
                taken.rows(),
                title=taken.title,
                renders=taken.renders,
                facts=_facts(export, author, taken),
                on_progress=_teller(export.pk),
            )
            body = writer.finish()
            if not is_elsewhere:
                _ready(export, taken, count, body, writer.size)
        if is_elsewhere:
            with scope.acting(author):
                _ready(export, taken, count, body, writer.size)
    except BaseException:
        writer.abandon()
        raise


def _ready(export: Export, taken: ListExport, count: int, body: store.Body, size: int) -> None:
    now = timezone.now()
    Export.objects.filter(pk=export.pk).update(
        state=ExportState.READY,
        query="",
        row_count=count,
        ready_at=now,
        expires_at=now + dt.timedelta(days=setting_value("exports.kept_days")),
        stored_name=body.name,
        body_key=body.key,
        digest=body.digest,
        size=size,
    )
    details = {"rows": count, "filters": taken.filters, "number": export.number}
    journal_append(action=taken.action, kind=taken.kind, details=details)


def _facts(export: Export, author: User, taken: ListExport) -> list[tuple[str, object]]:
    return [
        ("Numéro de l’export au journal", export.number),
        ("Demandé par", f"{author} ({author.email})"),
        ("Lu le, heure de Paris", timezone.now()),
        *taken.facts,
    ]


def _teller(export_id: uuid.UUID) -> Callable[[int], None]:
    """Tells how far the file is, once a second at most."""
    last = [0.0]

    def tell(count: int) -> None:
        if time.monotonic() - last[0] >= TELL_SECONDS:
            last[0] = time.monotonic()
            progress_tell(export_id, count)

    return tell


def export_fail(export_id: uuid.UUID, failure: Failure) -> None:
    with scope.acting(scope.EXPORTS):
        Export.objects.filter(pk=export_id, state__in=PENDING).update(
            state=ExportState.FAILED, failure=failure, query=""
        )
        journal_append(action="exports.export.fail", kind=KIND, object_id=export_id, details={"failure": failure})


def export_open(export: Export, user: User) -> Iterator[bytes]:
    """Return the file in clear pieces, once the right to its rows was asked again; recorded in the journal first.

    Raises `PermissionDenied` when the list is closed to the account since, `FileGoneError` when there is no file left,
    `StoreSilentError` while the store of the bodies does not answer.
    """
    if export.state != ExportState.READY or export.expires_at is None or export.expires_at <= timezone.now():
        raise FileGoneError
    taken_from(user, export.source, export.query)
    journal_append(
        action="exports.export.download",
        kind=KIND,
        object_id=export.pk,
        details={"number": export.number, "rows": export.row_count},
    )
    try:
        if store.body_digest(export.stored_name) != export.digest:
            raise FileGoneError
        return store.body_pieces(export.stored_name, export.body_key)
    except StoreSilentError:
        raise
    except (OSError, StreamError, ValueError):
        raise FileGoneError from None


@transaction.atomic
def exports_purge() -> int:
    """Destroy the files whose delay is over; answers how many. The row stays: number, origin, count."""
    old = list(Export.objects.filter(state=ExportState.READY, expires_at__lte=timezone.now()).select_for_update())
    for export in old:
        Export.objects.filter(pk=export.pk).update(
            state=ExportState.GONE, stored_name="", body_key="", digest="", size=0
        )
        journal_append(action="exports.export.purge", kind=KIND, object_id=export.pk)
        # After the commit: a body that goes before its row would leave a row that nothing opens.
        transaction.on_commit(partial(store.body_remove, export.stored_name))
    return len(old)
