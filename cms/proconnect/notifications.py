"""The answer to somebody who asked for an account: accepted, they have one; refused, they are an address."""

from django.urls import reverse

from cms.notify.inbox.rules import NotificationKind, notification_register
from cms.proconnect.services.requests import ANSWER


def register() -> None:
    notification_register(
        NotificationKind(
            kind=ANSWER,
            label="Votre demande de compte a sa réponse",
            subject="Une réponse vous attend",
            body="Bonjour,\n\nUne réponse à votre demande de compte vous attend. Identifiez-vous comme la première "
            "fois pour la lire : {lien}",
            url=lambda pk: reverse("portal:home"),
            roles=(),
            is_urgent=True,
            is_chosen=False,
            is_information=True,
        )
    )
