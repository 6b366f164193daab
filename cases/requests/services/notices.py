"""Who is told of what happens to a request or a proposal, in the transaction that makes it happen."""

from django.utils import timezone

from cases.enums import MessageKind
from cases.proposals.models import Proposal
from cases.requests.models import Sollicitation
from cms.notify.inbox.services.obligations import Owed, notification_close, notification_owe
from cms.partners.models import Membership
from cms.users.models import User
from cms.users.roles import Role

PROPOSAL = "proposal"
QUESTION = "request_question"
ADVICE = "request_advice"
REPLY = "request_reply"


def proposal_owe(proposal: Proposal) -> None:
    """The directors of the structure have a sheet to answer."""
    director = Role.STRUCTURE_DIRECTOR.value
    members = Membership.objects.on(timezone.localdate()).filter(
        partner_id=proposal.partner_id, role=director, user__is_active=True
    )
    notification_owe(
        kind=PROPOSAL,
        owed=[
            Owed(
                object_id=proposal.pk,
                person_id=user_id,
                partner_id=proposal.partner_id,
                role=director,
                due_on=timezone.localdate(proposal.answer_by),
            )
            for user_id in members.values_list("user_id", flat=True)
        ],
    )


def proposal_done(proposal: Proposal) -> None:
    notification_close(kind=PROPOSAL, object_id=proposal.pk)


def message_owe(sollicitation: Sollicitation, kind: MessageKind, by: User) -> None:
    """A question waits for an answer; an advice and an answer wait to be read."""
    if kind == MessageKind.REPLY:
        notification_close(kind=QUESTION, object_id=sollicitation.pk)
        if sollicitation.taken_by_id:
            _owe(REPLY, Owed(object_id=sollicitation.pk, person_id=sollicitation.taken_by_id))
        return
    if sollicitation.submitted_by_id in (None, by.pk):
        return
    told = Owed(
        object_id=sollicitation.pk, person_id=sollicitation.submitted_by_id, partner_id=sollicitation.requester_id
    )
    _owe(QUESTION if kind == MessageKind.MORE else ADVICE, told)


def request_done(sollicitation: Sollicitation) -> None:
    """Closed: no answer is awaited any more."""
    notification_close(kind=QUESTION, object_id=sollicitation.pk)


def _owe(kind: str, owed: Owed) -> None:
    notification_owe(kind=kind, owed=[owed])
