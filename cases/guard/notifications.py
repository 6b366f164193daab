"""Tell a second person that a derogation waits, then whoever asked that it is decided."""

from django.urls import reverse

from cases.guard.models import StayDerogation
from cases.guard.services import managers_owe, on_derogation_asked, on_derogation_decided
from cms.notify.inbox.rules import NotificationKind, notification_register
from cms.notify.inbox.services.obligations import Recipient, notification_close, notification_owe
from cms.users.roles import Role

WAITS, DECIDED = "stay_derogation", "stay_derogation_decided"


KINDS = [
    NotificationKind(
        kind=WAITS,
        label="Une dérogation d’accueil attend une seconde personne",
        subject="Une décision attend une seconde personne",
        body="Bonjour,\n\nUne personne de la coordination demande à accueillir un mineur malgré ce qui écarte la "
        "structure. La décision se prend à deux.\n\nLisez et décidez : {lien}",
        url=lambda pk: reverse("cases_case:inspect", args=[pk]),
        roles=(Role.COORDINATION, Role.DIRECTION),
        is_urgent=True,
    ),
    NotificationKind(
        kind=DECIDED,
        label="Votre demande de dérogation d’accueil a sa réponse",
        subject="Une réponse vous attend",
        body="Bonjour,\n\nUne seconde personne a répondu à votre demande.\n\nLisez sa réponse : {lien}",
        url=lambda pk: reverse("cases_case:inspect", args=[pk]),
        roles=(Role.COORDINATION, Role.DIRECTION),
        is_urgent=True,
        is_information=True,
    ),
]


def register() -> None:
    for kind in KINDS:
        notification_register(kind)
    on_derogation_asked.register(_asked)
    on_derogation_decided.register(_decided)


def _asked(derogation: StayDerogation) -> None:
    managers_owe(WAITS, derogation.case_id, but=derogation.asked_by_id)


def _decided(derogation: StayDerogation) -> None:
    if not StayDerogation.objects.waiting().filter(case_id=derogation.case_id).exists():
        notification_close(kind=WAITS, object_id=derogation.case_id)
    notification_owe(kind=DECIDED, owed=[Recipient(object_id=derogation.case_id, person_id=derogation.asked_by_id)])
