"""What rings for a sheet and for its answer, and what notices of proposals lead to and say."""

import datetime as dt
import uuid

from django.urls import reverse
from django.utils import timezone

from cases.common.services import manages
from cases.files.access.selectors import attached_register
from cases.files.services import aged_register
from cases.notices.words import notice_page_register, notice_said_register
from cases.proposals.models import Orientation, Proposal
from cases.proposals.rules import link_sign
from cases.proposals.selectors import Line, line_to_ring, proposals_of_requests
from cases.proposals.services import PROPOSAL, PROPOSAL_ANSWER, on_proposal_confirmed, on_proposal_given_up
from cases.proposals.unmet.services import need_at_closing
from cases.proposals.words import answer_words, answers_said, answers_words, due_said, question_said
from cases.requests.board.selectors import answers_of_requests
from cases.requests.services.places import place_given_up, place_obtained
from cases.requests.services.sollicitations import on_request_closing
from cms.notify.duty.rules.kinds import Plan, RingKind, ring_kind_register
from cms.partners.oncall.rules import is_covered
from cms.users.models import User

ROUNDS = 3
"""Times that the people of a structure are called; then the network is told of its silence."""
ANSWERS = ("proposal_accepted", "proposal_conditional", "proposal_waiting", "proposal_refused", "proposal_silent")


def register() -> None:
    aged_register(Orientation, day="decided_on", age="age_at_decision")
    attached_register("proposal", lambda case_id: Proposal.objects.filter(orientation__case_id=case_id).values("pk"))
    on_request_closing.register(need_at_closing)
    on_proposal_confirmed.register(_place_obtained)
    on_proposal_given_up.register(_place_given_up)
    answers_of_requests.register(_answers)
    notice_page_register("proposal_file", _file)
    notice_page_register("proposal_request", lambda pk: reverse("cases:requests"))
    notice_said_register(ANSWERS, answers_said)
    notice_said_register(["proposal_question"], question_said)
    notice_said_register([PROPOSAL], due_said)
    ring_kind_register(
        RingKind(
            kind=PROPOSAL,
            label="proposition d’accueil urgente",
            url=_sheet,
            plan=line_plan,
            rings_network=False,
            link=lambda pk: reverse("cases:proposal_link", args=[link_sign(pk)]),
        )
    )
    ring_kind_register(
        RingKind(
            kind=PROPOSAL_ANSWER,
            label="réponse d’une structure à une demande urgente",
            url=lambda pk: reverse("cases_orientation:inspect", args=[pk]),
            words=answer_ring_words,
            is_information=True,
        )
    )


def line_plan(proposal_id: uuid.UUID) -> Plan:
    """Ring the line of the structure within its hours, with the people on call, then its direction.

    The number is called once a round, with the first of them; the others are told by mail. Outside its hours, or
    without a line, the direction is called at the number of its account.
    """
    line = line_to_ring(proposal_id=proposal_id)
    if line is None or not line.is_waiting:
        return Plan(has_rota=False)
    people: list[uuid.UUID] = []
    phones: dict[uuid.UUID, str] = {}
    if line.phone and _is_open(line):
        people = line.people or line.directors
        phones = {person: line.phone if number == 0 else "" for number, person in enumerate(people)}
    directors = [person for person in line.directors if person not in people]
    return Plan(first=[people, directors], has_rota=False, rounds=ROUNDS, stops_when_opened=True, phones=phones)


def _is_open(line: Line) -> bool:
    if not line.days or line.starts_at is None or line.ends_at is None:
        return False
    return is_covered(timezone.now(), days=line.days, starts_at=line.starts_at, ends_at=line.ends_at)


def _sheet(proposal_id: uuid.UUID) -> str:
    """Return the page of a sheet for the reader: the coordination reads it in its orientation."""
    if manages():
        return _file(proposal_id)
    return reverse("cases:proposal", args=[proposal_id])


def _file(proposal_id: uuid.UUID) -> str:
    row = Proposal.objects.filter(pk=proposal_id).values_list("orientation_id", flat=True).first()
    return reverse("cases_orientation:inspect", args=[row]) if row else reverse("cases:proposals")


def answer_ring_words(orientation_id: uuid.UUID) -> list[str]:
    """Return where the structures stand, on the page of a call: the coordination alone is called."""
    rows = Proposal.objects.filter(orientation=orientation_id, withdrawn_at=None).select_related("partner", "answer")
    return [f"{answer_words(row)}." for row in rows.without_words().order_by("answered_at")]


def _answers(ids: list[uuid.UUID]) -> dict[uuid.UUID, str]:
    return {pk: answers_words(rows) for pk, rows in proposals_of_requests(ids).items()}


def _place_obtained(proposal: Proposal, by: User, at: dt.datetime) -> None:
    place_obtained(sollicitation=proposal.orientation.sollicitation, at=at)


def _place_given_up(proposal: Proposal, by: User) -> None:
    place_given_up(sollicitation=proposal.orientation.sollicitation)
