"""What the coordination and the direction are told: a compulsory answer is asked, and waits for a second person."""

import uuid

from django.urls import reverse

from cases.extra.services import REQUIREMENT_ASKED
from cms.notify.inbox.rules import NotificationKind, notification_register
from cms.users.roles import SEES_ALL_CASES


def _url(pk: uuid.UUID) -> str:
    return reverse("havre_extra:requirement", args=[pk])


def register() -> None:
    notification_register(
        NotificationKind(
            kind=REQUIREMENT_ASKED,
            label="Une réponse rendue obligatoire attend une seconde personne",
            subject="Une décision attend une seconde personne",
            body="Bonjour,\n\nUne personne de la coordination demande qu’une question ajoutée par le réseau devienne "
            "obligatoire. Regardez combien de fiches seraient à corriger, puis décidez : {lien}",
            url=_url,
            roles=tuple(sorted(SEES_ALL_CASES)),
        )
    )
