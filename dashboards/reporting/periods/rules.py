"""Conversion of a report to plain data and back: the same pages show a frozen report."""

import datetime as dt
from typing import Any

from dashboards.figures.selectors.report import Quality, Report
from dashboards.indicators.rules.plain import grid_of, plain, result_of
from dashboards.periods import Period

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
