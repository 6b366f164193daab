"""What a child says reaches the whole coordination, and rings for a danger. Nothing in it tells who or where."""

from django.urls import reverse

from cases.voice.services import KIND
from cms.notify.duty.rules.kinds import RingKind, ring_kind_register
from cms.notify.inbox.rules import NotificationKind, notification_register
from cms.users.roles import Role


def register() -> None:
    notification_register(
        NotificationKind(
            kind=KIND,
            label="Un enfant a écrit à la coordination, en confidence",
            subject="Un message en confidence attend une réponse",
            body="Bonjour,\n\nUn message en confidence attend la coordination.\n\nLisez-le et répondez : {lien}",
            url=lambda pk: reverse("cases_voice:inspect", args=[pk]),
            roles=(Role.COORDINATION, Role.DIRECTION),
        )
    )
    ring_kind_register(
        RingKind(
            kind=KIND,
            label="alerte en confidence, danger immédiat,",
            url=lambda pk: reverse("cases_voice:inspect", args=[pk]),
        )
    )
