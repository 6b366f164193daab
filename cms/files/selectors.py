"""Reading attachments. Row security filters; a removed one is shown to the coordination alone."""

import uuid

from django.db import connection
from django.db.models import QuerySet
from django.http import Http404

from cms.files.models import Attachment
from cms.journal.services import refusal_queue
from cms.wall import scope


def attachments_of(*, kind: str, object_id: uuid.UUID) -> QuerySet[Attachment]:
    """Return what is kept on an object, latest first."""
    return Attachment.objects.on(kind, object_id).kept().select_related("added_by")


def attachments_all(*, kind: str, object_id: uuid.UUID) -> QuerySet[Attachment]:
    """Return the same with those that were removed and not yet destroyed, for the coordination."""
    rows = Attachment.objects.on(kind, object_id).with_body().select_related("added_by", "removed_by")
    return rows if scope.current().sees_all_cases() else rows.kept()


def attachment_get(
    *, kind: str, object_id: uuid.UUID, pk: uuid.UUID, action: str, removed: bool = False
) -> Attachment:
    """One attachment of this object, or 404 with the refusal kept for the journal.

    `removed`: one that was removed and not yet destroyed.
    """
    rows = Attachment.objects.on(kind, object_id).with_body().select_related("added_by")
    row = rows.filter(pk=pk, removed_at__isnull=not removed).first()
    if row is None:
        refusal_queue("attachment", pk, action)
        raise Http404
    return row


def attachment_may_add(*, kind: str, object_id: uuid.UUID, is_portrait: bool = False) -> bool:
    """Whether the actor may add to this object, as the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT attachment_may_add(%s, %s, %s)", [kind, object_id, is_portrait])
        return bool(cursor.fetchone()[0])


def attachment_may_remove(attachment: Attachment) -> bool:
    """Its author while the object is open to them, and the coordination."""
    current = scope.current()
    if current.sees_all_cases():
        return True
    return attachment.added_by_id == current.user_id and attachment_may_add(
        kind=attachment.object_kind, object_id=attachment.object_id
    )
