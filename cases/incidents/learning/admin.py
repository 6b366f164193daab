"""« Ce que le réseau apprend »: incidents of the last months by type, severity and structure, silences, the drill."""

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from cases.common.admin.views import data_of, file_url
from cases.common.admin.words import linked, moment
from cases.incidents.learning.selectors import (
    DIMENSIONS,
    DRILL_MONTHS,
    LearningLine,
    absences_undeclared,
    delays_by,
    drill_is_due,
    drill_last,
    runaways_untold,
    since,
    structures_silent,
)
from cases.incidents.learning.services import drill_start
from cases.incidents.models.declared import Incident
from cms.journal.services import journal_read
from cms.kit.blocks import Cell, Listing
from cms.kit.forms.admin import AdminForm, LazyChoiceField
from cms.kit.pages import action_page
from cms.kit.words import NBSP, clock_words
from cms.partners.models import Partner
from cms.users.requests import UserRequest
from cms.values.settings import setting_value
from cms.wall import scope

TITLE = "Ce que les incidents apprennent"
MONTHS = (3, 6, 12, 24)
SHOWN = 50
HEADINGS = ("Incidents", "Constat → déclaration", "Prise en compte", "1re autorité", "Clôture", "À temps", "Répétés")


def learning_page(request: HttpRequest) -> HttpResponse:
    if not scope.current().sees_all_cases():
        raise Http404
    months = next((number for number in MONTHS if str(number) == request.GET.get("mois")), 12)
    today = timezone.localdate()
    first = since(months, today=today)
    journal_read("incident", None, details={"months": months})
    drill = drill_last()
    context = {
        "months": months,
        "choices": MONTHS,
        "tables": [_table(title, delays_by(field, first, today)) for _, title, field in DIMENSIONS],
        "silences": [_silent(), _untold(first), _undeclared(first)],
        "drill": drill,
        "drill_url": file_url(drill) if drill else "",
        "drill_is_due": drill_is_due(today),
        "drill_months": DRILL_MONTHS,
        "page_title": TITLE,
        "header_title": TITLE,
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": "Accueil"},
            {"url": reverse("cases_incident:list"), "label": "Incidents"},
            {"url": "", "label": TITLE},
        ],
        "header_buttons": [],
    }
    return TemplateResponse(request, "cases/incidents/learning/admin/incident_learning.html", context)


def _table(title: str, rows: list[LearningLine]) -> Listing:
    lines = [
        (
            row.label,
            row.number,
            in_words(row.declare),
            in_words(row.acknowledge),
            in_words(row.tell),
            in_words(row.close),
            f"{row.in_time} sur {row.number}".replace(" ", NBSP),
            row.repeats,
        )
        for row in rows
    ]
    return Listing(title, (title.removeprefix("Par ").capitalize(), *HEADINGS), lines, "Aucun incident.")


def in_words(length: dt.timedelta | None) -> str:
    """Return a median delay in words: « 45 min », « 1 h 49 », « 36 h », « 12 j »."""
    if length is None:
        return "–"
    minutes = round(length.total_seconds() / 60)
    if minutes < 60:
        return f"{minutes}{NBSP}min"
    hours, rest = divmod(minutes, 60)
    if hours < 10 and rest:
        return clock_words(hours, rest)
    hours = round(minutes / 60)
    return f"{hours}{NBSP}h" if hours < 72 else f"{round(hours / 24)}{NBSP}j"


def _silent() -> Listing:
    months = setting_value("cases.silence_months")
    rows = [
        (
            Cell(partner.code_name, reverse("partners_partner:inspect", args=[partner.pk])),
            partner.minors,
            f"{partner.last_declared_on:%d/%m/%Y}" if partner.last_declared_on else "jamais",
        )
        for partner in structures_silent()[:SHOWN]
    ]
    title = f"Accueillent des mineurs et n’ont rien déclaré d’elles-mêmes depuis {months} mois"
    return Listing(title, ("Structure", "Mineurs accueillis", "Dernière"), rows, "Aucune : chacune déclare.")


def _untold(first: dt.date) -> Listing:
    rows = [
        (linked(row), row.partner or "à reconnaître", _known_by(row), moment(row.occurred_at))
        for row in runaways_untold(first)[:SHOWN]
    ]
    headings = ("Déclaration", "Structure", "Su par", "Survenue le")
    return Listing("Fugues que la structure n’a pas déclarées", headings, rows, "Aucune.")


def _known_by(row: Incident) -> str:
    runaway = getattr(row, "runaway", None)
    if runaway and runaway.is_known_from_police:
        return "la police ou la gendarmerie"
    return row.service.code_name if row.service else "une déclaration en confiance"


def _undeclared(first: dt.date) -> Listing:
    rows = [
        (linked(row.placement), row.placement.partner.code_name, f"{row.starts_on:%d/%m/%Y}")
        for row in absences_undeclared(first)[:SHOWN]
    ]
    return Listing(
        "Fugues notées dans un séjour, sans déclaration", ("Séjour", "Structure", "Depuis"), rows, "Aucune."
    )


class DrillForm(AdminForm):
    partner = LazyChoiceField(
        lambda: Partner.objects.structures().filter(closed_on=None).order_by("code_name"),
        label="Structure qui joue l’exercice",
        help_text="Sa direction est appelée la première. Prévenez-la du jour, pas de l’heure.",
    )


def drill_page(request: UserRequest) -> HttpResponse:
    if not scope.current().sees_all_cases():
        raise Http404
    started: list[Incident] = []
    answer = action_page(
        request,
        form=DrillForm(data_of(request)),
        run=lambda cleaned: started.append(drill_start(partner=cleaned["partner"], by=request.user)),
        title="Lancer l’exercice annuel",
        subtitle=TITLE,
        intro="Toute l’échelle est appelée pour de vrai, jusqu’à ce que quelqu’un réponde : structure, astreinte, "
        "direction, État. Chaque page dit que c’est un exercice. Aucun chiffre ne le compte.",
        done="L’exercice est lancé : les premiers messages partent.",
        back_url=reverse("havre_incident_learning"),
        submit_label="Lancer l’exercice",
    )
    if started and answer.status_code == 302:
        answer["Location"] = file_url(started[0])
    return answer
