"""Breakdowns as lists of bars, and tables of two cuts as heat: each number leads to its rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from dashboards.drawings.words.map import class_of
from dashboards.drawings.words.small import list_bar
from dashboards.figures.words.addresses import cell_urls, cross_url
from dashboards.figures.words.drawn import MOST_ROWS
from dashboards.indicators.rules.formats import NARROW, french, french_number
from dashboards.indicators.rules.results import Breakdown, Figure, Grid
from dashboards.indicators.selectors.registry import INDICATORS
from dashboards.periods import Period


@dataclass(frozen=True)
class ShownRow:
    label: str
    n: int
    url: str
    bar: SafeString
    share: str


@dataclass(frozen=True)
class ShownBreakdown:
    code: str
    title: str
    rows: tuple[ShownRow, ...]
    total: int
    rest: str
    """How many rows are not shown, in words."""
    unknown: str
    """How much is not filled in, when it is too much."""


@dataclass(frozen=True)
class Cell:
    text: str
    css: str = ""
    url: str = ""


@dataclass(frozen=True)
class TableRow:
    label: str
    cells: tuple[Cell, ...]
    is_total: bool = False


@dataclass(frozen=True)
class ShownTable:
    code: str
    title: str
    headers: tuple[str, ...]
    rows: tuple[TableRow, ...]
    note: str = ""
    is_heat: bool = False


def breakdown_shown(code: str, item: Breakdown, period: Period, *, is_whole: bool = False) -> ShownBreakdown:
    opens = bool(item.line) and not item.is_total
    urls = cell_urls(code, period, item) if opens else {}
    rows = item.rows if is_whole else item.rows[:MOST_ROWS]
    most = max((row.n for row in item.rows), default=0)
    left = item.rows[len(rows) :]
    return ShownBreakdown(
        item.code,
        item.title,
        tuple(
            ShownRow(row.label, row.n, urls.get(row.key, ""), list_bar(row.n, most), _share(item, row.n))
            for row in rows
        ),
        item.total,
        f"Et {len(left)} autres lignes, {french_number(sum(row.n for row in left))} en tout." if left else "",
        f"{french_number(100 * item.unknown_rate)}{NARROW}%" if item.is_warning else "",
    )


def _share(item: Breakdown, n: int) -> str:
    return "" if item.is_state or not item.base else f"{french_number(100 * n / item.base)}{NARROW}%"


def table_shown(code: str, grid: Grid, period: Period) -> ShownTable:
    """Return a table; one of two cuts is shaded, and its cells lead to their rows when both cuts open some."""
    if not grid.cuts:
        rows = tuple(
            TableRow(
                _text(row[0]),
                tuple(Cell(_text(value, grid.kind(place))) for place, value in enumerate(row[1:], start=1)),
            )
            for row in grid.rows
        )
        return ShownTable(grid.code, grid.title, grid.headers, rows, grid.note)
    known = {cut.name for cut in INDICATORS[code].rows.cuts}
    opens = known.issuperset(grid.cuts)
    downs, acrosses = (*grid.keys[0], None), (*grid.keys[1], None)
    rows = tuple(
        TableRow(
            _text(row[0]),
            tuple(
                _cell(code, period, n, grid.cuts, (down, across), opens=opens)
                for across, n in zip(acrosses, row[1:], strict=True)
            ),
            is_total=down is None,
        )
        for down, row in zip(downs, grid.rows, strict=False)
    )
    return ShownTable(grid.code, grid.title, grid.headers, rows, grid.note, is_heat=True)


def _cell(
    code: str, period: Period, n: int, cuts: Sequence[str], keys: tuple[str | None, str | None], *, opens: bool
) -> Cell:
    """Return a cell. A key that is None stands for a total, which is not shaded."""
    chosen = {name: key for name, key in zip(cuts, keys, strict=True) if key is not None}
    css = "fig-t" if len(chosen) < len(cuts) else f"fig-q{class_of(n)}"
    return Cell(french_number(n), css, cross_url(code, period, chosen) if opens and n else "")


def _text(value: Any, kind: str = "number") -> str:
    if value is None or isinstance(value, str):
        return value or "–"
    return french(Figure("", "", value, kind))
