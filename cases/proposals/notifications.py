"""What people are told of proposals. A message says that something waits, never about whom."""

from django.urls import reverse

from cases.files.access.selectors import attached_register
from cases.files.services import aged_register
from cases.proposals.models import Orientation, Proposal
from cases.proposals.services import PROPOSAL
from cases.proposals.unmet.services import need_at_closing
from cases.requests.services.sollicitations import on_request_closing
from cms.notify.inbox.rules import NotificationKind, notification_register
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
    aged_register(Orientation, day="decided_on", age="age_at_decision")
    attached_register("proposal", lambda case_id: Proposal.objects.filter(orientation__case_id=case_id).values("pk"))
    on_request_closing.register(need_at_closing)
    for kind in KINDS:
        notification_register(kind)
