"""What the contact of a unit at the network is told of."""

import uuid

from django.urls import reverse

from cms.documents.enums import REVIEW_DAYS
from cms.documents.signatures.services.reminders import OVER
from cms.documents.units.services import REVIEW
from cms.notify.inbox.rules import NotificationKind, notification_register
from cms.users.roles import Role
from cms.values.settings import setting_value


def _url(unit_id: uuid.UUID) -> str:
    return reverse("documents_unit", args=[unit_id])


def register() -> None:
    notification_register(
        NotificationKind(
            kind=REVIEW,
            label="La revue annuelle d’une unité vous attend",
            subject="Une revue annuelle vous attend",
            body="Bonjour,\n\nLa revue annuelle d’une unité est prévue le {jour}.\n\nVous verrez laquelle, et qui "
            "appeler : {lien}",
            url=_url,
            roles=(Role.COORDINATION, Role.DIRECTION),
            is_announced=False,
            steps=lambda: (setting_value(REVIEW_DAYS), OVER),
        )
    )
