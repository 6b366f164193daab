"""Screens of the coordination: closing periods, explaining revisions, publishing."""

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cms.decisions.services import YOURS
from cms.journal.enums import Outcome
from cms.journal.services import journal_append
from cms.kit.blocks import Action, Facts, Listing
from cms.kit.pages import action_page
from cms.users.requests import UserRequest
from dashboards.figures.admin.views import indicator_opened, instrument
from dashboards.figures.selectors.comparison import not_compared
from dashboards.figures.words.addresses import PageAddress
from dashboards.indicators.rules.definitions import DEFINITIONS
from dashboards.indicators.rules.results import headline_label
from dashboards.periods import french_day
from dashboards.reporting.common.admin import (
    BACK,
    INDEX,
    TITLE,
    allowed,
    allowed_to_decide,
    day,
    decision_page,
    name_of,
    row_or_404,
    shown,
    state_of,
)
from dashboards.reporting.enums import RevisionReason
from dashboards.reporting.periods.forms import CloseForm, RevisionForm
from dashboards.reporting.periods.models import ClosedPeriod
from dashboards.reporting.periods.rules import thaw
from dashboards.reporting.periods.selectors import FigureMovement, movements_since
from dashboards.reporting.periods.services import period_close_agree, period_close_ask, period_dismiss, revision_note

CELLS_SHOWN = 5
"""Numbers that a line of the movements tells one by one."""


def ask_page(request: UserRequest) -> HttpResponse:
    allowed_to_decide(request)
    form = CloseForm(request.POST if request.method == "POST" else None)
    return action_page(
        request,
        form=form,
        run=lambda data: period_close_ask(by=request.user, period=data["period"], title=data["title"]),
        title="Clore une période",
        subtitle=TITLE,
        intro="Les chiffres sont figés à l’instant, avec leurs lignes. Une autre personne décide ensuite.",
        done="Les chiffres sont figés. Une autre personne doit décider la clôture.",
        back_url=str(BACK),
        submit_label="Figer et demander la clôture",
    )


def period_page(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    allowed(request)
    closed = row_or_404(ClosedPeriod, pk)
    moved = movements_since(request.user, closed)
    report = thaw(closed.content)
    facts = [
        ("Jours", f"du {french_day(closed.first)} au {french_day(closed.last)}"),
        ("Clôture", state_of(closed, agreed="close")),
        ("Demandée par", name_of(closed.asked_by)),
        ("Décidée par", name_of(closed.agreed_by)),
        ("Code de trace", closed.trace),
        ("Empreinte", closed.content_hash[:16]),
    ]
    figures = [
        (code, headline_label(result, figure), figure.value)
        for code, result in report.results.items()
        for figure in result.headline
    ]
    context = {
        "next_step": _next_step(request, closed, moved),
        "actions": _actions(request, closed),
        "blocks": [
            Facts("Période", facts),
            Listing("Chiffres figés", ("Code", "Chiffre", "Valeur"), figures, ""),
            _moved_block(closed, moved),
            _revisions_block(closed),
        ],
    }
    journal_append(action="reporting.period.read", kind="closedperiod", object_id=closed.pk, outcome=Outcome.READ)
    return shown(request, closed.title, context, crumb=closed.title)


def _next_step(request: UserRequest, closed: ClosedPeriod, moved: list[FigureMovement]) -> str:
    if closed.dismissed_at:
        return "Cette demande a été écartée."
    if not closed.is_agreed:
        if moved:
            return "Des fiches ont changé depuis la demande : écartez-la, puis demandez de nouveau."
        if closed.asked_by_id == request.user.pk:
            return YOURS
        return "Relisez les chiffres figés, puis décidez la clôture."
    unexplained = [item for item in moved if not item.is_explained]
    if unexplained:
        return "Des chiffres ont bougé depuis la clôture : dites pourquoi."
    return "Cette période est close. Ses chiffres ne changent plus."


def _actions(request: UserRequest, closed: ClosedPeriod) -> list[Action]:
    def to(name: str) -> str:
        return reverse(f"havre_periods:{name}", args=[closed.pk])

    detail = Action("Voir tout le détail", to("detail"))
    if closed.dismissed_at:
        return [detail]
    if not closed.is_agreed:
        decide = [] if closed.asked_by_id == request.user.pk else [Action("Décider la clôture", to("agree"), True)]
        return [*decide, detail, Action("Écarter la demande", to("dismiss"))]
    release = closed.releases.filter(dismissed_at=None).first()
    if release is None:
        return [Action("Préparer la publication", to("release_ask"), is_main=True), detail]
    return [Action("Voir la publication", reverse("havre_periods:release", args=[release.pk]), True), detail]


def _moved_block(closed: ClosedPeriod, moved: list[FigureMovement]) -> Listing:
    rows = [
        (
            f"{item.code} – {DEFINITIONS[item.code].short}",
            item.frozen,
            item.words or "retour aux lignes de la clôture",
            _cells_words(item),
            item.unexplained or "tout est dit",
        )
        for item in moved
    ]
    actions = [
        [Action("Dire pourquoi", reverse("havre_periods:revise", args=[closed.pk, item.code]), is_main=True)]
        if closed.is_agreed and not item.is_explained
        else []
        for item in moved
    ]
    headings = ("Indicateur", "À la clôture", "Révision", "Valeurs qui ont bougé", "Reste à expliquer")
    return Listing("Ce qui a bougé depuis", headings, rows, "Rien n’a bougé depuis.", actions)


def _cells_words(item: FigureMovement) -> str:
    """Return the first numbers that moved, and how many others there are."""
    shown = [str(cell) for cell in item.cells[:CELLS_SHOWN]]
    more = len(item.cells) - len(shown)
    return " ; ".join([*shown, *([f"et {more} autre{'s' if more > 1 else ''}"] if more else [])])


def _revisions_block(closed: ClosedPeriod) -> Listing:
    rows = [
        (
            f"{item.code} – {DEFINITIONS[item.code].short}",
            str(item),
            RevisionReason(item.why).label,
            item.words,
            name_of(item.noted_by),
            day(item.noted_at),
        )
        for item in closed.revisions.select_related("noted_by")
    ]
    headings = ("Indicateur", "Révision", "Raison", "Précision", "Notée par", "Le")
    return Listing("Révisions expliquées", headings, rows, "Aucune révision.")


def detail_page(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the figures of the period as they were frozen, on the page of figures."""
    allowed(request)
    closed = row_or_404(ClosedPeriod, pk)
    report = thaw(closed.content)
    context = {
        "header_title": f"{closed.title}, chiffres figés",
        "header_icon": "havre-figures",
        "breadcrumbs_items": [INDEX, {"url": reverse("havre_periods:period", args=[pk]), "label": closed.title}],
        "closed": closed,
        "period": report.period,
        **instrument(
            report,
            not_compared(report),
            PageAddress(request.path, {}),
            indicator_opened(request.GET),
            request.GET,
        ),
    }
    return render(request, "reporting/periods/frozen.html", context)


def agree_page(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    return decision_page(
        request,
        ClosedPeriod,
        pk,
        run=lambda closed: period_close_agree(by=request.user, closed=closed),
        back="period",
        title="Décider la clôture",
        intro="Les chiffres figés deviennent ceux de la période. Personne ne les change plus.",
        done="La période est close.",
        submit_label="Clore la période",
    )


def dismiss_page(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    return decision_page(
        request,
        ClosedPeriod,
        pk,
        run=lambda closed: period_dismiss(by=request.user, closed=closed),
        back="period",
        title="Écarter la demande",
        intro="Les chiffres figés sont gardés sans servir. La clôture pourra être demandée de nouveau.",
        done="La demande est écartée.",
        submit_label="Écarter",
    )


def revise_page(request: UserRequest, pk: uuid.UUID, code: str) -> HttpResponse:
    allowed_to_decide(request)
    closed = row_or_404(ClosedPeriod, pk)
    return action_page(
        request,
        form=RevisionForm(request.POST if request.method == "POST" else None),
        run=lambda data: revision_note(by=request.user, closed=closed, code=code, **data),
        title=f"Dire pourquoi {code} a bougé",
        subtitle=closed.title,
        done="La révision est expliquée.",
        back_url=reverse("havre_periods:period", args=[pk]),
    )
