"""The link of an invitation: a message to somebody who has no account here yet, or none in this partner."""

import uuid

from django.urls import reverse

from cms.accounts.services.invitations import INVITATION, token_of
from cms.accounts.words import link_of
from cms.notify.inbox.rules import MessageContent, NotificationKind, notification_register
from cms.values.settings import setting_value


def _link(invitation_id: uuid.UUID, key: uuid.UUID) -> MessageContent:
    return MessageContent(content=f"{setting_value('accounts.link_hours')} heures", link=link_of(token_of(key)))


def register() -> None:
    notification_register(
        NotificationKind(
            kind=INVITATION,
            label="Une invitation à rejoindre le réseau",
            subject="Une invitation vous attend",
            body="Bonjour,\n\nUne invitation vous attend. Ouvrez ce lien dans les {contenu} ; il ne sert qu’une fois :"
            "\n\n{lien}\n\nVous n’attendez rien de tel ? Ne faites rien et effacez ce message.",
            url=lambda pk: reverse("portal:home"),
            roles=(),
            is_urgent=True,
            is_chosen=False,
            particulars=_link,
        )
    )
