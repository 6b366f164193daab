"""What the coordination and the direction are told: what binds partners waits for a second person."""

import uuid

from django.urls import reverse

from cms.documents.kinds.services import KIND_ASKED
from cms.notify.inbox.rules import NotificationKind, notification_register
from cms.users.roles import SEES_ALL_CASES


def _url(pk: uuid.UUID) -> str:
    return reverse("documents_kind_decision", args=[pk])


def register() -> None:
    notification_register(
        NotificationKind(
            kind=KIND_ASKED,
            label="Une décision sur un document du réseau attend une seconde personne",
            subject="Une décision attend une seconde personne",
            body="Bonjour,\n\nUne personne de la coordination demande qu’un document du réseau soit signé, retiré, ou "
            "publié par une seule personne. Regardez qui cela concerne, puis décidez : {lien}",
            url=_url,
            roles=tuple(sorted(SEES_ALL_CASES)),
        )
    )
