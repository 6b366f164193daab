"""Exchanges with the coordination, as the State reads them."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from cms.files.portal import attachments_panel
from cms.files.words import size_words, title_of
from cms.kit.forms.admin import AdminForm
from cms.partners.models import Partner
from cms.users.requests import UserRequest
from cms.users.roles import Role
from cms.wall import scope
from dashboards.reporting.common.policies import speaks_for_state
from dashboards.reporting.enums import Side
from dashboards.reporting.state.forms import AnswerForm, QuestionForm
from dashboards.reporting.state.models import Committee, StateQuestion
from dashboards.reporting.state.selectors import committee_documents, committees, questions
from dashboards.reporting.state.services import question_answer, question_ask


@require_GET
def exchanges(request: UserRequest) -> HttpResponse:
    """Show questions, answers, committees: what waits for the State comes first."""
    _state()
    exchanged, meetings = questions(), committees()
    context = {
        "waiting": [row for row in exchanged if row.is_open and row.side == Side.NETWORK],
        "others": [row for row in exchanged if not (row.is_open and row.side == Side.NETWORK)],
        "committees": [(row, pieces) for row, pieces in zip(meetings, documents_of(meetings), strict=True)],
        "today": timezone.localdate(),
    }
    return render(request, "reporting/state/exchanges.html", context)


def documents_of(meetings: list[Committee]) -> list[list[dict]]:
    """Return what was shared on each committee, read in one query."""
    documents = committee_documents([row.pk for row in meetings])
    return [
        [
            {
                "title": title_of(piece),
                "hint": f"{piece.get_file_type_display()}, {size_words(piece.size)}",
                "url": reverse("dashboards:committee_piece", args=[row.pk, piece.pk]),
            }
            for piece in documents.get(row.pk, ())
        ]
        for row in meetings
    ]


def ask(request: UserRequest) -> HttpResponse:
    _state()
    form = QuestionForm(request.POST if request.method == "POST" else None)
    partner = _own_partner()

    def run() -> None:
        question_ask(by=request.user, partner=partner, **form.cleaned_data)

    return _form_page(request, form, run, title="Poser une question", button="Envoyer la question")


def question(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Show one question, and take its answer when the other side asked."""
    _state()
    row = StateQuestion.objects.filter(pk=pk).first()
    if row is None:
        raise Http404
    if request.method == "GET" or not row.is_open or row.side == Side.STATE:
        form = AnswerForm() if row.is_open and row.side == Side.NETWORK else None
        pieces = attachments_panel(kind="statequestion", object_id=row.pk, prefix="dashboards:question")
        context = {"question": row, "form": form, "pieces": pieces}
        return render(request, "reporting/state/question.html", context)
    form = AnswerForm(request.POST)

    def run() -> None:
        question_answer(by=request.user, question=row, **form.cleaned_data)

    return _form_page(request, form, run, title=row.subject, button="Envoyer la réponse", question=row)


def _form_page(
    request: UserRequest, form: AdminForm, run: Callable[[], None], *, title: str, button: str, **context: Any
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                run()
        except ValidationError as error:
            form.add_service_error(error)
        except PermissionDenied as error:
            raise Http404 from error
        else:
            messages.success(request, "C’est envoyé. La coordination le lit sur son tableau.")
            return redirect(reverse("dashboards:exchanges"))
    context |= {"form": form, "title": title, "button": button}
    return render(request, "reporting/state/form.html", context, status=422 if form.is_bound else 200)


def _state() -> None:
    if not speaks_for_state():
        raise Http404


def _own_partner() -> Partner:
    return Partner.objects.get(pk=scope.current().partners_as(Role.STATE_READER)[0])
