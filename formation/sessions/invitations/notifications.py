"""Notification of an invitation to the direction of a structure."""

import uuid

from django.urls import reverse

from cms.notify.inbox.rules import NotificationKind, notification_register
from cms.users.roles import Role
from cms.values.settings import setting_value
from formation.sessions.invitations.services import INVITATION

REMINDER_DAYS = "formation.invitation_days"


def _url(session_id: uuid.UUID) -> str:
    return reverse("formation:session", args=[session_id])


def register() -> None:
    notification_register(
        NotificationKind(
            kind=INVITATION,
            label="Une formation est proposée à votre équipe",
            subject="Une formation est proposée à votre équipe",
            body="Bonjour,\n\nUne session de formation du réseau est proposée à votre équipe ; elle commence "
            "le {jour}.\n\nInscrivez des personnes, ou dites que vous ne viendrez pas : {lien}",
            url=_url,
            roles=(Role.STRUCTURE_DIRECTOR,),
            steps=lambda: (setting_value(REMINDER_DAYS),),
        )
    )
