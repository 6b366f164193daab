"""The link of an invitation, to somebody who has no account here yet; and addresses that receive nothing."""

import uuid

from django.urls import reverse

from cms.accounts.services.invitations import INVITATION, token_of
from cms.accounts.words import link_of
from cms.notify.enums import Timing
from cms.notify.inbox.rules import MessageContent, NotificationKind, notification_register
from cms.notify.inbox.services.returns import ADDRESS_REFUSED
from cms.users.roles import Role
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
    notification_register(
        NotificationKind(
            kind=ADDRESS_REFUSED,
            label="Une adresse ne reçoit plus nos courriels",
            subject="Une adresse ne reçoit plus nos courriels",
            body="Bonjour,\n\nLa messagerie d’une personne refuse nos courriels : elle n’est plus prévenue. Ouvrez ce "
            "lien pour savoir qui, et rejoignez-la autrement :\n\n{lien}",
            url=lambda pk: reverse("havre_accounts:page", args=[pk]),
            roles=(Role.COORDINATION, Role.DIRECTION),
            timing=Timing.MORNING,
        )
    )
