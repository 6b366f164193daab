"""A report put down as plain data, and read back as it was: what was frozen is shown by the same pages."""

import dataclasses
import datetime as dt
from decimal import Decimal
from typing import Any

from dashboards.indicators.definitions import Definition
from dashboards.indicators.results import Breakdown, Figure, Grid, Result, Row
from dashboards.periods import Period
from dashboards.selectors import Quality, Report

SHAPE = 1
"""Changes when what is frozen takes another shape; older periods keep theirs."""


def freeze(report: Report) -> dict[str, Any]:
    """The whole report: figures, tables, definitions, funnel."""
    return {
        "shape": SHAPE,
        "first": report.period.first.isoformat(),
        "last": report.period.last.isoformat(),
        "computed_at": report.computed_at.isoformat(),
        "results": {code: _plain(result) for code, result in report.results.items()},
        "funnel": _plain(report.funnel),
    }


def figures_of(content: dict[str, Any]) -> dict[str, Any]:
    """What is frozen without the moment at which it was worked out: the same figures give the same thing."""
    return {key: value for key, value in content.items() if key != "computed_at"}


def thaw(content: dict[str, Any]) -> Report:
    """The report as it was frozen."""
    results = {code: _result(result) for code, result in content["results"].items()}
    quality = tuple(
        Quality(code, result.definition.short, item)
        for code, result in results.items()
        for item in result.breakdowns
        if item.line == "counted" and item.total and item.code != "by_month"
    )
    period = Period(dt.date.fromisoformat(content["first"]), dt.date.fromisoformat(content["last"]))
    return Report(
        period, results, _grid(content["funnel"]), quality, dt.datetime.fromisoformat(content["computed_at"])
    )


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {item.name: _plain(getattr(value, item.name)) for item in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, dt.date | dt.datetime) else value


def _result(data: dict[str, Any]) -> Result:
    return Result(
        _known(Definition, data["definition"], rules=tuple(data["definition"]["rules"])),
        tuple(_known(Figure, item) for item in data["headline"]),
        tuple(_known(Figure, item) for item in data["companions"]),
        tuple(
            _known(Breakdown, item, rows=tuple(_known(Row, row) for row in item["rows"]))
            for item in data["breakdowns"]
        ),
        tuple(_grid(item) for item in data["grids"]),
        tuple(data["notes"]),
    )


def _grid(data: dict[str, Any]) -> Grid:
    rows = tuple(tuple(row) for row in data["rows"])
    keys = tuple(tuple(part) for part in data.get("keys", ()))
    return _known(Grid, data, headers=tuple(data["headers"]), rows=rows, keys=keys, cuts=tuple(data.get("cuts", ())))


def _known(kind: Any, data: dict[str, Any], **better: Any) -> Any:
    """An object from what it still knows: a field that has gone since is left out, a new one has its default."""
    names = {item.name for item in dataclasses.fields(kind)}
    return kind(**({name: value for name, value in data.items() if name in names} | better))
