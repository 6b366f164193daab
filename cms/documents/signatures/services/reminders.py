"""Reminding who signs for a structure: what is awaited becomes notifications, which the signature closes."""

import datetime as dt

from cms.documents.signatures.selectors import signatures_awaited
from cms.documents.versions.models import Document
from cms.notify.inbox.services.obligations import Recipient, notifications_follow
from cms.wall import scope

SIGNATURE = "signature"
OVER = -1
"""The day after the last one."""


def signatures_follow(on: dt.date) -> None:
    """Each morning: who is still to sign is owed a word, who signed or left no longer is."""
    with scope.acting(scope.FIGURES):
        documents = Document.objects.signed().filter(is_reminded=True).order_by("kind")
        awaited = [row for document in documents for row in signatures_awaited(document.kind, on)]
    recipients = [
        Recipient(
            object_id=row.version.pk,
            person_id=row.membership.user_id,
            partner_id=row.membership.partner_id,
            role=row.membership.role,
            due_on=row.due_on,
        )
        for row in awaited
    ]
    notifications_follow(kind=SIGNATURE, owed=recipients)
