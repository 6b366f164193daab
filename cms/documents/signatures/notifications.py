"""What somebody who signs is told of."""

import uuid

from django.urls import reverse

from cms.documents.enums import FIRST_DAYS, LAST_DAYS, OWN_PAGES
from cms.documents.signatures.services.reminders import OVER, SIGNATURE
from cms.documents.versions.models import DocumentVersion
from cms.notify.inbox.rules import NotificationKind, notification_register
from cms.users.roles import Role
from cms.values.settings import setting_values


def _steps() -> tuple[int, ...]:
    first, last = setting_values(FIRST_DAYS, LAST_DAYS)
    return (first, last, OVER)


def _url(version_id: uuid.UUID) -> str:
    """Return the address: the référentiel has pages of its own; the others are read and signed on one page."""
    kind = DocumentVersion.objects.filter(pk=version_id).values_list("document__kind", flat=True).first()
    return reverse("referentiel:read") if kind in (None, *OWN_PAGES) else reverse("documents:sign", args=[kind])


def register() -> None:
    notification_register(
        NotificationKind(
            kind=SIGNATURE,
            label="Une signature vous attend",
            subject="Une signature vous attend",
            body="Bonjour,\n\nUne version d’un document du réseau attend votre signature. Le délai se termine le "
            "{jour}.\n\nLisez-la, puis signez : {lien}",
            url=_url,
            roles=(Role.STRUCTURE_DIRECTOR, Role.REQUESTER),
            is_announced=False,
            steps=_steps,
        )
    )
