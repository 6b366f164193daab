"""The message to direction and data protection when somebody reads too much."""

from django.urls import reverse

from cms.data_rights.readings.services import TOLD, UNUSUAL
from cms.notify.inbox.rules import NotificationKind, notification_register


def register() -> None:
    notification_register(
        NotificationKind(
            kind=UNUSUAL,
            label="Un compte lit, essaie ou emporte beaucoup plus que d’ordinaire",
            subject="Une activité inhabituelle demande votre attention",
            body="Bonjour,\n\nDans la dernière heure, un compte du réseau a dépassé ce que vous avez fixé : dossiers "
            "ouverts, accès refusés ou exports. Regardez qui, et appelez cette personne. Si ce n’est pas elle, "
            "fermez ses sessions et suspendez son compte.\n\nQui a lu combien : {lien}",
            url=lambda pk: reverse("havre_readings:index"),
            roles=TOLD,
            is_urgent=True,
            is_chosen=False,
            is_information=True,
        )
    )
