"""Registers of earlier years: tried line by line, asked for, loaded by somebody else."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.urls import reverse

from cases.history.rules import (
    ARRIVED,
    COLUMNS,
    MOST_BYTES,
    MOST_LINES,
    ORIENTED,
    RECEIVED,
    STAY_COLUMNS,
    HistoryLine,
    lines_thaw,
)
from cms.decisions.services import YOURS
from cms.journal.enums import Outcome
from cms.journal.services import journal_append
from cms.kit.blocks import Action, Badge, Cell, Facts, Listing
from cms.kit.forms.admin import AdminForm
from cms.kit.pages import action_page
from cms.users.models import User
from cms.users.requests import UserRequest
from dashboards.reporting.common.admin import (
    allowed,
    allowed_to_decide,
    decision_page,
    name_of,
    row_or_404,
    shown,
    state_of,
)
from dashboards.reporting.history.models import HistoryImport
from dashboards.reporting.history.services import (
    history_agree,
    history_ask,
    history_dismiss,
    periods_touched,
    register_try,
)

TITLE = "Registres des années passées"
SHOWN = 200


class RegisterForm(AdminForm):
    title = forms.CharField(
        label="Intitulé",
        max_length=80,
        help_text="Par exemple « Registre 2023 ». Sans nom de mineur.",
        error_messages={"required": "Donnez un intitulé à ce registre."},
    )
    file = forms.FileField(
        label="Classeur .xlsx",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        help_text=f"Une ligne par demande, {MOST_LINES} lignes et 10 Mo au plus. Titres : {', '.join(COLUMNS)} ; "
        f"puis, pour les séjours terminés : {', '.join(STAY_COLUMNS)}. Dans « Mineur », un numéro, jamais un nom.",
        error_messages={"required": "Choisissez un classeur.", "empty": "Ce fichier est vide."},
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.data_read = b""
        self.lines: list[HistoryLine] = []

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError("Ce registre dépasse 10 Mo : découpez-le.")
        self.data_read = file.read()
        self.lines = register_try(data=self.data_read, by=self.by)
        wrong = sum(line.is_wrong for line in self.lines)
        if wrong:
            lines = "1 ligne est à corriger" if wrong == 1 else f"{wrong} lignes sont à corriger"
            raise ValidationError(f"{lines} sur {len(self.lines)}, voir ci-dessous. Rien n’est chargé.")
        return file


def history_page(request: UserRequest) -> HttpResponse:
    allowed(request)
    rows = [
        (
            Cell(row.title, reverse("havre_periods:history_import", args=[row.pk])),
            row.lines,
            row.stays,
            state_of(row, agreed="chargé"),
            name_of(row.asked_by),
            name_of(row.agreed_by),
        )
        for row in HistoryImport.objects.select_related("asked_by", "agreed_by").defer("content", "comments")
    ]
    headings = ("Registre", "Demandes", "Séjours", "Chargement", "Demandé par", "Décidé par")
    context = {
        "next_step": "Une personne essaie le registre et demande son chargement, une autre le décide. Rien n’est "
        "chargé tant qu’une ligne est à corriger.",
        "actions": [Action("Essayer un registre", reverse("havre_periods:history_ask"), is_main=True)],
        "blocks": [Listing(TITLE, headings, rows, "Aucun registre.")],
    }
    return shown(request, TITLE, context, crumb=TITLE)


def ask_page(request: UserRequest) -> HttpResponse:
    allowed_to_decide(request)
    is_sent = request.method == "POST"
    form = RegisterForm(*((request.POST, request.FILES) if is_sent else ()), by=request.user)
    if is_sent:
        form.is_valid()
    return action_page(
        request,
        form=form,
        run=lambda data: history_ask(data=form.data_read, lines=form.lines, title=data["title"], by=request.user),
        title="Essayer un registre",
        subtitle=TITLE,
        intro="Chaque ligne est essayée, puis défaite. Si toutes sont justes, le chargement est demandé : une autre "
        "personne le décide. Le classeur lui-même n’est pas gardé.",
        done="Toutes les lignes sont justes. Une autre personne doit décider le chargement.",
        back_url=reverse("havre_periods:history"),
        submit_label="Essayer, et demander le chargement",
        listing=_lines_block(sorted(form.lines, key=lambda line: not line.is_wrong)) if form.lines else None,
    )


def import_page(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    allowed(request)
    register = row_or_404(HistoryImport, pk)
    lines = lines_thaw(register.content["lines"]) if register.is_waiting else []
    closed = ", ".join(row.title for row in periods_touched(lines))
    facts = [
        ("Demandes", register.lines),
        ("Séjours", register.stays),
        ("Chargement", state_of(register, agreed="chargé")),
        ("Demandé par", name_of(register.asked_by)),
        ("Décidé par", name_of(register.agreed_by)),
        ("Empreinte du classeur", register.content_hash[:16]),
        *([("Périodes closes où ces lignes seront une révision à expliquer", closed)] if closed else []),
    ]
    context = {
        "next_step": _next_step(request, register),
        "actions": _actions(request, register),
        "blocks": [Facts("Registre", facts), *([_years_block(lines), _lines_block(lines)] if lines else [])],
    }
    journal_append(action="reporting.history.read", kind="historyimport", object_id=register.pk, outcome=Outcome.READ)
    return shown(request, register.title, context, crumb=register.title)


def _next_step(request: UserRequest, register: HistoryImport) -> str:
    if not register.is_waiting:
        return "Ce registre est chargé." if register.is_agreed else "Cette demande a été écartée."
    if register.asked_by_id == request.user.pk:
        return YOURS
    return "Relisez les lignes, puis décidez le chargement."


def _actions(request: UserRequest, register: HistoryImport) -> list[Action]:
    if not register.is_waiting:
        return []
    load = Action("Décider le chargement", reverse("havre_periods:history_agree", args=[register.pk]), is_main=True)
    away = Action("Écarter la demande", reverse("havre_periods:history_dismiss", args=[register.pk]))
    return [away] if register.asked_by_id == request.user.pk else [load, away]


def _years_block(lines: list[HistoryLine]) -> Listing:
    """Count what the register adds to each year, by the day of each event."""
    counts: dict[int, list[int]] = {}
    for line in lines:
        for place, column in enumerate((RECEIVED, ORIENTED, ARRIVED)):
            if line.facts.get(column):
                counts.setdefault(line.facts[column].year, [0, 0, 0])[place] += 1
    rows = [(str(year), *counts[year]) for year in sorted(counts)]
    return Listing("Ce que ce registre ajoute", ("Année", "Demandes", "Orientations", "Arrivées"), rows, "")


def _lines_block(lines: list[HistoryLine]) -> Listing:
    rows = [
        (line.number, Badge("à corriger", "danger") if line.is_wrong else Badge("juste", "success"), line.said)
        for line in lines[:SHOWN]
    ]
    more = f" : {SHOWN} sur {len(lines)}" if len(lines) > SHOWN else ""
    return Listing(f"Lignes du classeur{more}", ("Ligne", "État", "Ce qu’elle dit"), rows, "")


def agree_page(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    return decision_page(
        request,
        HistoryImport,
        pk,
        run=lambda register: history_agree(by=request.user, register=register),
        back="history_import",
        title="Décider le chargement",
        intro="Toutes les lignes sont essayées de nouveau, puis chargées ensemble, ou aucune. Elles comptent dans les "
        "chiffres de leur année ; dans une période close, elles sont une révision à expliquer.",
        done="Le registre est chargé.",
        submit_label="Charger le registre",
    )


def dismiss_page(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    return decision_page(
        request,
        HistoryImport,
        pk,
        run=lambda register: history_dismiss(by=request.user, register=register),
        back="history_import",
        title="Écarter la demande",
        intro="Les lignes gardées sont effacées. Le registre pourra être essayé de nouveau.",
        done="La demande est écartée, ses lignes sont effacées.",
        submit_label="Écarter",
    )
