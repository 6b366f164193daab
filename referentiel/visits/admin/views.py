"""One visit in the administration, side by side, and each action on it."""

import uuid
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from cms.documents.versions.admin import DocumentScreen
from cms.kit.blocks import Action, Cell, Facts, Listing
from cms.kit.pages import action_page
from cms.kit.templatetags.french import spaced
from cms.users.requests import UserRequest
from cms.users.roles import SEES_ALL_CASES
from referentiel.common.forms import ReasonForm
from referentiel.common.policies import coordination_only
from referentiel.common.words import url
from referentiel.enums import VisitState
from referentiel.visits.forms import (
    AdminForm,
    VisitCloseForm,
    VisitDecideForm,
    VisitForm,
    VisitMarksForm,
    VisitSendForm,
)
from referentiel.visits.models import Visit
from referentiel.visits.rules import TO_DECIDE, may_follow
from referentiel.visits.selectors.visits import VisitLine, VisitPart, codes_agreed, visit_get, visit_parts
from referentiel.visits.services.visits import (
    mark_confirm,
    marks_confirm_agreed,
    visit_cancel,
    visit_close,
    visit_marks_write,
    visit_open,
    visit_send,
)
from referentiel.visits.words import day, due


class VisitView(DocumentScreen, TemplateView):
    """One visit, exigence by exigence, each side beside the other."""

    template_name = "kit/inspect.html"
    roles = tuple(sorted(SEES_ALL_CASES))

    @property
    def page_title(self) -> str:
        return f"Visite, {self.row.partner.code_name}"

    @property
    def breadcrumbs_items(self) -> list[dict[str, str]]:
        return [{"url": reverse("wagtailadmin_home"), "label": "Accueil"}, {"url": url("visits"), "label": "Visites"}]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.row = visit_get(kwargs["pk"])
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.row
        parts = visit_parts(row)
        blocks = [facts(row), *(part_block(row, part) for part in parts if part.seen)]
        words = "" if len(blocks) > 1 else "Cotez chapitre par chapitre ce que vous avez regardé."
        return super().get_context_data(blocks=blocks, next_step=words, actions=actions_of(row, parts), **kwargs)


def facts(row: Visit) -> Facts:
    today = timezone.localdate()
    answer = due(row.answer_by, today) if row.state == VisitState.SENT else day(row.answer_by)
    reply = due(row.reply_by, today) if row.state in TO_DECIDE else day(row.reply_by)
    rows: list[tuple[str, object]] = [
        ("État", row.get_state_display()),
        ("Version", row.version.number),
        ("Auto-évaluation", assessment_cell(row)),
        ("Préparée par", row.opened_by),
        ("Faite le", day(row.visited_on)),
        ("Observations jusqu’au", answer),
        ("Observations reçues le", day(row.answered_at and timezone.localdate(row.answered_at))),
        ("Réponse de la coordination jusqu’au", reply),
        ("Ce que la coordination retient", row.summary),
    ]
    rows += [("Conclusion", row.closing)] if row.closing else []
    rows += [("Abandonnée", row.cancel_reason)] if row.cancel_reason else []
    return Facts(row.get_kind_display(), rows)


def assessment_cell(row: Visit) -> Cell | str:
    if row.assessment is None:
        return "aucune envoyée"
    return Cell(row.assessment.campaign.year, reverse("referentiel:assessment", args=[row.assessment_id]))


def part_block(row: Visit, part: VisitPart) -> Listing:
    lines = part.seen
    rows = [
        (
            f"{line.exigence.code}{' (impérative)' if line.is_imperative else ''}",
            spaced(line.own_label) or "–",
            spaced(mark.get_value_display()),
            mark.comment,
            observation_words(line),
            decision_words(line),
        )
        for line in lines
        if (mark := line.mark)
    ]
    actions = [[decide(line)] if line.to_decide else [] for line in lines]
    headings = ("Exigence", "Structure", "Coordination", "Constat", "Observation de la structure", "Confirmée")
    return Listing(part.chapter.title, headings, rows, "", actions if any(actions) else ())


def decide(line: VisitLine) -> Action:
    return Action("Décider", url("visit_decide", line.visit.pk, line.exigence.code), line.is_imperative)


def observation_words(line: VisitLine) -> str:
    if line.observation is None:
        return ""
    return f"{'D’accord' if line.observation.is_agreed else 'Pas d’accord'}. {line.observation.text}".strip()


def decision_words(line: VisitLine) -> str:
    if line.confirmed:
        held = line.confirmed
        words = f"{spaced(held.get_value_display())}, {held.get_origin_display().lower()}"
        return f"{words}. {held.reply}" if held.reply else words
    if line.visit.state == VisitState.UNANSWERED:
        return "reste ouverte : le silence n’accepte pas une impérative"
    return ""


def actions_of(row: Visit, parts: list[VisitPart]) -> list[Action]:
    if row.state == VisitState.DRAFT:
        marks = [Action(f"Coter {part.chapter.code}", url("visit_marks", row.pk, part.chapter.code)) for part in parts]
        marks.append(Action("Envoyer à la structure", url("visit_send", row.pk), True))
        return [*marks, Action("Abandonner", url("visit_cancel", row.pk))]
    if row.state == VisitState.SENT:
        return [Action("Abandonner", url("visit_cancel", row.pk))]
    if row.state in TO_DECIDE:
        agreed = codes_agreed(row)
        actions = (
            [Action(f"Confirmer les accords ({len(agreed)})", url("visit_agree", row.pk), True)] if agreed else []
        )
        has_open = any(line.is_open for part in parts for line in part.lines)
        return actions if has_open else [Action("Clore", url("visit_close", row.pk), True)]
    if row.state == VisitState.CLOSED:
        return [Action("Lettre (PDF)", reverse("referentiel:visit_letter", args=[row.pk]), True)]
    return []


def visit_open_view(request: UserRequest) -> HttpResponse:
    coordination_only()
    opened: list[Visit] = []
    known = {"partner": request.GET.get("structure")}
    form = VisitForm(request.POST if request.method == "POST" else None, initial=known)
    response = action_page(
        request,
        form=form,
        run=lambda answers: opened.append(visit_open(by=request.user, **answers)),
        title="Préparer une visite",
        subtitle="Visites",
        intro="Vous cotez d’abord, sans que la structure le voie. Elle répond ensuite, dans un délai. Rien n’est "
        "confirmé avant, et une exigence impérative ne l’est jamais par un silence.",
        done="La visite est préparée : cotez les exigences que vous avez regardées.",
        submit_label="Préparer",
        back_url=url("visits"),
        done_url=url("visits"),
    )
    if opened:
        response["Location"] = url("visit", opened[0].pk)
    return response


def visit_marks_view(request: UserRequest, pk: uuid.UUID, code: str) -> HttpResponse:
    coordination_only()
    row = visit_get(pk)
    part = next((part for part in visit_parts(row) if part.chapter.code == code), None)
    if part is None or row.state != VisitState.DRAFT:
        raise Http404
    form = VisitMarksForm(request.POST if request.method == "POST" else None, lines=part.lines)
    return page(
        request,
        row,
        form,
        lambda answers: visit_marks_write(visit=row, marks=form.marks(), by=request.user),
        title=part.chapter.title,
        intro="Laissez « Pas regardée » pour ce que vous n’avez pas vu. Le constat est nécessaire sous 3, et quand "
        "vous n’êtes pas du même avis que la structure.",
        done="Les cotations sont gardées. La structure ne les voit pas encore.",
    )


def visit_send_view(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    row = to_follow(pk, VisitState.SENT)
    return page(
        request,
        row,
        VisitSendForm(request.POST if request.method == "POST" else None),
        lambda answers: visit_send(visit=row, by=request.user, **answers),
        title="Envoyer à la structure",
        intro="Les cotations ne changeront plus. La direction de la structure reçoit un message, son délai commence.",
        done="La visite est envoyée : la structure a la parole.",
        submit_label="Envoyer",
    )


def visit_decide_view(request: UserRequest, pk: uuid.UUID, code: str) -> HttpResponse:
    coordination_only()
    row = visit_get(pk)
    line = next((line for part in visit_parts(row) for line in part.seen if line.exigence.code == code), None)
    mark = line.mark if line and line.to_decide else None
    if line is None or mark is None:
        raise Http404
    answer = observation_words(line) or "La structure n’a rien dit de cette exigence."
    form = VisitDecideForm(request.POST if request.method == "POST" else None, mark=mark)
    return page(
        request,
        row,
        form,
        lambda answers: mark_confirm(visit=row, code=code, by=request.user, **answers),
        title=f"Décider de {code}",
        intro=f"{line.exigence.text} Cotation proposée : {spaced(mark.get_value_display())}. {mark.comment} "
        f"Réponse de la structure : {answer}",
        done=f"La cotation de {code} est confirmée.",
        submit_label="Confirmer",
    )


def visit_agree_view(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    row = to_follow(pk, VisitState.CLOSED)
    codes = ", ".join(mark.code for mark in codes_agreed(row)) or "aucune"
    return page(
        request,
        row,
        AdminForm(request.POST if request.method == "POST" else None),
        lambda answers: marks_confirm_agreed(visit=row, by=request.user),
        title="Confirmer les accords",
        intro=f"Ces exigences sont confirmées comme vous les proposiez : {codes}. Une impérative sous 3 se décide à "
        "part.",
        done="Les accords sont confirmés.",
        submit_label="Confirmer",
    )


def visit_close_view(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    row = to_follow(pk, VisitState.CLOSED)
    return page(
        request,
        row,
        VisitCloseForm(request.POST if request.method == "POST" else None),
        lambda answers: visit_close(visit=row, by=request.user, **answers),
        title="Clore la visite",
        intro="La lettre de clôture est écrite avec votre conclusion ; la structure la reçoit dans Havre.",
        done="La visite est close, la lettre est prête.",
        submit_label="Clore",
    )


def visit_cancel_view(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    row = to_follow(pk, VisitState.CANCELLED)
    return page(
        request,
        row,
        ReasonForm(request.POST if request.method == "POST" else None),
        lambda answers: visit_cancel(visit=row, by=request.user, **answers),
        title="Abandonner la visite",
        intro="Rien n’est confirmé. Une visite déjà envoyée reste lisible par la structure.",
        done="La visite est abandonnée.",
        submit_label="Abandonner",
    )


def to_follow(pk: uuid.UUID, state: VisitState) -> Visit:
    """Return a visit that may go on to a state. Raise `Http404` for any other."""
    coordination_only()
    row = visit_get(pk)
    if not may_follow(row.state, state):
        raise Http404
    return row


def page(
    request: HttpRequest,
    row: Visit,
    form: AdminForm,
    run: Callable[[dict[str, Any]], object],
    *,
    title: str,
    intro: str,
    done: str,
    submit_label: str = "Enregistrer",
) -> HttpResponse:
    return action_page(
        request, form=form, run=run, title=title, intro=intro, done=done, submit_label=submit_label,
        subtitle=f"Visite, {row.partner.code_name}", back_url=url("visit", row.pk),
    )  # fmt: skip
