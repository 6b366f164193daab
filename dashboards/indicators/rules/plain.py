"""Conversion of a result to plain data and back, without loss."""

import dataclasses
import datetime as dt
from decimal import Decimal
from functools import cache
from typing import Any

from dashboards.indicators.rules.definitions import Definition
from dashboards.indicators.rules.results import Breakdown, Figure, Grid, Result, Row


def plain(value: Any) -> Any:
    """Return a result, or a part of one, as what JSON holds."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {item.name: plain(getattr(value, item.name)) for item in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, dt.date | dt.datetime) else value


def result_of(data: dict[str, Any]) -> Result:
    return Result(
        _known(Definition, data["definition"], rules=tuple(data["definition"]["rules"])),
        tuple(_known(Figure, item) for item in data["headline"]),
        tuple(_known(Figure, item) for item in data["companions"]),
        tuple(
            _known(Breakdown, item, rows=tuple(_known(Row, row) for row in item["rows"]))
            for item in data["breakdowns"]
        ),
        tuple(grid_of(item) for item in data["grids"]),
        tuple(data["notes"]),
    )


def grid_of(data: dict[str, Any]) -> Grid:
    rows = tuple(tuple(row) for row in data["rows"])
    keys = tuple(tuple(part) for part in data.get("keys", ()))
    named = {name: tuple(data.get(name, ())) for name in ("headers", "cuts", "kinds")}
    return _known(Grid, data, rows=rows, keys=keys, **named)


def _known(kind: Any, data: dict[str, Any], **better: Any) -> Any:
    """Build an object from the fields that it still has: one removed since is left out, a new one has its default."""
    names = _names(kind)
    known = data if data.keys() <= names else {name: value for name, value in data.items() if name in names}
    return kind(**{**known, **better})


@cache
def _names(kind: Any) -> frozenset[str]:
    return frozenset(item.name for item in dataclasses.fields(kind))
