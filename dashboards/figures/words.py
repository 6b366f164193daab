"""What the page of figures shows, and in what form: cards, charts, maps and tables of one report."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from dashboards.drawings.words.charts import Chart, Point, bars, horizontal_bars, line
from dashboards.drawings.words.map import Map, count_map, state_map
from dashboards.figures.selectors.report import Report
from dashboards.indicators.rules.definitions import COMMON_RULES
from dashboards.indicators.rules.formats import french
from dashboards.indicators.rules.results import Breakdown, Figure, Result
from dashboards.indicators.selectors.coverage import STATE_LABELS
from dashboards.periods import SHORT_MONTHS, Period

DRAWN = {
    "I1": ("by_month", "by_form", "by_family", "by_age", "by_urgency", "by_outcome"),
    "I2": ("by_month", "by_outcome", "by_form", "refusals"),
    "I3": ("by_month", "by_form", "by_age", "by_distance", "exits"),
    "I4": ("by_month", "by_type", "by_region"),
    "I5": ("by_month", "by_region"),
    "I6": ("by_month", "by_group", "by_employer"),
    "I7": ("by_month", "by_module"),
    "I8": ("by_month", "by_type", "by_severity"),
}
"""Breakdowns drawn for each indicator; the others are tables."""
STATES = {"I4", "I5"}
MOST_BARS = 12


@dataclass(frozen=True)
class ShownFigure:
    label: str
    text: str
    note: str
    url: str


@dataclass(frozen=True)
class ShownRow:
    label: str
    n: int
    url: str


@dataclass(frozen=True)
class ShownBreakdown:
    title: str
    rows: tuple[ShownRow, ...]
    total: int
    chart: Chart | None
    unknown_rate: float
    is_warning: bool


@dataclass(frozen=True)
class Section:
    result: Result
    headline: tuple[ShownFigure, ...]
    companions: tuple[ShownFigure, ...]
    drawn: tuple[ShownBreakdown, ...]
    tables: tuple[ShownBreakdown, ...]
    map: Map | None


def sections(report: Report) -> list[Section]:
    return [_section(code, result, report.period) for code, result in report.results.items()]


def common_rules() -> tuple[str, ...]:
    return COMMON_RULES


def _section(code: str, result: Result, period: Period) -> Section:
    by_code = {item.code: item for item in result.breakdowns}
    wanted = [by_code[name] for name in DRAWN[code] if name in by_code and by_code[name].rows]
    others = [item for item in result.breakdowns if item not in wanted and item.rows]
    return Section(
        result,
        tuple(_figure(code, figure, period) for figure in result.headline),
        tuple(_figure(code, figure, period) for figure in result.companions),
        tuple(_breakdown(code, item, period, is_drawn=True) for item in wanted),
        tuple(_breakdown(code, item, period, is_drawn=False) for item in others),
        _map(code, result, period),
    )


def _figure(code: str, figure: Figure, period: Period) -> ShownFigure:
    url = rows_url(code, period, line=figure.line) if figure.line and figure.value else ""
    return ShownFigure(figure.label, french(figure), figure.note, url)


def _breakdown(code: str, item: Breakdown, period: Period, *, is_drawn: bool) -> ShownBreakdown:
    opens = bool(item.line) and not item.is_total
    urls = cell_urls(code, period, item) if opens else {}
    rows = tuple(ShownRow(row.label, row.n, urls.get(row.key, "")) for row in item.rows)
    chart = draw(code, item, [row.url for row in rows]) if is_drawn else None
    return ShownBreakdown(item.title, rows, item.total, chart, item.unknown_rate, item.is_warning)


def draw(code: str, item: Breakdown, urls: list[str]) -> Chart:
    """Draw a breakdown: vertical bars for months and ages, a line for states, horizontal bars otherwise. A bar opens
    its rows.
    """
    points = [
        Point(row.label, row.n, _short(item, row.key, row.label), url, is_partial=row.is_partial)
        for row, url in zip(item.rows, urls, strict=True)
    ]
    if item.code == "by_month":
        return (line if code in STATES else bars)(item.title, points)
    if item.code == "by_age":
        return bars(item.title, points)
    if len(points) > MOST_BARS:
        rest = sum(point.value for point in points[MOST_BARS:])
        points = [*points[:MOST_BARS], Point("Autres, voir le tableau", rest)]
    return horizontal_bars(item.title, points)


def _short(item: Breakdown, key: str, label: str) -> str:
    if item.code == "by_month" and key:
        return SHORT_MONTHS[int(key[5:7]) - 1]
    return {"Non renseigné": "NR", "moins de 11 ans": "< 11"}.get(label, label.removesuffix(" ans"))


def _map(code: str, result: Result, period: Period) -> Map | None:
    if code == "I1":
        item = result.breakdown_always("by_territory")
        counts = {row.key: row.n for row in item.rows if row.key}
        urls = {key: url for key, url in cell_urls(code, period, item).items() if key}
        return count_map("Sollicitations par département d’exploitation", counts, urls)
    if code == "I5":
        by_label = {label: state for state, label in STATE_LABELS.items()}
        grids = [grid for grid in result.grids if grid.code in ("coverage", "overseas")]
        states = {row[1]: by_label[row[2]] for grid in grids for row in grid.rows}
        urls = {key: place_url(key, period) for key in states}
        return state_map("Départements couverts par le réseau", states, STATE_LABELS, urls)
    return None


def place_url(place: str, period: Period) -> str:
    query = {"du": period.first.isoformat(), "au": period.last.isoformat()}
    return f"{reverse('dashboards_place', args=[place])}?{urlencode(query)}"


def cell_urls(code: str, period: Period, item: Breakdown) -> dict[str, str]:
    """Return the address of the rows of each key that counts some; only the key differs between addresses."""
    address = rows_url(code, period, line=item.line, par=item.code)
    return {row.key: f"{address}&{urlencode({'cle': row.key})}" for row in item.rows if row.n}


def rows_url(code: str, period: Period, *, line: str, **cut: str) -> str:
    query = {"du": period.first.isoformat(), "au": period.last.isoformat(), "ligne": line, **cut}
    return f"{reverse('dashboards_rows', args=[code])}?{urlencode(query)}"
