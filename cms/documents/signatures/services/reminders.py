"""Reminding who signs for a structure: what is awaited becomes notifications, which the signature closes."""

import datetime as dt
import uuid

from django.urls import reverse

from cms.documents.enums import SIGNED_BY_STRUCTURES, WRITTEN
from cms.documents.settings import FIRST_DAYS, LAST_DAYS, REVIEW_DAYS
from cms.documents.signatures.selectors import signatures_awaited
from cms.documents.units.services import REVIEW
from cms.documents.versions.models import DocumentVersion
from cms.notify.inbox.rules import NotificationKind, notification_register
from cms.notify.inbox.services.obligations import Owed, notifications_follow
from cms.users.roles import Role
from cms.values.settings import setting_value, setting_values
from cms.wall import scope

SIGNATURE = "signature"
OVER = -1
"""The day after the last one."""


def signatures_follow(on: dt.date) -> None:
    """Each morning: who is still to sign is owed a word, who signed or left no longer is."""
    with scope.acting(scope.FIGURES):
        awaited = [row for kind in SIGNED_BY_STRUCTURES for row in signatures_awaited(kind, on)]
    owed = [
        Owed(
            object_id=row.version.pk,
            person_id=row.membership.user_id,
            partner_id=row.membership.partner_id,
            role=row.membership.role,
            due_on=row.due_on,
        )
        for row in awaited
    ]
    notifications_follow(kind=SIGNATURE, owed=owed)


def _steps() -> tuple[int, ...]:
    first, last = setting_values(FIRST_DAYS, LAST_DAYS)
    return (first, last, OVER)


def _url(version_id: uuid.UUID) -> str:
    """The référentiel has pages of its own; the others are read and signed on one page."""
    kind = DocumentVersion.objects.filter(pk=version_id).values_list("document__kind", flat=True).first()
    return reverse("documents:sign", args=[kind]) if kind in WRITTEN else reverse("referentiel:read")


def _units(unit_id: uuid.UUID) -> str:
    return reverse("documents_unit", args=[unit_id])


def register() -> None:
    notification_register(
        NotificationKind(
            kind=SIGNATURE,
            label="Une signature vous attend",
            subject="Une signature vous attend",
            body="Bonjour,\n\nUne version d’un document du réseau attend votre signature. Le délai se termine le "
            "{jour}.\n\nLisez-la, puis signez : {lien}",
            url=_url,
            roles=(Role.STRUCTURE_DIRECTOR,),
            is_announced=False,
            steps=_steps,
        )
    )
    notification_register(
        NotificationKind(
            kind=REVIEW,
            label="La revue annuelle d’une unité vous attend",
            subject="Une revue annuelle vous attend",
            body="Bonjour,\n\nLa revue annuelle d’une unité est prévue le {jour}.\n\nVous verrez laquelle, et qui "
            "appeler : {lien}",
            url=_units,
            roles=(Role.COORDINATION, Role.DIRECTION),
            is_announced=False,
            steps=lambda: (setting_value(REVIEW_DAYS), OVER),
        )
    )
