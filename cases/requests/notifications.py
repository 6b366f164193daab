"""What people are told of requests, and what rings whoever is on duty. A message never says about whom."""

from django.urls import reverse

from cases.files.services import aged_register
from cases.requests.models import Sollicitation
from cases.requests.services.notices import ADVICE, MESSAGE, NEWS, QUESTION, REPLY
from cases.requests.services.rings import KIND
from cases.requests.services.taking import request_take
from cms.notify.duty.rules.kinds import RingKind, ring_kind_register
from cms.notify.inbox.rules import NotificationKind, notification_register
from cms.users.roles import Role

KINDS = [
    NotificationKind(
        kind=QUESTION,
        label="La coordination attend un complément à votre demande",
        subject="Un message attend votre réponse",
        body="Bonjour,\n\nLa coordination a besoin d’un complément pour avancer.\n\nLisez et répondez : {lien}",
        url=lambda pk: reverse("cases:request", args=[pk]),
        roles=(Role.REQUESTER,),
        is_urgent=True,
    ),
    NotificationKind(
        kind=ADVICE,
        label="Un avis de la coordination est à lire",
        subject="Un message vous attend",
        body="Bonjour,\n\nLa coordination vous a répondu.\n\nLisez sa réponse : {lien}",
        url=lambda pk: reverse("cases:request", args=[pk]),
        roles=(Role.REQUESTER,),
        is_information=True,
    ),
    NotificationKind(
        kind=NEWS,
        label="La coordination vous donne des nouvelles de votre demande",
        subject="Un message vous attend",
        body="Bonjour,\n\nLa coordination vous donne des nouvelles.\n\nLisez son message : {lien}",
        url=lambda pk: reverse("cases:request", args=[pk]),
        roles=(Role.REQUESTER,),
        is_urgent=True,
        is_information=True,
    ),
    NotificationKind(
        kind=REPLY,
        label="Un service a répondu à votre question",
        subject="Une réponse vous attend",
        body="Bonjour,\n\nLe service demandeur vous a répondu.\n\nLisez sa réponse : {lien}",
        url=lambda pk: reverse("cases_sollicitation:inspect", args=[pk]),
        roles=(Role.COORDINATION, Role.DIRECTION),
        is_information=True,
    ),
    NotificationKind(
        kind=MESSAGE,
        label="Un service vous écrit au sujet de sa demande",
        subject="Un message vous attend",
        body="Bonjour,\n\nUn service demandeur vous écrit de lui-même.\n\nLisez son message : {lien}",
        url=lambda pk: reverse("cases_sollicitation:inspect", args=[pk]),
        roles=(Role.COORDINATION, Role.DIRECTION),
        is_urgent=True,
        is_information=True,
    ),
]


def register() -> None:
    aged_register(Sollicitation, day="received_on", age="age_at_reception")
    for kind in KINDS:
        notification_register(kind)
    ring_kind_register(
        RingKind(
            kind=KIND,
            label="demande d’accueil urgente",
            url=lambda object_id: reverse("cases_sollicitation:inspect", args=[object_id]),
            take=request_take,
        )
    )
