"""What the page of a release shows: a sentence, tiles, map and trend, then one indicator in detail."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict
from django.utils.safestring import SafeString, mark_safe

from cms.kit.words import NBSP
from dashboards.drawings.words.charts import Chart
from dashboards.drawings.words.map import class_of
from dashboards.drawings.words.small import is_late, list_bar, progress_bar, spark
from dashboards.drawings.words.trend import Series, Trend, trend
from dashboards.figures.words.addresses import INDICATOR, PANEL
from dashboards.figures.words.drawn import DRAWINGS
from dashboards.figures.words.lists import Cell, ShownTable, TableRow
from dashboards.figures.words.tiles import Tile, TileNumber, small_label
from dashboards.indicators.rules.formats import NARROW, french_number
from dashboards.periods import SHORT_MONTHS
from dashboards.reporting.releases.models import Release
from dashboards.reporting.releases.selectors import Headline, releases_alike
from dashboards.reporting.releases.words import MASKED, Page, Part, Table, page_of

FLOWS = (("I1", "demandes", "fig-t1"), ("I2", "orientés", "fig-t3"), ("I3", "accueillis", "fig-t2"))
HATCHED = mark_safe('<svg class="fig-hbar fig-masked" aria-hidden="true"></svg>')


@dataclass(frozen=True)
class SaidNumber:
    """A number of the sentence, and what stands before it."""

    lead: str
    words: str


@dataclass(frozen=True)
class ListRow:
    label: str
    n: str
    bar: SafeString


@dataclass(frozen=True)
class ShownList:
    title: str
    rows: tuple[ListRow, ...]
    note: str


@dataclass(frozen=True)
class Details:
    """The indicator that is open."""

    part: Part
    months: Chart | None
    month_table: ShownTable | None
    lists: tuple[ShownList, ...]
    tables: tuple[ShownTable, ...]


@dataclass(frozen=True)
class ReleaseDisplay:
    page: Page
    sentence: tuple[SaidNumber, ...]
    tiles: tuple[Tile, ...]
    trend: Trend | None
    trend_table: ShownTable | None
    """None when a number is hidden: its months are in the detail of each indicator, after the rule of the mask."""
    part_of_map: Part
    masked: int
    cells: int
    details: Details


def release_shown(release: Release, asked: QueryDict) -> ReleaseDisplay:
    page = page_of(release)
    parts = {part.code: part for part in page.parts}
    opened = parts.get(asked.get(INDICATOR, "")) or page.parts[0]
    drawn = _trend(release)
    values = [value for table in _tables(release) for row in table["rows"] for value in row[1:]]
    return ReleaseDisplay(
        page,
        _sentence(release),
        tuple(_tile(release, part, is_open=part is opened) for part in page.parts),
        drawn,
        _trend_table(drawn) if drawn and not any(None in item.values for item in drawn.series) else None,
        parts["I5"],
        sum(value is None for value in values),
        sum(value is None or isinstance(value, int) for value in values),
        _details(opened),
    )


def _tables(release: Release) -> list[dict[str, Any]]:
    return [table for item in release.content["indicators"] for table in item["tables"]]


def _headlines(release: Release) -> dict[str, int | None]:
    return {figure["code"]: figure["value"] for item in release.content["indicators"] for figure in item["figures"]}


def _sentence(release: Release) -> tuple[SaidNumber, ...]:
    numbers = _headlines(release)

    def said(code: str, one: str, many: str) -> str:
        n = numbers.get(code)
        return f"un nombre masqué de {many}" if n is None else f"{french_number(n)}{NBSP}{many if n > 1 else one}"

    return (
        SaidNumber("le réseau a reçu ", said("I1", "demande", "demandes")),
        SaidNumber(", orienté ", said("I2", "mineur", "mineurs")),
        SaidNumber(" et accueilli ", said("I3", "mineur", "mineurs")),
    )


def _tile(release: Release, part: Part, *, is_open: bool) -> Tile:
    targets = release.content.get("targets") or {}
    numbers = _headlines(release)
    aimed = [figure for figure in part.headline if figure.code in targets and numbers.get(figure.code) is not None]
    worst = min(((numbers[figure.code] or 0) / (targets[figure.code] or 1) for figure in aimed), default=None)
    before = [figure.before for figure in part.headline if figure.before]
    return Tile(
        part.code,
        part.short,
        DRAWINGS[part.code].tab,
        part.label,
        f"?{INDICATOR}={part.code}{PANEL}",
        is_open,
        tuple(
            TileNumber(figure.text, " ".join(filter(None, (small_label(figure.code, figure.text), figure.note))))
            for figure in part.headline
        ),
        (f"{' et '.join(before)} avant",) if before else (),
        f"{' et '.join(before)} dans la période d’avant",
        _course(release, part.code),
        " et ".join(figure.target for figure in aimed),
        "" if worst is None else "atteinte" if worst >= 1 else f"{french_number(int(100 * worst))}{NARROW}%",
        worst is not None and is_late(worst, 1.0),
        SafeString("") if worst is None else progress_bar(worst, 1.0),
    )


def _months(release: Release, code: str) -> dict[str, Any]:
    item = next(item for item in release.content["indicators"] if item["code"] == code)
    return next((table for table in item["tables"] if table["code"] == "by_month"), {"rows": [], "keys": []})


def _course(release: Release, code: str) -> SafeString:
    """Draw the months when none is hidden: a gap would say where the small numbers are."""
    values = [row[1] for row in _months(release, code)["rows"]]
    return SafeString("") if None in values else spark(values)


def _trend(release: Release) -> Trend | None:
    """Draw the releases of as long a period, whose headlines are exact; the months of this one when it is alone."""
    alike = releases_alike(release, [code for code, *_ in FLOWS])
    if len(alike) > 1:
        labels = [_short(row) for row in alike]
        series = [Series(name, css, tuple(row.values.get(code) for row in alike)) for code, name, css in FLOWS]
        return trend("Demandes, orientations et accueils, de publication en publication", labels, series)
    tables = [_months(release, code) for code, *_ in FLOWS]
    keys = tables[0]["keys"]
    if len(keys) < 2 or any(table["keys"] != keys for table in tables):
        return None
    series = [
        Series(name, css, tuple(row[1] for row in table["rows"]))
        for (_, name, css), table in zip(FLOWS, tables, strict=True)
    ]
    return trend(
        "Demandes, orientations et accueils, mois par mois", [SHORT_MONTHS[int(key[5:7]) - 1] for key in keys], series
    )


def _short(row: Headline) -> str:
    months = (row.last.year - row.first.year) * 12 + row.last.month - row.first.month + 1
    names = {3: f"T{(row.last.month - 1) // 3 + 1} ", 6: f"S{(row.last.month - 1) // 6 + 1} ", 12: ""}
    return f"{names[months]}{row.last.year}" if months in names else f"{row.last:%m/%Y}"


def _trend_table(drawn: Trend) -> ShownTable:
    rows = tuple(TableRow(label, tuple(map(_cell, values))) for label, values in drawn.rows)
    return ShownTable("trend", drawn.title, ("Période", *(item.name for item in drawn.series)), rows)


def _cell(value: Any) -> Cell:
    if value is None:
        return Cell(MASKED, "fig-masked")
    return Cell(french_number(value) if isinstance(value, int) else str(value))


def _details(part: Part) -> Details:
    tables = (*part.drawn, *part.tables)
    months = next((table for table in tables if table.code == "by_month"), None)
    lists = [table for table in tables if _is_list(table) and table is not months]
    others = [table for table in tables if table not in lists and table is not months]
    return Details(
        part,
        months.chart if months else None,
        _table(months) if months else None,
        tuple(_list(table) for table in lists),
        tuple(_table(table) for table in others),
    )


def _is_list(table: Table) -> bool:
    return not table.is_cross and all(
        len(line.raw) == 1 and (line.raw[0] is None or isinstance(line.raw[0], int)) for line in table.lines
    )


def _list(table: Table) -> ShownList:
    """Return bars; a masked number has a hatched one, always as long, so that nothing passes for all there is."""
    most = max((line.raw[0] or 0 for line in table.lines), default=0)
    return ShownList(
        table.title,
        tuple(
            ListRow(line.label, line.cells[0], HATCHED if line.raw[0] is None else list_bar(line.raw[0], most))
            for line in table.lines
        ),
        table.note,
    )


def _table(table: Table) -> ShownTable:
    rows = tuple(
        TableRow(
            line.label,
            tuple(
                replace(_cell(value), css="fig-masked" if value is None else _shade(value, line.is_total or is_last))
                if table.is_cross
                else _cell(value)
                for value, is_last in zip(line.raw, [*[False] * (len(line.raw) - 1), True], strict=True)
            ),
            line.is_total,
        )
        for line in table.lines
    )
    return ShownTable(table.code, table.title, table.headers, rows, table.note, is_heat=table.is_cross)


def _shade(value: Any, is_total: bool) -> str:
    return "fig-t" if is_total or not isinstance(value, int) else f"fig-q{class_of(value)}"
