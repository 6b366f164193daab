"""Conversion of a report to plain data and back: the same pages show a frozen report."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from dashboards.figures.selectors.report import Quality, Report
from dashboards.indicators.rules.plain import grid_of, plain, result_of
from dashboards.indicators.rules.results import Grid, Result
from dashboards.periods import Period

FOLLOWED_CUTS = {"by_outcome", "by_delay", "by_promise", "by_state", "refusals"}
FOLLOWED_FIGURES = {"I2.accepted", "I2.pending", "I2.unsolved"}
"""What goes on after a period: an answer that comes later is no correction, and no revision is asked for it."""

SHAPE = 1
"""Changes when what is frozen takes another shape; older periods keep theirs."""


def freeze(report: Report) -> dict[str, Any]:
    """Return the whole report as plain data: figures, tables, definitions, funnel."""
    return {
        "shape": SHAPE,
        "first": report.period.first.isoformat(),
        "last": report.period.last.isoformat(),
        "computed_at": report.computed_at.isoformat(),
        "results": {code: plain(result) for code, result in report.results.items()},
        "funnel": plain(report.funnel),
    }


def figures_of(content: dict[str, Any]) -> dict[str, Any]:
    """Return what is frozen without the moment of its computation: the same figures give equal data."""
    return {key: value for key, value in content.items() if key != "computed_at"}


@dataclass(frozen=True)
class CellNumber:
    """One number of a result, and where it stands, in words."""

    words: str
    n: int | float


def cells_of(result: Result) -> dict[str, CellNumber]:
    """Return the numbers of a result that only a correction moves, by a key that does not depend on words."""
    cells = {
        f"figure:{figure.code}": CellNumber(figure.label, figure.value)
        for figure in (*result.headline, *result.companions)
        if figure.kind == "number" and isinstance(figure.value, int | float) and figure.code not in FOLLOWED_FIGURES
    }
    for item in result.breakdowns:
        if item.code not in FOLLOWED_CUTS:
            for row in item.rows:
                cells[f"{item.code}:{row.key}"] = CellNumber(f"{item.title}, {row.label}", row.n)
    for grid in result.grids:
        if grid.cuts and not FOLLOWED_CUTS & set(grid.cuts):
            cells |= _grid_cells(grid)
    return cells


def _grid_cells(grid: Grid) -> dict[str, CellNumber]:
    downs, acrosses = grid.keys
    return {
        f"{grid.code}:{down}|{across}": CellNumber(f"{grid.title}, {row[0]} et {header}", n)
        for down, row in zip(downs, grid.rows, strict=False)
        for across, header, n in zip(acrosses, grid.headers[1:], row[1:], strict=False)
    }


def thaw(content: dict[str, Any]) -> Report:
    """Return the report as it was frozen."""
    results = {code: result_of(result) for code, result in content["results"].items()}
    quality = tuple(
        Quality(code, result.definition.short, item)
        for code, result in results.items()
        for item in result.breakdowns
        if item.line == "counted" and item.total and item.code != "by_month"
    )
    period = Period(dt.date.fromisoformat(content["first"]), dt.date.fromisoformat(content["last"]))
    return Report(
        period, results, grid_of(content["funnel"]), quality, dt.datetime.fromisoformat(content["computed_at"])
    )
