"""What the coordination and the direction are told: something may be opened, and waits for a second person."""

import uuid

from django.urls import reverse

from cms.documents.visibility.services import ASKED
from cms.notify.inbox.rules import NotificationKind, notification_register
from cms.users.roles import SEES_ALL_CASES


def _url(pk: uuid.UUID) -> str:
    return reverse("documents_visibility_decide", args=[pk])


def register() -> None:
    notification_register(
        NotificationKind(
            kind=ASKED,
            label="Un document ou une page attend d’être ouvert à plus de lecteurs",
            subject="Une ouverture attend votre décision",
            body="Bonjour,\n\nUne personne demande qu’un document ou une page du réseau soit lu par davantage de "
            "monde. Regardez ce qui se montrerait, puis décidez : {lien}",
            url=_url,
            roles=tuple(sorted(SEES_ALL_CASES)),
        )
    )
