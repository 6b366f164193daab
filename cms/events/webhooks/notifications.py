"""What the coordination and the direction are told: a request waits, an address was left in peace."""

import uuid

from django.urls import reverse

from cms.events.webhooks.enums import ASKED, PAUSED
from cms.events.webhooks.policies import TELLERS
from cms.notify.inbox.rules import NotificationKind, notification_register
from cms.users.roles import SEES_ALL_CASES


def _url(pk: uuid.UUID) -> str:
    return reverse("events_subscription", args=[pk])


def register() -> None:
    notification_register(
        NotificationKind(
            kind=ASKED,
            label="Un logiciel attend d’être prévenu de ce qui se passe",
            subject="Un logiciel à prévenir attend votre décision",
            body="Bonjour,\n\nUne personne demande qu’un autre logiciel soit prévenu de ce qui se passe dans le "
            "réseau. Regardez où et de quoi, puis décidez : {lien}",
            url=_url,
            roles=tuple(sorted(SEES_ALL_CASES)),
        )
    )
    notification_register(
        NotificationKind(
            kind=PAUSED,
            label="Un logiciel n’est plus prévenu : il ne répond plus",
            subject="Un logiciel n’est plus prévenu",
            body="Bonjour,\n\nUn logiciel du réseau n’est plus prévenu de ce qui se passe. Rien n’est perdu : voyez "
            "pourquoi, puis reprenez quand il répond de nouveau. {lien}",
            url=_url,
            roles=tuple(TELLERS),
        )
    )
