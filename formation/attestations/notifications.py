"""Notification of who must renew a training."""

import uuid

from django.urls import reverse

from cms.notify.inbox.rules import NotificationKind, notification_register
from formation.attestations.services.renewals import RENEWAL, STEPS


def register() -> None:
    notification_register(
        NotificationKind(
            kind=RENEWAL,
            label="Une formation est à renouveler",
            subject="Une formation est à renouveler",
            body="Bonjour,\n\nVotre formation au sein du réseau est à renouveler avant le {jour}.\n\nDemandez à votre "
            "direction de vous inscrire à une session de recyclage. Les prochaines sont ici : {lien}",
            url=_url,
            roles=(),
            is_announced=False,
            steps=lambda: STEPS,
        )
    )


def _url(object_id: uuid.UUID) -> str:
    return reverse("formation:own")
