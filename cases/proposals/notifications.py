"""What people are told of proposals. A message says that something waits, never about whom."""

import datetime as dt

from django.urls import reverse

from cases.files.access.selectors import attached_register
from cases.files.services import aged_register
from cases.proposals.models import Orientation, Proposal
from cases.proposals.services import PROPOSAL, on_proposal_confirmed, on_proposal_given_up
from cases.proposals.unmet.services import need_at_closing
from cases.requests.services.places import place_given_up, place_obtained
from cases.requests.services.sollicitations import on_request_closing
from cms.notify.inbox.rules import NotificationKind, notification_register
from cms.users.models import User
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
    on_proposal_confirmed.register(_place_obtained)
    on_proposal_given_up.register(_place_given_up)
    for kind in KINDS:
        notification_register(kind)


def _place_obtained(proposal: Proposal, by: User, at: dt.datetime) -> None:
    place_obtained(sollicitation=proposal.orientation.sollicitation, at=at)


def _place_given_up(proposal: Proposal, by: User) -> None:
    place_given_up(sollicitation=proposal.orientation.sollicitation)
