"""The partnerships that the coordination follows: a column a stage, what is late first."""

import datetime as dt
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse, reverse_lazy
from django.utils import timezone

from cms.partners.conventions.forms import PipelineFilterSet
from cms.partners.conventions.models import Convention
from cms.partners.conventions.pipeline.models import ConventionFollowUp
from cms.partners.conventions.selectors import conventions_followed
from cms.partners.enums import Stage
from cms.wall import scope

TITLE = "Partenariats"
SHOWN = 20
"""Cards of a column: the list shows the others."""


@dataclass(frozen=True)
class Card:
    row: Convention
    url: str
    owner: str
    next_step: str
    when: str
    ends: str
    is_late: bool


@dataclass(frozen=True)
class Column:
    stage: Stage
    title: str
    cards: list[Card]
    count: int
    list_url: str


def manages_pipeline(request: HttpRequest) -> bool:
    return scope.current().sees_all_cases()


def pipeline_page(request: HttpRequest) -> HttpResponse:
    if not manages_pipeline(request):
        raise Http404
    today = timezone.localdate()
    filters = PipelineFilterSet(request.GET or None, queryset=conventions_followed(), request=request)
    stages: dict[Stage, list[Convention]] = {stage: [] for stage in Stage}
    for row in filters.qs:
        stages[shown_stage(row, today)].append(row)
    columns = [
        Column(
            stage=stage,
            title=stage.label.capitalize(),
            cards=[card_of(row, today) for row in rows[:SHOWN]],
            count=len(rows),
            list_url=f"{reverse('partners_convention:list')}?stage={stage}",
        )
        for stage, rows in stages.items()
    ]
    context = {
        "columns": columns,
        "filters": filters,
        "late": sum(card.is_late for column in columns for card in column.cards),
        "page_title": TITLE,
        "header_title": TITLE,
        "breadcrumbs_items": [
            {"url": reverse_lazy("wagtailadmin_home"), "label": "Accueil"},
            {"url": "", "label": TITLE},
        ],
        "header_buttons": [],
    }
    return TemplateResponse(request, "partners/admin/pipeline.html", context)


def shown_stage(row: Convention, today: dt.date) -> Stage:
    """Return the stage to show: a signed convention past its last day is « échue », whether or not the job has run."""
    if row.stage == Stage.SIGNED and row.ends_on and row.ends_on < today:
        return Stage.ENDED
    return Stage(row.stage)


def card_of(row: Convention, today: dt.date) -> Card:
    followup: ConventionFollowUp | None = getattr(row, "followup", None)
    step_on = followup.next_step_on if followup else None
    is_over = row.stage in (Stage.ENDED, Stage.DENOUNCED)
    is_late = bool(step_on and step_on < today and not is_over) or (
        row.stage == Stage.SIGNED and row.ends_on is not None and row.ends_on < today
    )
    return Card(
        row=row,
        url=reverse("partners_convention:inspect", args=[row.pk]),
        owner=str(followup.owner) if followup and followup.owner else "",
        next_step=followup.next_step if followup else "",
        when=f"pour le {step_on:%d/%m/%Y}" if step_on else "",
        ends=_ends(row, today),
        is_late=is_late,
    )


def _ends(row: Convention, today: dt.date) -> str:
    if row.denounced_on:
        return f"dénoncée le {row.denounced_on:%d/%m/%Y}"
    if not row.ends_on:
        return "sans échéance" if row.stage == Stage.SIGNED else ""
    days_before = (row.ends_on - today).days
    if days_before < 0:
        return f"échue depuis le {row.ends_on:%d/%m/%Y}"
    if days_before <= 180:
        return f"à renouveler, prend fin le {row.ends_on:%d/%m/%Y}"
    return f"jusqu’au {row.ends_on:%d/%m/%Y}"
