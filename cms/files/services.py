"""Adding, giving back, removing and destroying attachments."""

import datetime as dt
import errno
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, Protocol

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from cms.files.enums import PORTRAIT_MEGABYTES, RemovalReason
from cms.files.models import Attachment
from cms.files.rules.antivirus import scan
from cms.files.rules.files import file_clean, portrait_only
from cms.files.rules.refusals import FileRefusedError
from cms.files.selectors import attachment_may_add, attachment_may_remove
from cms.files.settings import MEGABYTE
from cms.journal.enums import Outcome
from cms.journal.models import JournalLine
from cms.journal.rows import row_clean
from cms.journal.services import journal_append, refusal_queue
from cms.users.models import User
from cms.values.settings import setting_value, setting_values
from cms.vault import store
from cms.vault.bucket import StoreSilentError
from cms.vault.stream import StreamError
from cms.wall import scope
from cms.wall.reveals.services import SEALED_OF, reveal_live

ORPHAN_SECONDS = 24 * 3600
"""A body without a row is left for a day: a restore or a long request may still give it one."""

LOST = "files.attachment.lost"
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
FULL = (
    "Il n’y a plus de place sur le serveur : rien n’a été gardé de ce fichier. Gardez-le, prévenez la coordination, "
    "et déposez-le à nouveau quand elle vous le dira."
)

_holders: list[Callable[[], Iterable[str]]] = []


def holder_register(names: Callable[[], Iterable[str]]) -> None:
    """Make known bodies that another table than the attachments holds, by their names."""
    _holders.append(names)


class Upload(Protocol):
    """What Django gives for a file that was sent. `had_path`: the sender's name held a path."""

    name: str | None

    @property
    def size(self) -> int | None: ...

    def read(self, num_bytes: int | None = None) -> bytes: ...


class NeedsRevealError(Exception):
    """The attachment names the minor: it opens under a live reveal of the identity alone."""


class BodyUnreadableError(Exception):
    """The body is missing, damaged, or its key is not in the ring."""


class StoreAwayError(BodyUnreadableError):
    """The store of the bodies does not answer: nothing is said of the body, which opens once it is back."""


@transaction.atomic
def attachment_add(
    *,
    kind: str,
    object_id: uuid.UUID,
    file: Upload,
    title: str,
    by: User,
    is_identifying: bool = False,
    is_portrait: bool = False,
) -> Attachment:
    """Check, clean, encrypt and store a file. Nothing of a refused file reaches the disk. A portrait is a JPEG or a
    PNG of an object with a sealed identity, and opens under its reveal alone.

    Raises `ValidationError`: `FileRefusedError` when the file itself is refused, which is then journalled once the
    request is rolled back.
    """
    if not attachment_may_add(kind=kind, object_id=object_id, is_portrait=is_portrait):
        raise ValidationError("Vous ne pouvez rien ajouter à ce dossier.", code="scope")
    try:
        most_megabytes, most = setting_values("files.max_megabytes", "files.max_per_object")
        file_type, cleaned = _clean(file, most_megabytes, is_portrait=is_portrait)
        _check_room(kind, object_id, most)
        body = _write(cleaned)
    except FileRefusedError as error:
        refusal_queue(kind, object_id, f"files.refused.{error.refusal}")
        raise
    attachment = Attachment(
        object_kind=kind,
        object_id=object_id,
        title=title.strip(),
        is_identifying=(is_identifying or is_portrait) and kind in SEALED_OF,
        is_portrait=is_portrait,
        stored_name=body.name,
        body_key=body.key,
        digest=body.digest,
        file_type=file_type,
        size=len(cleaned),
        added_by=by,
    )
    row_clean(attachment)
    attachment.save(force_insert=True)
    _tell("add", attachment, file_type=[None, file_type], size=[None, len(cleaned)])
    return attachment


def _clean(file: Upload, most_megabytes: int, *, is_portrait: bool) -> tuple[str, bytes]:
    """Return the type of a file and its bytes, read, scanned and freed of what tells of its author. Raise
    `FileRefusedError`.
    """
    data = _read(file, min(most_megabytes, PORTRAIT_MEGABYTES) if is_portrait else most_megabytes)
    scan(data)
    if is_portrait:
        portrait_only(data)
    return file_clean(data, file.name or "")


def _read(file: Upload, most_megabytes: int) -> bytes:
    if getattr(file, "had_path", False) or any(sign in (file.name or "") for sign in "/\\\0"):
        raise FileRefusedError(
            "path", "Le nom de ce fichier contient un chemin de dossier : renommez-le, puis déposez-le."
        )
    if (file.size or 0) > most_megabytes * MEGABYTE:
        raise FileRefusedError("size", f"Ce fichier dépasse {most_megabytes} Mo : réduisez-le, ou découpez-le.")
    data = file.read()
    if not data:
        raise FileRefusedError("empty", "Ce fichier est vide : vérifiez-le, puis déposez-le à nouveau.")
    return data


def _check_room(kind: str, object_id: uuid.UUID, most: int) -> None:
    with connection.cursor() as cursor:
        # Two files sent at once to one object are counted one after the other.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"files:{kind}:{object_id}"])
    if Attachment.objects.on(kind, object_id).kept().count() >= most:
        raise FileRefusedError("count", f"Ce dossier a déjà {most} pièces : retirez-en une qui ne sert plus.")


def _write(data: bytes) -> store.Body:
    try:
        body = store.body_write(data)
    except OSError as error:
        if error.errno in NO_ROOM:
            raise FileRefusedError("full", FULL) from None
        raise FileRefusedError(
            "storage", "Le fichier n’a pas pu être gardé sur le serveur : réessayez, puis prévenez la coordination."
        ) from None
    scope.undo_on_rollback(lambda: store.body_remove(body.name))
    return body


def attachment_open(attachment: Attachment) -> Iterator[bytes]:
    """Return the body in clear pieces, once the whole of it was checked; the reading is recorded in the journal first.

    Raises `NeedsRevealError`, and `BodyUnreadableError` when not a byte of it may be trusted.
    """
    kind, object_id = attachment.object_kind, attachment.object_id
    if attachment.is_identifying and not reveal_live(kind=kind, object_id=object_id):
        raise NeedsRevealError
    _tell("read", attachment, outcome=Outcome.READ)
    try:
        # The whole of it is checked before the first byte is sent: a download is never cut half-way.
        name, key = attachment.stored_name, attachment.body_key
        if sum(len(piece) for piece in store.body_pieces(name, key)) != attachment.size:
            raise BodyUnreadableError
        return store.body_pieces(name, key)
    except StoreSilentError:
        raise StoreAwayError from None
    except (OSError, StreamError, ValueError):
        raise BodyUnreadableError from None


@transaction.atomic
def attachment_remove(*, attachment: Attachment, by: User, reason: RemovalReason | str) -> Attachment:
    """Close an attachment to everybody; its body is destroyed after a delay. Raises `ValidationError`."""
    if not attachment_may_remove(attachment):
        raise ValidationError("La coordination ou la personne qui l’a ajoutée retire une pièce.", code="scope")
    code = RemovalReason(reason).value
    values = {"removed_at": timezone.now(), "removed_by": by, "removal_reason": code}
    if not Attachment.objects.filter(pk=attachment.pk).kept().update(**values):
        raise ValidationError("Cette pièce est déjà retirée.", code="removed")
    _tell("remove", attachment, reason=code)
    return attachment


@transaction.atomic
def attachment_restore(*, attachment: Attachment) -> Attachment:
    """Give back an attachment that was removed and is not yet destroyed; for the coordination."""
    if not scope.current().sees_all_cases():
        raise ValidationError("La coordination seule rétablit une pièce.", code="scope")
    rows = Attachment.objects.filter(pk=attachment.pk, removed_at__isnull=False).with_body()
    if not rows.update(removed_at=None, removed_by=None, removal_reason=""):
        raise ValidationError("Cette pièce ne peut plus être rétablie : son contenu est détruit.", code="destroyed")
    _tell("restore", attachment)
    return attachment


@transaction.atomic
def attachments_purge() -> int:
    """Destroy what was removed more than `files.removed_days` days ago; answers how many."""
    limit = timezone.now() - dt.timedelta(days=setting_value("files.removed_days"))
    rows = Attachment.objects.filter(removed_at__lt=limit).with_body()
    attachments = list(rows.select_for_update(of=("self",)).order_by("pk"))
    emptied = {"title": "", "body_key": "", "digest": "", "destroyed_at": timezone.now()}
    for attachment in attachments:
        Attachment.objects.filter(pk=attachment.pk).update(**emptied)
        _tell("destroy", attachment)
        # After the commit: a body that goes before its row would leave a row that nothing opens.
        transaction.on_commit(partial(store.body_remove, attachment.stored_name))
    return len(attachments)


def orphans_remove() -> int:
    """Remove bodies that no row holds, left by a request that was cut, with their number in the journal; answers how
    many.

    Nothing is removed when not a row is seen: an empty table beside full folders is a mistake, not an order.
    """
    held = set(Attachment.objects.with_body().values_list("stored_name", flat=True))
    held.update(name for names in _holders for name in names())
    if not held:
        return 0
    lost = [name for name in store.bodies(older_than_seconds=ORPHAN_SECONDS, now=time.time()) if name not in held]
    for name in lost:
        store.leftover_remove(name)
    if lost:
        journal_append(action="files.orphan.remove", details={"count": len(lost)})
    return len(lost)


@transaction.atomic
def missing_tell() -> int:
    """Write in the journal of its object, once, each attachment whose body is gone for more than a day; answers how
    many. The row keeps its key: a body that a backup still holds opens again when it is put back.

    Nothing is told when not a body is there: a folder that is not mounted is a mistake, and `verify files` says it.
    """
    limit = timezone.now() - dt.timedelta(seconds=ORPHAN_SECONDS)
    rows = list(Attachment.objects.with_body().filter(added_at__lt=limit).order_by("pk"))
    standing = store.bodies_standing()
    gone = [row for row in rows if row.stored_name not in standing]
    if not gone or len(gone) == len(rows):
        return 0
    told = set(JournalLine.objects.filter(action=LOST).values_list("details__attachment", flat=True))
    fresh = [row for row in gone if str(row.pk) not in told]
    for row in fresh:
        _tell("lost", row)
    return len(fresh)


def _tell(verb: str, attachment: Attachment, *, reason: str = "", outcome: str = Outcome.DONE, **coded: Any) -> None:
    journal_append(
        action=f"files.attachment.{verb}",
        kind=attachment.object_kind,
        object_id=attachment.object_id,
        outcome=outcome,
        reason=reason,
        details={"attachment": str(attachment.pk), **({"coded": coded} if coded else {})},
    )
