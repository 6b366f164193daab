"""What is told of the accounts of software: a request waits, a key may be made."""

import uuid

from django.urls import reverse

from cms.events.software.enums import AGREED, ASKED
from cms.notify.inbox.rules import NotificationKind, notification_register
from cms.users.roles import SEES_ALL_CASES, Role


def _decides(pk: uuid.UUID) -> str:
    return reverse("events_software", args=[pk])


def _makes(pk: uuid.UUID) -> str:
    return reverse("portal:software_key", args=[pk])


def register() -> None:
    notification_register(
        NotificationKind(
            kind=ASKED,
            label="Un compte de logiciel attend une décision",
            subject="Un compte de logiciel attend votre décision",
            body="Bonjour,\n\nUne personne demande qu’un logiciel lise ou écrive dans Havre, sous ses droits. "
            "Regardez ce qu’il ouvrirait, puis décidez : {lien}",
            url=_decides,
            roles=tuple(sorted(SEES_ALL_CASES)),
        )
    )
    notification_register(
        NotificationKind(
            kind=AGREED,
            label="Le compte d’un logiciel dont vous répondez est accordé",
            subject="Un compte de logiciel est accordé",
            body="Bonjour,\n\nLe compte de logiciel que vous avez demandé est accordé. Créez sa clé, puis confiez-la "
            "à qui tient ce logiciel : {lien}",
            url=_makes,
            roles=tuple(Role),
        )
    )
