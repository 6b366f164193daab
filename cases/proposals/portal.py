"""The anonymous sheet sent to a structure, and its answer."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cases.common.forms.fields import refuse
from cases.common.policies import only
from cases.common.portal.pages import form_page
from cases.enums import ANSWERS_ACCEPTING
from cases.proposals.forms import AnswerForm
from cases.proposals.models import Proposal
from cases.proposals.selectors import proposal_contact, proposal_get, proposals_waiting
from cases.proposals.services import proposal_answer
from cases.proposals.sheet.words import sheet_essentials, sheet_question, sheet_yes_no
from cases.proposals.words import proposal_line, proposal_state
from cms.journal.services import journal_read
from cms.sessions.drafts import draft_drop, form_or_draft
from cms.users.requests import UserRequest
from cms.users.roles import Role


def proposal_list(request: HttpRequest) -> HttpResponse:
    only(Role.STRUCTURE_DIRECTOR)
    items = [proposal_line(proposal) for proposal in proposals_waiting()]
    return render(request, "cases/proposals/proposals.html", {"items": items})


def proposal_page(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the frozen sheet, with the form as long as an answer is expected."""
    proposal = proposal_get(pk=pk, action="cases.proposal.read")
    only(Role.STRUCTURE_DIRECTOR)
    journal_read("proposal", proposal.pk)
    form = form_or_draft(request, AnswerForm)
    if request.method == "POST" and form.is_valid():
        try:
            proposal_answer(
                proposal=proposal,
                answer_id=form.cleaned_data["answer"],
                answered_by=request.user,
                refusal_reason_id=form.cleaned_data["refusal_reason"] or None,
            )
        except ValidationError as error:
            proposal.refresh_from_db()
            refuse(form, error)
        else:
            draft_drop(user=request.user, address=request.path)
            messages.success(request, "Votre réponse est envoyée à la coordination.")
            return redirect("cases:proposal", proposal.pk)
    is_open = proposal.answer_id is None and proposal.withdrawn_at is None
    context = {
        "proposal": proposal,
        "form": form,
        "is_open": is_open,
        "contact": proposal_contact(proposal=proposal),
        "question": sheet_question(proposal.sheet),
        "essentials": sheet_essentials(proposal.sheet),
        "yes_no": sheet_yes_no(proposal.sheet),
        "state": proposal_state(proposal),
        "next_step": _next_step(proposal),
    }
    return form_page(request, "cases/proposals/proposal.html", context)


def _next_step(proposal: Proposal) -> str:
    if proposal.withdrawn_at and proposal.answer_id in ANSWERS_ACCEPTING:
        return "La coordination n’a plus besoin de votre place : elle redevient libre. Merci d’avoir dit oui."
    if proposal.withdrawn_at:
        return "La coordination a retiré cette proposition : vous n’avez plus à répondre. Merci de l’avoir étudiée."
    if proposal.confirmed_at:
        return "La coordination retient votre structure et prépare l’arrivée avec vous."
    if proposal.answer_id:
        return "Votre réponse est arrivée. La coordination vous dit si elle retient votre structure."
    return "Parlez-en avec votre équipe, puis répondez : la coordination choisit d’après les réponses reçues."
