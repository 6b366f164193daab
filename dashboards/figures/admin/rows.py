"""« Lignes » and « Retrouver un export »: what stands behind a figure, now or on the day of an export."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_GET, require_POST

from cms.journal.services import journal_append
from cms.kit.xlsx.lists import ListExport, list_export_write, long_answer, workbook_response
from cms.kit.xlsx.sheets import day_cell, text_cell
from cms.sessions.step_up import confirm_address, fresh_required
from cms.territory.models import Territory
from cms.users.models import User
from cms.users.requests import UserRequest
from cms.wall import scope
from dashboards.figures.forms import address_read, period_read
from dashboards.figures.selectors.drilldown import NOT_FILLED, RowsAddress, filters_of
from dashboards.figures.selectors.report import Rows, coverage_for, cut_words, rows_for, rows_queryset, rows_values
from dashboards.figures.selectors.traces import is_of_range, range_find, trace_find, traces_compare
from dashboards.figures.words.addresses import rows_url
from dashboards.indicators.enums import COUNTED
from dashboards.indicators.rules.definitions import DEFINITIONS
from dashboards.indicators.selectors.cuts import Dimension
from dashboards.indicators.selectors.lexicon import UNKNOWN, Lexicon
from dashboards.periods import Period, period_choices
from dashboards.policies import EXPORT, VIEW, figures_check

PER_PAGE = 100
LAST_PAGE = 1_000_000
"""Beyond, PostgreSQL would be asked for rows whose rank it cannot write."""


def _allowed(request: UserRequest, right: str = VIEW) -> None:
    """Raise `Http404` without the right: a page that is not for this account does not exist for it."""
    if not request.user.has_perm(right):
        raise Http404


def _crumbs(query: str, label: str) -> list[dict]:
    figures = reverse("dashboards_figures") + (f"?{query}" if query else "")
    return [
        {"url": reverse("wagtailadmin_home"), "label": "Accueil"},
        {"url": figures, "label": "Chiffres"},
        {"url": "", "label": label},
    ]


@require_GET
def rows(request: UserRequest, code: str) -> HttpResponse:
    _allowed(request)
    try:
        address = address_read(code, request.GET)
        number = max(1, int(request.GET.get("p", "1")))
        if number > LAST_PAGE:
            raise Http404
        figure_rows = rows_for(request.user, address.rows, limit=PER_PAGE, offset=PER_PAGE * (number - 1))
        filters = filters_of(request.user, address)
        # A choice that the rows do not have is refused as a page that does not exist.
        if not filters.form.is_valid():
            raise Http404
    except (ValidationError, ValueError) as error:
        raise Http404 from error
    context = {
        "header_title": figure_rows.indicator.definition.label,
        "header_icon": "havre-figures",
        "breadcrumbs_items": _crumbs(f"du={address.period.first}&au={address.period.last}", "Lignes"),
        "asked": address,
        "period": address.period,
        "rows": figure_rows,
        "filters": filters,
        "page": Paginator(range(figure_rows.total), PER_PAGE).get_page(number),
        "query": address.query(),
        "chosen": [dict(field.field.choices).get(field.value(), "") for field in filters.form if field.value()],
        "listed": [(row, _edit_url(figure_rows, row.key)) for row in figure_rows.rows],
        "definition": figure_rows.indicator.definition,
        "can_export": request.user.has_perm(EXPORT),
        "confirm_url": confirm_address(request),
    }
    return render(request, "dashboards/figures/rows.html", context)


@require_POST
def rows_export(request: UserRequest, code: str) -> HttpResponseBase:
    """Answer the rows shown in a workbook: at once when they are few, prepared by a task otherwise."""
    _allowed(request, EXPORT)
    if answer := fresh_required(request):
        return answer
    try:
        query = address_read(code, request.POST).query()
        taken = rows_taken(request.user, code, query)
    except (PermissionDenied, ValidationError) as error:
        raise Http404 from error
    as_get = HttpRequest()
    as_get.GET = QueryDict(query)
    if (longer := long_answer(as_get, f"rows:{code}", taken)) is not None:
        return longer
    output, count = list_export_write(taken)
    journal_append(action=taken.action, details={"rows": count, "filters": taken.filters})
    return workbook_response(output, taken.file_name)


@require_GET
def place(request: UserRequest, code: str) -> HttpResponse:
    """Show what covers an area of the map of indicator 5."""
    _allowed(request)
    territory = Territory.objects.filter(pk=code).first()
    _, period, _ = period_read(request.GET, period_choices())
    if territory is None or period is None:
        raise Http404
    coverage = coverage_for(request.user, territory.pk, period)
    measures = [
        ("Autorités sous convention (C1)", coverage.signed),
        ("Structures du réseau (C2)", coverage.structures),
        ("Services demandeurs actifs (C3)", coverage.requesters),
    ]
    context = {
        "header_title": f"Couverture : {territory.name}",
        "header_icon": "havre-figures",
        "breadcrumbs_items": _crumbs(f"du={period.first}&au={period.last}", territory.name),
        "territory": territory,
        "period": period,
        "measures": [
            (label, [(row, _file_url("partners.Partner", row.pk)) for row in rows]) for label, rows in measures
        ],
        "oriented": coverage.oriented,
        "oriented_url": rows_url("I2", period, line=COUNTED, par="by_origin", cle=territory.pk),
        "definition": DEFINITIONS["I5"],
    }
    return render(request, "dashboards/figures/place.html", context)


@require_GET
def find(request: UserRequest) -> HttpResponse:
    """Find the rows of a trace code, and say what changed since."""
    _allowed(request)
    text = request.GET.get("code", "").strip()
    context: dict[str, Any] = {
        "header_title": "Retrouver un export",
        "header_icon": "havre-figures",
        "breadcrumbs_items": _crumbs("", "Retrouver un export"),
        "text": text,
    }
    if text:
        try:
            context |= _range_found(request.user, text) if is_of_range(text) else _trace_found(request.user, text)
        except ValidationError as error:
            context["error"] = " ".join(error.messages)
    return render(request, "dashboards/figures/find.html", context, status=422 if "error" in context else 200)


def _trace_found(user: User, text: str) -> dict[str, Any]:
    trace = trace_find(text)
    return {"trace": trace, "compared": traces_compare(user, trace)}


def _range_found(user: User, text: str) -> dict[str, Any]:
    """Return a list or a table of an export, each cell with the address of its rows."""
    found = range_find(user, text)
    trace, period = found.trace, Period(found.trace.first, found.trace.last)
    cells = [
        (
            cell,
            rows_url(
                trace.indicator,
                period,
                line=COUNTED,
                trace=trace.code,
                **{name: key or NOT_FILLED for name, key in cell.cuts.items()},
            ),
        )
        for cell in found.cells
    ]
    return {"trace": trace, "found": found, "cells": cells, "definition": DEFINITIONS[trace.indicator]}


def _edit_url(figure_rows: Rows, key: object) -> str:
    return _file_url(figure_rows.listing.opens, key) if figure_rows.listing.opens else ""


def _file_url(model: str, key: object) -> str:
    """Return the address of a row in the back office, empty when its model has no screen there."""
    viewset = getattr(apps.get_model(model), "snippet_viewset", None)
    if viewset is None:
        return ""
    for screen in ("edit", "inspect"):
        try:
            return reverse(viewset.get_url_name(screen), args=[key])
        except NoReverseMatch:
            continue
    return ""


def rows_taken(user: User, code: str, query: str) -> ListExport:
    """Return the rows of a figure as a source of exports. Raises `PermissionDenied` and `ValidationError`."""
    figures_check(user, EXPORT)
    address = address_read(code, QueryDict(query))
    listing = address.listing
    if not user.has_perm(VIEW):
        raise PermissionDenied
    cuts = [cut for cut in listing.cuts if cut.kind != "month"]
    dated = [listing.dated] if listing.dated else []
    return ListExport(
        title=f"{code} {DEFINITIONS[code].short}",
        headings=[
            listing.reference.label,
            *(column.label for column in dated),
            *(cut_words(cut.title) for cut in cuts),
        ],
        total=rows_for(user, address.rows, limit=0).total,
        rows=lambda: _rows(address, cuts),
        renders=[text_cell, *(day_cell for _ in dated), *(text_cell for _ in cuts)],
        action="dashboards.rows.export",
        filters={"indicator": code, **dict(QueryDict(address.query()).items())},
        facts=[
            ("Indicateur", DEFINITIONS[code].label),
            ("Définition", DEFINITIONS[code].version),
            ("Une ligne est", listing.unit or DEFINITIONS[code].unit),
            ("Premier jour", address.period.first),
            ("Dernier jour", address.period.last),
            *(
                (cut_words(cut.title), cut_label(cut, address.cuts[cut.name]))
                for cut in listing.cuts
                if cut.name in address.cuts
            ),
        ],
        file_name=f"lignes-{code}-{address.period.first}-{address.period.last}",
    )


def cut_label(cut: Dimension, key: str) -> str:
    return key or UNKNOWN


def _rows(address: RowsAddress, cuts: list[Dimension]) -> Iterator[list]:
    """Read under the scope of figures, as the figure was; the scope of whoever exports comes back at the end."""
    listing = address.listing
    with scope.acting(scope.FIGURES):
        lexicon = Lexicon.read()
        rows = rows_queryset(listing, address.period, lexicon, line=address.line, cuts=address.cuts, keys=address.keys)
        dated = [listing.dated.field] if listing.dated else []
        for row in rows_values(listing, rows).iterator(chunk_size=2000):
            yield [
                str(row[listing.reference.field]),
                *(row[name] for name in dated),
                *(cut.label(row[cut.name], lexicon) for cut in cuts),
            ]
