"""The accounts of software, for whoever answers for one and for who follows them all."""

import uuid

from django.db.models import QuerySet

from cms.events.software.models import SoftwareAccount
from cms.sessions.models import ApiToken
from cms.users.models import User


def software_listed() -> QuerySet[SoftwareAccount]:
    rows = SoftwareAccount.objects.filter(dismissed_at=None).select_related("asked_by")
    return rows.order_by("revoked_at", "name", "pk")


def software_own(user: User) -> list[tuple[SoftwareAccount, ApiToken | None]]:
    """Return the accounts that somebody answers for, each with its key in force."""
    keys = {token.software_id: token for token in ApiToken.objects.live().exclude(software_id=None)}
    rows = SoftwareAccount.objects.filter(asked_by=user).order_by("-asked_at")
    return [(row, keys.get(row.pk)) for row in rows]


def software_get(pk: uuid.UUID) -> SoftwareAccount | None:
    people = ("asked_by", "agreed_by", "dismissed_by", "revoked_by")
    return SoftwareAccount.objects.select_related(*people).filter(pk=pk).first()
