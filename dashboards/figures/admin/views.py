"""« Chiffres », in the back office: the eight indicators, the rows behind them, the workbook."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from cms.sessions.step_up import confirm_address
from cms.users.requests import UserRequest
from cms.values.settings import settings_frozen
from dashboards.figures.forms import period_read
from dashboards.figures.selectors.comparison import Comparison, figures_compared
from dashboards.figures.selectors.report import Report, cohort_for
from dashboards.figures.words.addresses import CROSSED, DETAIL, INDICATOR, PageAddress
from dashboards.figures.words.panel import panel
from dashboards.figures.words.tiles import tiles
from dashboards.indicators.rules.definitions import DEFINITIONS
from dashboards.indicators.selectors.cohort import NOTE
from dashboards.periods import CUMULATIVE, Period, period_choices
from dashboards.policies import EXPORT, VIEW

HOME = {"url": "", "label": "Chiffres"}


def allowed(request: UserRequest, right: str = VIEW) -> None:
    """Raise `Http404` without the right: a page that is not for this account does not exist for it."""
    if not request.user.has_perm(right):
        raise Http404


COHORT = "cohorte"
"""Value of `par` in the address: minors are followed from their first request, instead of counting what happened."""


@require_GET
def figures(request: UserRequest) -> HttpResponse:
    allowed(request)
    # Picker, report and comparison read their settings from one query.
    with settings_frozen():
        return _figures(request)


def _figures(request: UserRequest) -> HttpResponse:
    choices = period_choices()
    form, period, preset = period_read(request.GET, choices)
    opened = indicator_opened(request.GET)
    by = COHORT if request.GET.get("par") == COHORT else ""
    days = days_of(period, preset)
    page = reverse("dashboards_figures")
    context = {
        "header_title": "Chiffres du réseau",
        "header_icon": "havre-figures",
        "breadcrumbs_items": [{"url": reverse("wagtailadmin_home"), "label": "Accueil"}, HOME],
        "form": form,
        "presets": choices,
        "preset": preset,
        "preset_label": next((item.label for item in choices if item.code == preset), str(period or "").capitalize()),
        "period": period,
        "opened": opened,
        "by": by,
        "by_period": f"{page}?{urlencode({**days, INDICATOR: opened})}",
        "by_cohort": f"{page}?{urlencode({**days, INDICATOR: opened, 'par': COHORT})}",
        "can_export": request.user.has_perm(EXPORT),
        "confirm_url": confirm_address(request),
    }
    if period is None:
        return render(request, "dashboards/figures/figures.html", context, status=422)
    if by:
        shown = {"cohort": cohort_for(request.user, period), "cohort_note": NOTE}
    else:
        report, comparison = figures_compared(request.user, period, is_cumulative=preset == CUMULATIVE)
        shown = instrument(report, comparison, PageAddress(page, days), opened, request.GET)
    return render(request, "dashboards/figures/figures.html", context | shown)


def indicator_opened(asked: QueryDict) -> str:
    """Return the code of the indicator that is open: the first one when the address names none that exists."""
    code = asked.get(INDICATOR, "")
    return code if code in DEFINITIONS else next(iter(DEFINITIONS))


def days_of(period: Period | None, preset: str) -> dict[str, str]:
    if preset:
        return {"periode": preset}
    return {"du": period.first.isoformat(), "au": period.last.isoformat()} if period else {}


def instrument(
    report: Report, comparison: Comparison, address: PageAddress, opened: str, asked: QueryDict
) -> dict[str, Any]:
    """Return what `_instrument.html` shows: the tiles, and one indicator open."""
    chosen = {name: asked.get(name, "") for name in (DETAIL, CROSSED)}
    return {
        "report": report,
        "comparison": comparison,
        "tiles": tiles(report, comparison, address, opened),
        "panel": panel(report, comparison, opened, chosen, address),
        "warnings": [item for item in report.quality if item.code == opened and item.breakdown.is_warning],
        "kept": {**address.query, INDICATOR: opened},
        "address": f"{address.page}?{urlencode({**address.query, INDICATOR: opened})}",
    }
