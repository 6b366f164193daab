"""The anonymous sheet sent to a structure, and its answer."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases.common.forms.fields import refuse
from cases.common.policies import only
from cases.common.portal.pages import form_page
from cases.enums import ANSWERS_ACCEPTING
from cases.proposals.exchange.services import proposal_ask
from cases.proposals.exchange.words import message_events
from cases.proposals.forms import AnswerForm, QuestionForm
from cases.proposals.models import Proposal
from cases.proposals.rules import link_read
from cases.proposals.selectors import proposal_contact, proposal_get, proposals_waiting
from cases.proposals.services import PROPOSAL, answer_closed, proposal_answer
from cases.proposals.sheet.words import sheet_essentials, sheet_question, sheet_yes_no
from cases.proposals.words import answer_items, proposal_line, proposal_state
from cms.journal.services import journal_read
from cms.kit.words import hour
from cms.notify.duty.services.rings import ring_opened
from cms.sessions.drafts import draft_drop, form_or_draft
from cms.users.requests import UserRequest
from cms.users.roles import ANSWERS

LATE = "L’heure demandée était passée : votre réponse est envoyée quand même, la coordination la lit aussitôt."
AFTER = "S’il n’est pas trop tard, répondez depuis la liste ; sinon, appelez la coordination."


def proposal_list(request: HttpRequest) -> HttpResponse:
    only(*ANSWERS)
    items = [proposal_line(proposal) for proposal in proposals_waiting()]
    return render(request, "cases/proposals/proposals.html", {"items": items})


def proposal_page(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the frozen sheet, with the form as long as an answer is expected."""
    proposal = proposal_get(pk=pk, action="cases.proposal.read")
    only(*ANSWERS)
    journal_read("proposal", proposal.pk)
    ring_opened(kind=PROPOSAL, object_id=proposal.pk, by=request.user)
    form = form_or_draft(request, AnswerForm)
    if request.method == "POST" and form.is_valid():
        try:
            proposal_answer(
                proposal=proposal,
                answer_id=form.cleaned_data["answer"],
                answered_by=request.user,
                refusal_reason_id=form.cleaned_data["refusal_reason"] or None,
                available_from=form.cleaned_data["available_from"],
                condition=form.cleaned_data["condition"],
            )
        except ValidationError as error:
            proposal.refresh_from_db()
            refuse(form, error)
        else:
            draft_drop(user=request.user, address=request.path)
            messages.success(request, LATE if proposal.is_late else "Votre réponse est envoyée à la coordination.")
            return redirect("cases:proposal", proposal.pk)
    if form.is_bound and not form.non_field_errors() and (closed := answer_closed(proposal)):
        form.add_error(None, closed)
    return _sheet_page(request, proposal, form, QuestionForm())


def proposal_ask_page(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Send the question of the team; the page of the sheet shows it, and its answer."""
    proposal = proposal_get(pk=pk, action="cases.proposal.ask")
    only(*ANSWERS)
    if request.method != "POST":
        return redirect("cases:proposal", proposal.pk)
    question = QuestionForm(request.POST)
    if question.is_valid():
        try:
            proposal_ask(proposal=proposal, text=question.cleaned_data["text"], by=request.user)
        except ValidationError as error:
            refuse(question, error)
        else:
            messages.success(request, "Votre question est envoyée. La réponse paraîtra ici.")
            return redirect("cases:proposal", proposal.pk)
    journal_read("proposal", proposal.pk)
    return _sheet_page(request, proposal, AnswerForm(), question)


@require_safe
def proposal_link(request: UserRequest, token: str) -> HttpResponse:
    """Open the sheet of a signed link, for who may read it, until the hour of its answer.

    Behind sign-in and its second factor like every page: the link alone opens nothing.
    """
    pk = link_read(token)
    if pk is None:
        raise Http404
    proposal = proposal_get(pk=pk, action="cases.proposal.link")
    only(*ANSWERS)
    ring_opened(kind=PROPOSAL, object_id=proposal.pk, by=request.user)
    if proposal.answer_by < timezone.now():
        messages.warning(request, f"Ce lien valait jusqu’à {hour(proposal.answer_by).removeprefix('le ')}. {AFTER}")
        return redirect("cases:proposals")
    return redirect("cases:proposal", proposal.pk)


def _sheet_page(request: UserRequest, proposal: Proposal, form: Form, question: QuestionForm) -> HttpResponse:
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
        "answer_items": answer_items(proposal),
        "asking": question,
        "exchange": message_events(proposal.messages.all()),
    }
    status = 422 if question.is_bound and question.errors else None
    return form_page(request, "cases/proposals/proposal.html", context, status=status)


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
