"""One queryset, read once, grouped several ways: figure and breakdowns cannot disagree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import QuerySet

LINE = "line"
COUNTED = "counted"
"""The line of the headline; the other lines of a population are shown apart, never added."""

MEMORY = "64MB"
"""For one statement of figures: counts of many breakdowns stay in memory, where 4 MB have them sorted one by one."""

Key = tuple[Any, ...]
Cells = dict[tuple[str, ...], dict[Key, dict[str, Any]]]


@dataclass(frozen=True)
class Beside:
    """A relation with one row for a key that the queryset annotates."""

    rows: str
    params: Sequence
    key: str


def memory_take() -> None:
    """Give figures their memory until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('work_mem', %s, true)", [MEMORY])


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


def statement_of(queryset: QuerySet, names: Sequence[str]) -> tuple[str, Sequence]:
    """SQL of these columns, and its parameters, without the join of the principal form when none of them reads it.

    A row has at most one principal form: leaving it out changes no row, and it costs as much as all the rest. Nothing
    but `by_form` reads a relation that is filtered.
    """
    query: Any = queryset.values(*names).query
    if "by_form" not in names:
        left = {alias for alias, join in query.alias_map.items() if getattr(join, "filtered_relation", None)}
        left |= {alias for alias, join in query.alias_map.items() if getattr(join, "parent_alias", None) in left}
        query.alias_refcount |= dict.fromkeys(left, 0)
    return query.sql_with_params()


def cube(
    queryset: QuerySet,
    dimensions: Sequence[str],
    *,
    measures: Mapping[str, str] | None = None,
    columns: Sequence[str] = (),
    crossed: Sequence[tuple[str, str]] = (),
    where: Mapping[str, Any] | None = None,
    is_measured: bool = False,
    beside: Beside | None = None,
) -> Cube:
    """Count the rows of each line, in all and by each dimension, in one query.

    The queryset annotates `line`, every dimension and every column that `measures` (name → SQL aggregate) read.
    `where` keeps the rows whose dimension has a key (None: not filled in), once persons were chosen.

    Measures are read for each line, and for each cell when `is_measured`: a median sorts the rows once a breakdown,
    where a count does not. Measures of lines may read what stands `beside` a row, joined once.
    """
    dimensions = [LINE, *dimensions]
    if not queryset.query.distinct_fields:
        queryset = queryset.order_by()
    rows, params = statement_of(queryset, [*dimensions, *columns])
    if where:
        kept = " AND ".join(f"{name} IS NOT DISTINCT FROM %s" for name in where if name in dimensions)
        rows, params = f"SELECT * FROM ({rows}) w WHERE {kept}", (*params, *where.values())  # noqa: S608
    sets = [(LINE,), *((LINE, name) for name in dimensions[1:]), *((LINE, *pair) for pair in crossed)]
    return Cube(_read(rows, params, dimensions, sets, measures or {}, is_measured, beside))


def _read(
    rows: str,
    params: Sequence,
    dimensions: list[str],
    sets: list[tuple],
    measures: Mapping[str, str],
    is_measured: bool,
    beside: Beside | None,
) -> Cells:
    names = ", ".join(dimensions)
    wanted = ", ".join(f"({', '.join(group)})" for group in sets)
    aggregates = [f"{sql} AS {name}" for name, sql in measures.items()]
    # Names and aggregates are written in this package; what comes from the reader is in `params`.
    cells_of = ", ".join(
        [f"GROUPING({names})", names, "count(*)", *(aggregates if is_measured else ["NULL"] * len(aggregates))]
    )
    statement = f"WITH rows AS ({rows}) SELECT {cells_of} FROM rows GROUP BY GROUPING SETS ({wanted})"  # noqa: S608
    if measures and not is_measured:
        lines_of = ", ".join(["NULL", LINE, *["NULL"] * len(dimensions), *aggregates])
        joined = f"rows LEFT JOIN ({beside.rows}) beside USING ({beside.key})" if beside else "rows"
        params = (*params, *beside.params) if beside else params
        statement += f" UNION ALL SELECT {lines_of} FROM {joined} GROUP BY {LINE}"  # noqa: S608
    cells: Cells = {group: {} for group in sets}
    places = {None: ((LINE,), [0])} | {
        _mask(dimensions, group): (group, [dimensions.index(name) for name in group]) for group in sets
    }
    last = len(dimensions) + 1
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        for mask, *values in cursor.fetchall():
            group, keys = places[mask]
            cell = cells[group].setdefault(tuple([values[place] for place in keys]), {})
            if mask is not None:
                cell["n"] = values[last - 1]
            if measures and (mask is None or is_measured):
                cell |= dict(zip(measures, values[last:], strict=True))
    return cells


def _mask(dimensions: list[str], group: tuple) -> int:
    """Number that GROUPING gives: one bit a dimension, set when the dimension is not in the group."""
    return sum(1 << place for place, name in enumerate(reversed(dimensions)) if name not in group)
