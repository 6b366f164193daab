"""« Chiffres », in the back office: the eight indicators, the rows behind them, the workbook."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from cms.sessions.step_up import confirm_address
from cms.users.requests import UserRequest
from cms.values.settings import settings_frozen
from dashboards.figures.forms import period_read
from dashboards.figures.selectors.comparison import figures_compared
from dashboards.figures.selectors.report import cohort_for
from dashboards.figures.words import common_rules, sections
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
    context = {
        "header_title": "Chiffres du réseau",
        "header_icon": "havre-figures",
        "breadcrumbs_items": [{"url": reverse("wagtailadmin_home"), "label": "Accueil"}, HOME],
        "form": form,
        "presets": choices,
        "preset": preset,
        "period": period,
        "by": COHORT if request.GET.get("par") == COHORT else "",
    }
    if period is None:
        return render(request, "dashboards/figures/figures.html", context, status=422)
    shown = _cohort(request, period) if context["by"] else _period(request, period, preset)
    return render(request, "dashboards/figures/figures.html", context | shown)


def _cohort(request: UserRequest, period: Period) -> dict:
    return {"cohort": cohort_for(request.user, period), "cohort_note": NOTE}


def _period(request: UserRequest, period: Period, preset: str) -> dict:
    report, comparison = figures_compared(request.user, period, is_cumulative=preset == CUMULATIVE)
    return {
        "can_export": request.user.has_perm(EXPORT),
        "confirm_url": confirm_address(request),
        "report": report,
        "comparison": comparison,
        "sections": sections(report),
        "common_rules": common_rules(),
        "warnings": [item for item in report.quality if item.breakdown.is_warning],
    }
