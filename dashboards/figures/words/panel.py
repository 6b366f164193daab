"""The indicator that is open: figures, months, map, breakdowns, one table of two cuts."""

from collections.abc import Mapping
from dataclasses import dataclass

from dashboards.drawings.words.charts import Chart, Point, line
from dashboards.drawings.words.map import Map, count_map, state_map
from dashboards.drawings.words.months import Column, Columns, Part, columns
from dashboards.figures.selectors.comparison import Comparison, ComparisonLine
from dashboards.figures.selectors.report import Quality, Report
from dashboards.figures.words.addresses import CROSSED, DETAIL, PageAddress, cell_urls, place_url, rows_url
from dashboards.figures.words.drawn import BY_FORM, CATEGORIES, DRAWINGS
from dashboards.figures.words.lists import (
    Cell,
    ShownBreakdown,
    ShownTable,
    TableRow,
    breakdown_shown,
    table_shown,
)
from dashboards.figures.words.tiles import pace
from dashboards.indicators.rules.definitions import COMMON_RULES
from dashboards.indicators.rules.formats import french, french_number
from dashboards.indicators.rules.results import Breakdown, Figure, Grid, Result, headline_label
from dashboards.indicators.selectors.coverage import STATE_LABELS
from dashboards.periods import SHORT_MONTHS, Period, french_day

FUNNELLED = ("I1", "I2", "I3")
LEAST_PACE = 0.25
"""Under this part of a period, where its pace leads says nothing."""


@dataclass(frozen=True)
class ShownFigure:
    label: str
    text: str
    note: str
    url: str


@dataclass(frozen=True)
class ShownHeadline:
    figure: ShownFigure
    line: ComparisonLine | None
    likely: str
    """Where the pace of the period leads, when there is a target."""


@dataclass(frozen=True)
class Choice:
    code: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Category:
    css: str
    label: str
    n: int


@dataclass(frozen=True)
class Panel:
    result: Result
    headline: tuple[ShownHeadline, ...]
    companions: tuple[ShownFigure, ...]
    months: Columns | None
    course: Chart | None
    categories: tuple[Category, ...]
    has_before: bool
    month_table: ShownTable | None
    map: Map | None
    map_whole: str
    """Where the whole list of a map of counts is."""
    bars: tuple[ShownBreakdown, ...]
    details: tuple[Choice, ...]
    detail: ShownBreakdown | None
    tables: tuple[Choice, ...]
    table: ShownTable | None
    quality: tuple[Quality, ...]
    rules: tuple[str, ...] = COMMON_RULES


def panel(report: Report, comparison: Comparison, code: str, chosen: Mapping[str, str], address: PageAddress) -> Panel:
    """Return what is shown of an indicator; `chosen` is what the address asks: one more breakdown, one table."""
    result, period = report.results[code], report.period
    by_code = {item.code: item for item in result.breakdowns if item.rows}
    drawn = [by_code[name] for name in DRAWINGS[code].drawn if name in by_code and name != "by_month"]
    others = {item.code: item for item in by_code.values() if item not in drawn and item.code != "by_month"}
    whole = others | {item.code: item for item in drawn}
    detail = whole.get(chosen.get(DETAIL, ""))
    grids = {grid.code: grid for grid in (*result.grids, *([report.funnel] if code in FUNNELLED else [])) if grid.rows}
    shown = (
        grids.get(chosen.get(CROSSED, ""))
        or grids.get(DRAWINGS[code].first_crossed)
        or next(iter(grids.values()), None)
    )
    lines = {item.code: item for item in comparison.lines}
    months = by_code.get("by_month")
    series = _columns(code, result, period, comparison) if months and not DRAWINGS[code].is_state else ()
    return Panel(
        result,
        tuple(_headline(code, figure, result, period, lines.get(figure.code)) for figure in result.headline),
        tuple(_figure(code, figure, figure.label, period) for figure in result.companions),
        columns(DRAWINGS[code].months, series) if series else None,
        _course(code, months) if months and DRAWINGS[code].is_state else None,
        _categories(series),
        any(column.before is not None for column in series),
        _month_table(code, months, series, period) if months else None,
        _map(code, result, period),
        address.of(code, **{DETAIL: "by_territory"}) if DRAWINGS[code].map else "",
        tuple(breakdown_shown(code, item, period) for item in drawn),
        tuple(Choice(item.code, item.title, item is detail) for item in (*others.values(), *drawn)),
        breakdown_shown(code, detail, period, is_whole=True) if detail else None,
        tuple(Choice(grid.code, grid.title, grid is shown) for grid in grids.values()),
        table_shown(code, shown, period) if shown else None,
        tuple(item for item in report.quality if item.code == code and item.breakdown.unknown),
    )


def _headline(
    code: str, figure: Figure, result: Result, period: Period, compared: ComparisonLine | None
) -> ShownHeadline:
    elapsed, likely = pace(period), ""
    if compared and compared.target and not DRAWINGS[code].is_state and LEAST_PACE <= elapsed < 1:
        likely = f"{french_number(round(compared.now / elapsed))} le {french_day(period.last)}"
    return ShownHeadline(_figure(code, figure, headline_label(result, figure), period), compared, likely)


def _figure(code: str, figure: Figure, label: str, period: Period) -> ShownFigure:
    url = rows_url(code, period, line=figure.line) if figure.line and figure.value else ""
    return ShownFigure(label, french(figure), figure.note, url)


def _columns(code: str, result: Result, period: Period, comparison: Comparison) -> tuple[Column, ...]:
    item = result.breakdown_always("by_month")
    urls = cell_urls(code, period, item)
    grid = next((grid for grid in result.grids if grid.code == BY_FORM), None)
    before = comparison.months.get(code)
    earlier = comparison.before.months if comparison.before and before is not None else []
    return tuple(
        Column(
            row.label,
            SHORT_MONTHS[int(row.key[5:7]) - 1],
            row.n,
            _parts(grid, row.key) or (Part("", "fig-k1", row.n),),
            urls.get(row.key, ""),
            (before or {}).get(earlier[place].isoformat(), 0) if place < len(earlier) else None,
            row.is_partial,
        )
        for place, row in enumerate(row for row in item.rows if row.key)
    )


def _parts(grid: Grid | None, month: str) -> tuple[Part, ...]:
    """Part a month by form; the forms that have no colour of their own are one part."""
    if grid is None or month not in grid.keys[0]:
        return ()
    numbers = dict(zip(grid.keys[1], grid.rows[grid.keys[0].index(month)][1:], strict=False))
    parts = []
    for key, css, label in CATEGORIES:
        n = numbers.pop(key, 0) if key else sum(numbers.values())
        parts.append(Part(label, css, n))
    return tuple(parts)


def _categories(series: tuple[Column, ...]) -> tuple[Category, ...]:
    totals = {(part.css, part.label): 0 for column in series for part in column.parts if part.label}
    for column in series:
        for part in column.parts:
            if part.label:
                totals[part.css, part.label] += part.value
    return tuple(Category(css, label, n) for (css, label), n in totals.items())


def _month_table(code: str, item: Breakdown, series: tuple[Column, ...], period: Period) -> ShownTable:
    if not series:
        urls = cell_urls(code, period, item) if item.line and not item.is_state else {}
        rows = tuple(
            TableRow(row.label, (Cell(french_number(row.n), url=urls.get(row.key, "")),)) for row in item.rows
        )
        return ShownTable(item.code, DRAWINGS[code].months, ("Mois", "Nombre"), rows)
    parted = [part.label for part in series[0].parts if part.label]
    has_before = any(column.before is not None for column in series)
    rows = tuple(
        TableRow(
            column.label,
            (
                *(Cell(french_number(part.value)) for part in column.parts if part.label),
                Cell(french_number(column.value), url=column.url),
                *([Cell("–" if column.before is None else french_number(column.before))] if has_before else []),
            ),
        )
        for column in series
    )
    headers = ("Mois", *parted, "Total" if parted else "Nombre", *(["Période précédente"] if has_before else []))
    return ShownTable(item.code, DRAWINGS[code].months, headers, rows)


def _course(code: str, item: Breakdown) -> Chart:
    points = [
        Point(row.label, row.n, SHORT_MONTHS[int(row.key[5:7]) - 1] if row.key else "", is_partial=row.is_partial)
        for row in item.rows
    ]
    return line(DRAWINGS[code].months, points)


def _map(code: str, result: Result, period: Period) -> Map | None:
    if DRAWINGS[code].map:
        item = result.breakdown_always("by_territory")
        counts = {row.key: row.n for row in item.rows if row.key}
        urls = {key: url for key, url in cell_urls(code, period, item).items() if key}
        return count_map(DRAWINGS[code].map, counts, urls)
    if code == "I5":
        by_label = {label: state for state, label in STATE_LABELS.items()}
        grids = [grid for grid in result.grids if grid.code in ("coverage", "overseas")]
        states = {row[1]: by_label[row[2]] for grid in grids for row in grid.rows}
        urls = {key: place_url(key, period) for key in states}
        return state_map("Départements couverts par le réseau", states, STATE_LABELS, urls)
    return None
