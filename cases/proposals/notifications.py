"""What people are told of proposals. A message says that something waits, never about whom."""

from django.urls import reverse

from cases.proposals.services import PROPOSAL
from cms.notify.inbox.kinds import NotificationKind, notification_register
from cms.users.roles import Role

KINDS = [
    NotificationKind(
        kind=PROPOSAL,
        label="Une proposition d’accueil attend votre réponse",
        subject="Une proposition attend votre réponse",
        body="Bonjour,\n\nLa coordination attend votre réponse avant le {jour}.\n\nLisez et répondez : {lien}",
        url=lambda pk: reverse("cases:proposal", args=[pk]),
        roles=(Role.STRUCTURE_DIRECTOR,),
        is_urgent=True,
        steps=lambda: (1, 0),
    ),
]


def register() -> None:
    for kind in KINDS:
        notification_register(kind)
