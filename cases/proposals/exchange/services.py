"""A question of a structure about a sheet, and the answer of the coordination."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cases.common.services import NOT_OPEN, manager_only, row_create
from cases.notices.services import transition_done, transition_tell
from cases.proposals.exchange.models import ProposalMessage
from cases.proposals.models import LONGEST, Proposal
from cases.proposals.services import answer_closed, proposal_rings
from cms.partners.oncall.policies import structures_answered
from cms.users.models import User


@transaction.atomic
def proposal_ask(*, proposal: Proposal, text: str, by: User) -> ProposalMessage:
    """Ask the coordination before answering, for who answers for the structure; it rings for an urgent request."""
    if proposal.partner_id not in structures_answered():
        raise ValidationError(NOT_OPEN, code="scope")
    proposal.refresh_from_db()
    if closed := answer_closed(proposal):
        raise ValidationError(closed)
    message = _write(proposal, text, by, is_from_structure=True)
    rings_for = proposal.orientation_id if proposal_rings(proposal) else None
    transition_tell("proposal_question", object_id=proposal.pk, due_at=proposal.answer_by, rings_for=rings_for)
    return message


@transaction.atomic
def proposal_reply(*, proposal: Proposal, text: str, by: User) -> ProposalMessage:
    """Answer the question of a structure, which reads it on the page of the sheet."""
    manager_only()
    if proposal.withdrawn_at:
        raise ValidationError("Cette proposition est retirée : la structure ne la lit plus.")
    message = _write(proposal, text, by, is_from_structure=False)
    transition_done("proposal_question", object_id=proposal.pk)
    transition_tell("proposal_reply", object_id=proposal.pk)
    return message


def _write(proposal: Proposal, text: str, by: User, *, is_from_structure: bool) -> ProposalMessage:
    text = text.strip()
    if not text:
        raise ValidationError({"text": "Écrivez le message."})
    if len(text) > LONGEST:
        raise ValidationError({"text": f"Un message tient en {LONGEST} caractères."})
    message = ProposalMessage(
        proposal=proposal,
        is_from_structure=is_from_structure,
        text=text,
        written_at=timezone.now(),
        written_by=by,
    )
    row_create(
        message,
        kind="proposal",
        action="cases.proposal.write",
        coded=("is_from_structure",),
        sealed=("text",),
        exclude=["proposal"],
        object_id=proposal.pk,
    )
    return message
