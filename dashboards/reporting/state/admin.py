"""The conversation with the State, on the coordination's side: questions, committees."""

import datetime as dt
import uuid

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from cms.kit.blocks import Action, Cell, Facts, Listing
from cms.kit.pages import action_page
from cms.partners.enums import PartnerKind
from cms.partners.models import Contact
from cms.users.requests import UserRequest
from dashboards.reporting.common.admin import allowed, day, name_of, row_or_404, shown
from dashboards.reporting.enums import Side
from dashboards.reporting.state.forms import AnswerForm, CommitteeForm, StateBodyQuestionForm
from dashboards.reporting.state.models import Committee, StateQuestion
from dashboards.reporting.state.selectors import committees, questions
from dashboards.reporting.state.services import committee_write, question_answer, question_ask
from dashboards.reporting.state.words import COMMITTEE, QUESTION, pieces_block

TITLE = "Échanges avec l’État"


def index_page(request: UserRequest) -> HttpResponse:
    allowed(request)
    rows = questions()
    waits = [row for row in rows if row.is_open and row.side == Side.STATE]
    others = [row for row in rows if row not in waits]
    context = {
        "next_step": "Ce que l’État demande, ce que vous lui demandez, et le calendrier des comités.",
        "actions": [
            Action("Poser une question à l’État", reverse("havre_periods:question_ask"), is_main=True),
            Action("Inscrire un comité", reverse("havre_periods:committee_add")),
        ],
        "blocks": [
            _questions_block("À répondre", waits, "L’État n’attend aucune réponse."),
            _questions_block("Autres questions", others, "Aucune autre question."),
            _committees_block(),
            _contacts_block(),
        ],
    }
    return shown(request, TITLE, context, crumb=TITLE)


def _questions_block(title: str, listed: list[StateQuestion], empty: str) -> Listing:
    today = timezone.localdate()
    rows = [
        (
            Cell(row.subject, reverse("havre_periods:question", args=[row.pk])),
            row.partner,
            Side(row.side).label,
            day(row.asked_at),
            _due(row, today),
        )
        for row in listed
    ]
    return Listing(title, ("Objet", "Service de l’État", "Posée par", "Le", "Réponse"), rows, empty)


def _due(row: StateQuestion, today: dt.date) -> str:
    if row.answered_at:
        return f"répondue le {day(row.answered_at)}"
    if row.due_on is None:
        return "attendue"
    return f"en retard depuis le {day(row.due_on)}" if row.due_on < today else f"attendue le {day(row.due_on)}"


def _committees_block() -> Listing:
    rows = [
        (
            Cell(row.title, reverse("havre_periods:committee", args=[row.pk])),
            day(row.held_on),
            row.place,
            "partagé" if row.minutes_shared_at else "à écrire" if row.held_on < timezone.localdate() else "",
        )
        for row in committees()
    ]
    return Listing("Comités de suivi", ("Comité", "Jour", "Lieu", "Compte rendu"), rows, "Aucun comité inscrit.")


def _contacts_block() -> Listing:
    rows = [
        (str(row), row.partner, getattr(row, "position", ""), getattr(row, "email", ""))
        for row in Contact.objects.filter(partner__kind=PartnerKind.STATE).select_related("partner")
    ]
    return Listing("Contacts", ("Nom", "Service", "Fonction", "Adresse"), rows, "Aucun contact dans le carnet.")


def question_ask_page(request: UserRequest) -> HttpResponse:
    allowed(request)
    return action_page(
        request,
        form=StateBodyQuestionForm(request.POST if request.method == "POST" else None),
        run=lambda data: question_ask(by=request.user, **data),
        title="Poser une question à l’État",
        subtitle=TITLE,
        done="La question est posée.",
        back_url=reverse("havre_periods:state"),
        submit_label="Envoyer",
    )


def question_page(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    allowed(request)
    row = row_or_404(StateQuestion, pk)
    facts = [
        ("Service de l’État", row.partner),
        ("Posée par", f"{Side(row.side).label} – {name_of(row.asked_by)}, le {day(row.asked_at)}"),
        ("Réponse attendue le", day(row.due_on)),
        ("Question", row.body),
        ("Réponse", row.answer or "attendue"),
    ]
    documents, add = pieces_block(QUESTION, pk)
    actions = [add]
    if row.is_open and row.side == Side.STATE:
        actions = [Action("Répondre", reverse("havre_periods:question_answer", args=[pk]), is_main=True), add]
    context = {"actions": actions, "blocks": [Facts("Question", facts), documents]}
    return shown(request, row.subject, context, crumb=row.subject)


def question_answer_page(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    allowed(request)
    row = row_or_404(StateQuestion, pk)
    return action_page(
        request,
        form=AnswerForm(request.POST if request.method == "POST" else None),
        run=lambda data: question_answer(by=request.user, question=row, **data),
        title="Répondre",
        subtitle=row.subject,
        done="La réponse est envoyée.",
        back_url=reverse("havre_periods:question", args=[pk]),
        submit_label="Envoyer la réponse",
    )


def committee_page(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    allowed(request)
    row = row_or_404(Committee, pk)
    facts = [
        ("Jour", day(row.held_on)),
        ("Heure", f"{row.begins_at:%H:%M}" if row.begins_at else ""),
        ("Lieu ou lien", row.place),
        ("Ordre du jour", row.agenda),
        ("Compte rendu", row.minutes),
        ("Compte rendu partagé le", day(row.minutes_shared_at)),
    ]
    documents, add = pieces_block(COMMITTEE, pk)
    change = Action("Modifier, écrire le compte rendu", reverse("havre_periods:committee_change", args=[pk]), True)
    context = {"actions": [change, add], "blocks": [Facts("Comité", facts), documents]}
    return shown(request, row.title, context, crumb=row.title)


def committee_write_page(request: UserRequest, pk: uuid.UUID | None = None) -> HttpResponse:
    allowed(request)
    row = row_or_404(Committee, pk) if pk else None
    names = ("title", "held_on", "begins_at", "place", "agenda", "minutes")
    initial = {name: getattr(row, name) for name in names} if row else {}
    return action_page(
        request,
        form=CommitteeForm(request.POST if request.method == "POST" else None, initial=initial),
        run=lambda data: committee_write(by=request.user, committee=row, **data),
        title=row.title if row else "Inscrire un comité",
        subtitle=TITLE,
        done="Le comité est enregistré.",
        back_url=reverse("havre_periods:committee", args=[pk]) if pk else reverse("havre_periods:state"),
    )
