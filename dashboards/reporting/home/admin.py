"""The first page of periods: periods, their publications, targets."""

from django.http import HttpResponse
from django.urls import reverse

from cms.kit.blocks import Action, Cell, Listing
from cms.users.requests import UserRequest
from dashboards.reporting.common.admin import TITLE, allowed, day, name_of, shown, state_of
from dashboards.reporting.periods.models import ClosedPeriod
from dashboards.reporting.periods.selectors import closed_periods
from dashboards.reporting.releases.models import Release
from dashboards.reporting.targets.models import Target

YEARS = (1, 2, 3)


def index_page(request: UserRequest) -> HttpResponse:
    allowed(request)
    periods = closed_periods()
    releases = {row.period_id: row for row in Release.objects.filter(dismissed_at=None).defer("content", "comments")}
    context = {
        "next_step": "Une personne demande la clôture, une autre la décide. Une période close ne change plus : ce "
        "qui est corrigé ensuite se voit comme une révision. L’État lit des publications, petits nombres masqués.",
        "actions": [
            Action("Clore une période", reverse("havre_periods:ask"), is_main=True),
            Action("Échanges avec l’État", reverse("havre_periods:state")),
            Action("Registres des années passées", reverse("havre_periods:history")),
        ],
        "blocks": [_periods_block(periods, releases), _targets_block()],
    }
    return shown(request, TITLE, context)


def _periods_block(periods: list[ClosedPeriod], releases: dict) -> Listing:
    rows = []
    for row in periods:
        release = releases.get(row.pk)
        rows.append(
            (
                Cell(row.title, reverse("havre_periods:period", args=[row.pk])),
                f"du {day(row.first)} au {day(row.last)}",
                state_of(row, agreed="close"),
                name_of(row.asked_by),
                name_of(row.agreed_by),
                state_of(release, agreed="publiée") if release else "non publiée",
            )
        )
    headings = ("Période", "Jours", "Clôture", "Demandée par", "Décidée par", "Publication")
    return Listing("Périodes", headings, rows, "Aucune période close.")


def _targets_block() -> Listing:
    counts: dict[int, int] = {}
    for year in Target.objects.values_list("year", flat=True):
        counts[year] = counts.get(year, 0) + 1
    rows = [
        (Cell(f"Année {year} de la convention", reverse("havre_periods:targets", args=[year])), counts.get(year, 0))
        for year in YEARS
    ]
    return Listing("Cibles de la convention", ("Année", "Chiffres avec une cible"), rows, "")
