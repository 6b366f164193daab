"""One queryset, read once, grouped several ways: figure and breakdowns cannot disagree."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

LINE = "line"
COUNTED = "counted"
"""The line of the headline; the other lines of a population are shown apart, never added."""
DAY = '"d"."day"'
"""In a queryset given with `days`, the day on which the state is read."""

Key = tuple[Any, ...]
Cells = dict[tuple[str, ...], dict[Key, dict[str, Any]]]


@dataclass(frozen=True)
class Cube:
    cells: Cells = field(default_factory=dict)

    def measures(self, dimensions: tuple[str, ...] = (LINE,), key: Key = (COUNTED,)) -> dict[str, Any]:
        return self.cells[dimensions].get(key, {})

    def count(self, line: str = COUNTED) -> int:
        return self.measures(key=(line,)).get("n", 0)

    def by(self, dimension: str, line: str = COUNTED) -> dict[Any, int]:
        """Counts of one line by the keys of a dimension; the key None holds what is not filled in."""
        cells = self.cells[(LINE, dimension)]
        return {key[1]: measures["n"] for key, measures in cells.items() if key[0] == line}

    def across(self, first: str, second: str, line: str = COUNTED) -> dict[tuple[Any, Any], int]:
        """Counts of one line by the keys of two dimensions that were read together, in either order."""
        is_turned = (LINE, first, second) not in self.cells
        cells = self.cells[(LINE, second, first) if is_turned else (LINE, first, second)]
        pairs = {key[1:]: measures["n"] for key, measures in cells.items() if key[0] == line}
        return {(across, down): n for (down, across), n in pairs.items()} if is_turned else pairs


def day_column() -> RawSQL:
    """The running day, for the conditions of a queryset given to `cube` with `days`."""
    return RawSQL(DAY, [])  # noqa: S611 (a name written here)


def cube(
    queryset: QuerySet,
    dimensions: Sequence[str],
    *,
    measures: Mapping[str, str] | None = None,
    columns: Sequence[str] = (),
    crossed: Sequence[tuple[str, str]] = (),
    days: Sequence[dt.date] = (),
    where: Mapping[str, Any] | None = None,
) -> Cube:
    """Count the rows of each line, in all and by each dimension, in one query.

    The queryset annotates `line`, every dimension and every column that `measures` (name → SQL aggregate) read.
    `where` keeps the rows whose dimension has a key (None: not filled in), once persons were chosen.
    With `days`, its conditions read the running day through `day_column` and `by_day` becomes a dimension.
    """
    dimensions = [LINE, *dimensions]
    if not queryset.query.distinct_fields:
        queryset = queryset.order_by()
    rows, params = queryset.values(*dimensions, *columns).query.sql_with_params()
    if days:
        dimensions = [*dimensions, "by_day"]
        rows = f'SELECT {DAY} AS "by_day", s.* FROM unnest(%s::date[]) AS "d"("day") CROSS JOIN LATERAL ({rows}) s'  # noqa: S608
        params = ([*days], *params)
    if where:
        kept = " AND ".join(f"{name} IS NOT DISTINCT FROM %s" for name in where if name in dimensions)
        rows, params = f"SELECT * FROM ({rows}) w WHERE {kept}", (*params, *where.values())  # noqa: S608
    sets = [(LINE,), *((LINE, name) for name in dimensions[1:]), *((LINE, *pair) for pair in crossed)]
    if days:
        sets = [*((*names, "by_day") for names in sets if "by_day" not in names), (LINE, "by_day")]
    return Cube(_read(rows, params, dimensions, sets, {"n": "count(*)", **(measures or {})}))


def _read(rows: str, params: Sequence, dimensions: list[str], sets: list[tuple], measures: Mapping[str, str]) -> Cells:
    names = ", ".join(dimensions)
    wanted = ", ".join(f"({', '.join(group)})" for group in sets)
    aggregates = ", ".join(f"{sql} AS {name}" for name, sql in measures.items())
    # Names and aggregates are written in this package; what comes from the reader is in `params`.
    statement = (
        f"WITH rows AS ({rows}) SELECT GROUPING({names}), {names}, {aggregates} "  # noqa: S608
        f"FROM rows GROUP BY GROUPING SETS ({wanted})"
    )
    cells: Cells = {group: {} for group in sets}
    by_mask = {_mask(dimensions, group): group for group in sets}
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        for mask, *values in cursor.fetchall():
            group = by_mask[mask]
            keys = dict(zip(dimensions, values, strict=False))
            cells[group][tuple(keys[name] for name in group)] = dict(
                zip(measures, values[len(dimensions) :], strict=True)
            )
    return cells


def _mask(dimensions: list[str], group: tuple) -> int:
    """Number that GROUPING gives: one bit a dimension, set when the dimension is not in the group."""
    return sum(1 << place for place, name in enumerate(reversed(dimensions)) if name not in group)
