"""An orientation decided by the coordination, the anonymous sheets sent to structures, and their answers."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cases.common.rules.listeners import Listeners
from cases.common.rules.states import sollicitation_after
from cases.common.services import lock, manager_only, past, row_change, row_create
from cases.enums import ANSWERS_ACCEPTING, ORIENTATIONS, Answer, Decision, SollicitationState
from cases.files.models import Case
from cases.files.services import age_of_case
from cases.notices.services import transition_done, transition_tell
from cases.proposals.models import Orientation, Proposal
from cases.proposals.selectors import is_suspended
from cases.proposals.sheet.services import NOTHING, SheetAddition, addition_check, sheet_of
from cases.proposals.unmet.services import need_met
from cases.requests.models import Sollicitation
from cases.requests.services.notices import request_done
from cases.requests.services.rings import ring_follow, urgency_rings
from cms.notify.duty.services.rings import ring_close
from cms.partners.enums import PartnerKind
from cms.partners.models import Partner
from cms.users.models import User
from cms.values.models import Value
from cms.values.settings import setting_value

ORIENTATION_CODED = (
    "case_id",
    "sollicitation_id",
    "decision_id",
    "decided_at",
    "identification_level_id",
    "age_at_decision",
    "ordinary_service_id",
)
TOLD_AFTER = dt.timedelta(hours=1)
ANSWERED = "Cette proposition a déjà reçu une réponse."
ADMISSION = "Indiquez à partir de quelle heure vous pouvez l’accueillir."
SUSPENDED = "Votre structure est suspendue : elle ne peut pas accepter d’arrivée. Appelez la coordination."
WITHDRAWN = "Cette proposition a été retirée : la coordination a trouvé une autre solution. Merci à votre équipe."
PROPOSAL, PROPOSAL_ANSWER = "proposal", "proposal_answer"
"""Kinds that ring: the line of a structure for a sheet; the on-call of the network for an orientation."""
TOLD = {
    Answer.ACCEPTED: "proposal_accepted",
    Answer.CONDITIONAL: "proposal_conditional",
    Answer.REFUSED: "proposal_refused",
    Answer.NONE: "proposal_silent",
}

on_structures_asked = Listeners()
"""Called with `sollicitation` and its `consultation` before a decision, which they may refuse. Each returns a function
that takes the orientation once it is decided.
"""
on_proposal_confirmed = Listeners()
"""Called with `proposal`, `by`, `at` once a structure is confirmed."""
on_proposal_given_up = Listeners()
"""Called with `proposal`, `by` when a confirmed structure no longer is."""


@dataclass(frozen=True)
class Consultation:
    """Which structures receive the anonymous sheet, and what it says.

    `needs` are values of the list `vulnerabilite`, shown on the sheet. Answers are due within `answer_within`, or
    within the delay of the network (`_answer_within`). `derogation`: why a structure that the rules of matching
    exclude is asked. `is_apart`: brothers and sisters are separated on purpose, this minor alone is proposed.
    """

    structures: Sequence[Partner] = ()
    answer_within: dt.timedelta | None = None
    needs: Sequence[str] = ()
    derogation: str = ""
    is_apart: bool = False
    added: SheetAddition = NOTHING


NOBODY = Consultation()


@transaction.atomic
def orientation_decide(
    *,
    sollicitation: Sollicitation,
    decision_id: str,
    decided_by: User,
    decided_at: dt.datetime | None = None,
    ordinary_service_id: str | None = None,
    consultation: Consultation = NOBODY,
) -> Orientation:
    """Orient a minor (indicator 2): freeze level and age, and send its sheet to each structure asked.

    The decision is also a first answer to the requester. Structures are held against the rules of matching, and the
    search is stored; a decision entered later than `TOLD_AFTER` is recorded as it was taken.
    """
    manager_only()
    lock(sollicitation)
    state = sollicitation_after(sollicitation.state, "orient")
    decided_at = past("decided_at", decided_at or timezone.now())
    if decided_at < sollicitation.received_at:
        raise ValidationError({"decided_at": "La décision précède la réception de la demande."})
    case, level_id = _case_to_orient(sollicitation)
    _check_decision(decision_id, consultation.structures)
    addition_check(case=case, added=consultation.added)
    is_now = timezone.now() - decided_at < TOLD_AFTER
    keeps = _hold(sollicitation, consultation) if is_now else []
    decided_on = timezone.localdate(decided_at)
    orientation = Orientation(
        case=case,
        sollicitation=sollicitation,
        decision_id=decision_id,
        decided_at=decided_at,
        decided_on=decided_on,
        decided_by=decided_by,
        identification_level_id=level_id,
        age_at_decision=age_of_case(case=case, on=decided_on, field="decided_at"),
        ordinary_service_id=ordinary_service_id,
    )
    row_create(orientation, kind="orientation", action="cases.orientation.decide", coded=ORIENTATION_CODED)
    for keep in keeps:
        keep(orientation)
    _send(orientation, consultation, is_now=is_now)
    _answer_requester(sollicitation, state=state, decided_at=decided_at)
    return orientation


def _answer_requester(sollicitation: Sollicitation, *, state: str, decided_at: dt.datetime) -> None:
    """Take the decision for a first answer, unless there was one: the request is no longer waited for, nor rings."""
    values = {"state": state, "first_answered_at": sollicitation.first_answered_at or decided_at}
    row_change(sollicitation, values, kind="sollicitation", action="cases.sollicitation.orient")
    request_done(sollicitation)
    ring_follow(sollicitation)


def _hold(sollicitation: Sollicitation, consultation: Consultation) -> list[Callable[[Orientation], object]]:
    """Hold the structures against the rules of matching; return what stores the search with the orientation."""
    if not consultation.structures:
        return []
    return on_structures_asked.tell(sollicitation=sollicitation, consultation=consultation)


def _send(orientation: Orientation, consultation: Consultation, *, is_now: bool) -> None:
    """Send the anonymous sheet to each structure; `is_now`: they are notified."""
    sent_at = orientation.decided_at
    within = consultation.answer_within or _answer_within(orientation.sollicitation)
    added = consultation.added
    sheet = sheet_of(orientation=orientation, needs=consultation.needs, added=added)
    for structure in consultation.structures:
        proposal = Proposal(
            orientation=orientation,
            partner=structure,
            sheet=sheet,
            note=added.note or None,
            sent_at=sent_at,
            answer_by=sent_at + within,
        )
        row_create(
            proposal,
            kind="proposal",
            action="cases.proposal.send",
            coded=("orientation_id", "partner_id", "answer_by"),
        )
        if is_now:
            proposal_owe(proposal)


def _answer_within(sollicitation: Sollicitation) -> dt.timedelta:
    """Return the delay left to structures: hours, or minutes when the request rings."""
    if urgency_rings(sollicitation.urgency):
        return dt.timedelta(minutes=setting_value("cases.urgent_answer_minutes"))
    return dt.timedelta(hours=setting_value("cases.answer_hours"))


def _case_to_orient(sollicitation: Sollicitation) -> tuple[Case, str]:
    """Return the case of a sollicitation, and its level of identification."""
    case = sollicitation.case
    if case is None:
        raise ValidationError("Rattachez d’abord la sollicitation à la situation d’un mineur.")
    if case.closed_on:
        raise ValidationError("Cette situation est close.")
    if not case.identification_level_id:
        raise ValidationError({"identification_level": "Indiquez le niveau d’identification avant d’orienter."})
    return case, case.identification_level_id


def _check_decision(decision_id: str, structures: Sequence[Partner]) -> None:
    if decision_id not in ORIENTATIONS:
        raise ValidationError(
            {"decision": "Cette décision n’oriente pas : clôturez la sollicitation avec cette suite."}
        )
    if decision_id == Decision.NETWORK and not structures:
        raise ValidationError({"structures": "Choisissez au moins une structure du réseau."})
    if decision_id != Decision.NETWORK and structures:
        raise ValidationError({"structures": "Une orientation vers le droit commun n’interroge pas de structure."})
    if any(structure.kind != PartnerKind.STRUCTURE for structure in structures):
        raise ValidationError({"structures": "Seule une structure d’accueil peut être interrogée."})


@transaction.atomic
def orientation_cancel(*, orientation: Orientation, by: User, at: dt.datetime | None = None) -> Orientation:
    """Take an orientation back: it no longer counts, its proposals are withdrawn. Refused once a stay follows it."""
    manager_only()
    lock(orientation)
    if orientation.cancelled_at:
        raise ValidationError("Cette orientation est déjà annulée.")
    if orientation.placements.exists():
        raise ValidationError("Un séjour a suivi cette orientation : elle ne s’annule plus.")
    at = past("cancelled_at", at or timezone.now())
    row_change(orientation, {"cancelled_at": at}, kind="orientation", action="cases.orientation.cancel")
    for proposal in orientation.proposals.filter(withdrawn_at=None):
        _withdraw(proposal, at, by)
    ring_close(kind=PROPOSAL_ANSWER, object_id=orientation.pk)
    sollicitation = orientation.sollicitation
    if (
        not sollicitation.orientations.filter(cancelled_at=None).exists()
        and sollicitation.state == SollicitationState.ORIENTED
    ):
        values = {"state": sollicitation_after(sollicitation.state, "cancel_orientation")}
        row_change(sollicitation, values, kind="sollicitation", action="cases.sollicitation.orientation_cancelled")
    return orientation


@transaction.atomic
def proposal_answer(
    *,
    proposal: Proposal,
    answer_id: str,
    answered_by: User,
    refusal_reason_id: str | None = None,
    available_from: dt.datetime | None = None,
    condition: str = "",
    at: dt.datetime | None = None,
) -> Proposal:
    """Record the answer of the structure, once, and tell the coordination, whose on-call rings for an urgent request.

    It is still taken after the delay, and `proposal.is_late` says so. An acceptance says from which hour the
    structure can admit (`available_from`), and a conditional one its condition in words. `Answer.NONE`: the
    coordination called and nobody answered.
    """
    lock(proposal)
    _check_answer(proposal, answer_id, refusal_reason_id)
    at = past("answered_at", at or timezone.now())
    _check_admission(proposal, answer_id, available_from, condition, at)
    values = {
        "answer_id": answer_id,
        "refusal_reason_id": refusal_reason_id or None,
        "available_from": available_from,
        "condition": condition.strip() or None,
        "answered_at": at,
        "answered_by_id": answered_by.pk,
    }
    row_change(
        proposal,
        values,
        kind="proposal",
        action="cases.proposal.answer",
        exclude=["orientation"],
        sealed=("condition",),
    )
    proposal_done(proposal)
    rings_for = proposal.orientation_id if proposal_rings(proposal) else None
    transition_tell(TOLD.get(Answer(answer_id), "proposal_waiting"), object_id=proposal.pk, at=at, rings_for=rings_for)
    return proposal


def _check_answer(proposal: Proposal, answer_id: str, refusal_reason_id: str | None) -> None:
    if closed := answer_closed(proposal):
        raise ValidationError(closed)
    if answer_id == Answer.REFUSED and not refusal_reason_id:
        raise ValidationError({"refusal_reason": "Indiquez le motif du refus."})
    if answer_id != Answer.REFUSED and refusal_reason_id:
        raise ValidationError({"refusal_reason": "Un motif ne se donne qu’avec un refus."})


def answer_closed(proposal: Proposal) -> str:
    """Return why a sheet takes no answer any more; empty while it does."""
    if proposal.withdrawn_at:
        return WITHDRAWN
    return ANSWERED if proposal.answer_id else ""


def _check_admission(
    proposal: Proposal, answer_id: str, available_from: dt.datetime | None, condition: str, at: dt.datetime
) -> None:
    """Raise `ValidationError` for an hour or a condition that does not go with the answer, and for a structure
    suspended meanwhile that accepts, unless two people let this minor enter it.
    """
    accepts = answer_id in ANSWERS_ACCEPTING
    if accepts and not available_from:
        raise ValidationError({"available_from": ADMISSION})
    if available_from and not accepts:
        raise ValidationError({"available_from": "L’heure d’admission va avec une réponse favorable."})
    if available_from and available_from < proposal.sent_at - dt.timedelta(minutes=1):
        raise ValidationError({"available_from": "Cette heure précède l’envoi de la fiche."})
    if answer_id == Answer.CONDITIONAL and not condition.strip():
        raise ValidationError({"condition": "Écrivez votre condition : la coordination doit la lire."})
    if condition.strip() and answer_id != Answer.CONDITIONAL:
        raise ValidationError({"condition": "Une condition va avec la réponse « accepte sous condition »."})
    if accepts and is_suspended(proposal, timezone.localdate(at)):
        raise ValidationError(SUSPENDED)


def proposal_rings(proposal: Proposal) -> bool:
    """Say whether a sheet is of a request that rings, from its frozen urgency: the structure reads nothing else."""
    code = (proposal.sheet.get("urgency") or {}).get("code")
    urgency = Value.objects.filter(pk=code).first() if code else None
    return urgency is not None and urgency_rings(urgency)


@transaction.atomic
def proposal_confirm(*, proposal: Proposal, by: User, at: dt.datetime | None = None) -> Proposal:
    """Confirm one acceptance; withdraw the other sheets of the orientation that were not refused.

    The linking of the structure with the service that asked opens.
    """
    manager_only()
    lock(proposal.orientation)
    lock(proposal)
    if proposal.orientation.cancelled_at or proposal.withdrawn_at:
        raise ValidationError("Cette proposition n’a plus cours.")
    if proposal.answer_id not in ANSWERS_ACCEPTING:
        raise ValidationError("Seule une réponse favorable peut être retenue.")
    others = proposal.orientation.proposals.exclude(pk=proposal.pk)
    if proposal.confirmed_at or others.exclude(confirmed_at=None).exists():
        raise ValidationError("Une structure est déjà retenue pour cette orientation.")
    at = past("confirmed_at", at or timezone.now())
    row_change(proposal, {"confirmed_at": at}, kind="proposal", action="cases.proposal.confirm")
    _answers_settle(proposal.orientation)
    transition_tell("proposal_kept", object_id=proposal.pk, at=at)
    for other in others.filter(withdrawn_at=None).select_for_update():
        if other.answer_id != Answer.REFUSED:
            _withdraw(other, at, by)
    orientation = proposal.orientation
    on_proposal_confirmed.tell(proposal=proposal, by=by, at=at)
    need_met(sollicitation=orientation.sollicitation, on=timezone.localdate(at))
    return proposal


@transaction.atomic
def proposal_withdraw(*, proposal: Proposal, by: User, at: dt.datetime | None = None) -> Proposal:
    """Withdraw a proposal; also frees an orientation whose confirmed structure gives up."""
    manager_only()
    lock(proposal)
    if proposal.withdrawn_at:
        raise ValidationError("Cette proposition est déjà retirée.")
    _withdraw(proposal, past("withdrawn_at", at or timezone.now()), by)
    return proposal


def _answers_settle(orientation: Orientation) -> None:
    """End what an orientation awaited of the coordination: its answers are read, nothing rings for them."""
    for pk in orientation.proposals.values_list("pk", flat=True):
        for code in ("proposal_accepted", "proposal_conditional"):
            transition_done(code, object_id=pk)
    ring_close(kind=PROPOSAL_ANSWER, object_id=orientation.pk)


def _withdraw(proposal: Proposal, at: dt.datetime, by: User) -> None:
    if proposal.confirmed_at:
        transition_done("proposal_kept", object_id=proposal.pk)
        on_proposal_given_up.tell(proposal=proposal, by=by)
    values = {"withdrawn_at": at, "confirmed_at": None}
    row_change(proposal, values, kind="proposal", action="cases.proposal.withdraw")
    proposal_done(proposal)
    for code in ("proposal_accepted", "proposal_conditional"):
        transition_done(code, object_id=proposal.pk)
    if proposal.answer_id != Answer.REFUSED:
        transition_tell("proposal_not_kept", object_id=proposal.pk, at=at)


def proposal_owe(proposal: Proposal) -> None:
    """Tell who answers for the structure that a sheet waits, before which hour; an urgent one rings its line."""
    rings_for = proposal.pk if proposal_rings(proposal) else None
    transition_tell("proposal_sent", object_id=proposal.pk, due_at=proposal.answer_by, rings_for=rings_for)


def proposal_done(proposal: Proposal) -> None:
    """Nothing is awaited of the structure any more, nor of the coordination about its silence or its questions."""
    for code in ("proposal_sent", "proposal_silent", "proposal_question"):
        transition_done(code, object_id=proposal.pk)
    ring_close(kind=PROPOSAL, object_id=proposal.pk)
