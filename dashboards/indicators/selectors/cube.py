"""One queryset, read once, grouped several ways: figure and breakdowns cannot disagree."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from math import prod
from operator import itemgetter
from typing import Any

from django.db import connection
from django.db.models import F, QuerySet

from dashboards.indicators.enums import COUNTED, LINE
from dashboards.indicators.rules.statements import statement_of
from dashboards.indicators.selectors.lexicon import ColumnKey

ROOM = {"work_mem": "64MB", "hash_mem_multiplier": "100", "parallel_tuple_cost": "0.05"}
"""For statements of figures. Few cells come of many rows, but PostgreSQL expects as many cells as rows: it would sort
a million rows for each breakdown rather than count them in memory, and keep to one core. At a million requests the
largest table that it holds takes 160 MB.
"""

MANY = {"by_month": 36}
FEW, MOST = 8, 4096
"""How many keys a column has, about, and how many cells are read together at most: speed alone depends on them."""

Key = tuple[Any, ...]
Group = tuple[str, ...]
"""Names of what cells are counted by; the line is always the first."""
Cells = dict[Group, dict[Key, dict[str, Any]]]


@dataclass(frozen=True)
class JoinedRows:
    """A relation with one row for a key that the queryset annotates; measures read it under its name."""

    name: str
    rows: str
    params: Sequence
    key: str


def memory_take() -> None:
    """Give figures their memory and their cores until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(['set_config(%s, %s, true)'] * len(ROOM))}", [*chain(*ROOM.items())])


@dataclass(frozen=True)
class Cube:
    cells: Cells = field(default_factory=dict)

    def measures(self, dimensions: tuple[str, ...] = (LINE,), key: Key = (COUNTED,)) -> dict[str, Any]:
        return self.cells[dimensions].get(key, {})

    def count(self, line: str = COUNTED) -> int:
        return self.measures(key=(line,)).get("n", 0)

    def by(self, dimension: str, line: str = COUNTED) -> dict[Any, int]:
        """Return the counts of one line by the keys of a dimension; the key None holds what is not filled in."""
        cells = self.cells[(LINE, dimension)]
        return {key[1]: measures["n"] for key, measures in cells.items() if key[0] == line}

    def across(self, first: str, second: str, line: str = COUNTED) -> dict[tuple[Any, Any], int]:
        """Return the counts of one line by the keys of two dimensions that were read together, in either order."""
        is_turned = (LINE, first, second) not in self.cells
        cells = self.cells[(LINE, second, first) if is_turned else (LINE, first, second)]
        pairs = {key[1:]: measures["n"] for key, measures in cells.items() if key[0] == line}
        return {(across, down): n for (down, across), n in pairs.items()} if is_turned else pairs


@dataclass(frozen=True)
class Columns:
    """What is read of each row: a dimension by itself, or the column that gives it (`ColumnKey`), read once for all
    the dimensions that it gives.
    """

    read: Mapping[str, str]
    """Of each dimension, the column that is read."""
    derived: Mapping[str, ColumnKey]
    """Those of the dimensions that another column tells."""

    @classmethod
    def plain(cls, dimensions: Sequence[str]) -> "Columns":
        return cls({name: name for name in dimensions}, {})

    @classmethod
    def of(cls, queryset: QuerySet, dimensions: Sequence[str]) -> "Columns":
        annotations = queryset.query.annotations
        derived = {name: key for name in dimensions if isinstance(key := annotations[name], ColumnKey)}
        return cls(
            {
                name: f"told_{derived[name].path.replace('__', '_')}" if name in derived else name
                for name in dimensions
            },
            derived,
        )

    @property
    def names(self) -> list[str]:
        return list(dict.fromkeys(self.read.values()))

    def given_to(self, queryset: QuerySet) -> QuerySet:
        return queryset.annotate(**{self.read[name]: F(key.path) for name, key in self.derived.items()})

    def size(self, columns: Iterable[str]) -> int:
        """Return about how many cells these columns have together."""
        keys = {self.read[name]: len(key.keys) for name, key in self.derived.items()}
        return prod(keys.get(column, MANY.get(column, FEW)) for column in columns)

    def of_group(self, group: Group) -> Group:
        return tuple(dict.fromkeys(self.read.get(name, name) for name in group))

    def reader(self, name: str) -> Callable[[Sequence], Any]:
        """Return a function from the columns of a row to the key of the dimension, or of the line."""
        place = 0 if name == LINE else 1 + self.names.index(self.read[name])
        if name not in self.derived:
            return itemgetter(place)
        keys = self.derived[name].keys
        return lambda values: keys.get(values[place])


def cube(  # noqa: PLR0913 (what is read of the rows, then how)
    queryset: QuerySet,
    dimensions: Sequence[str],
    *,
    measures: Mapping[str, str] | None = None,
    columns: Sequence[str] = (),
    crossed: Sequence[tuple[str, str]] = (),
    where: Mapping[str, Any] | None = None,
    is_measured: bool = False,
    measured_by: Sequence[str] = (),
    beside: Sequence[JoinedRows] = (),
) -> Cube:
    """Count the rows of each line, in all and by each dimension, in one query.

    The queryset annotates `line`, every dimension and every column that `measures` (name → SQL aggregate) read.
    `where` keeps the rows whose dimension has a key (None: not filled in), once persons were chosen.

    Measures are read for each line, and for each cell when `is_measured`: a median sorts the rows once a breakdown,
    where a count does not; for the cells of the dimensions of `measured_by` too, which are columns by themselves.
    Measures of lines may read what stands `beside` a row, joined once.
    """
    if not queryset.query.distinct_fields:
        queryset = queryset.order_by()
    # A median is not added up, and a filter is on the key: then each dimension is read by itself.
    read = Columns.plain(dimensions) if is_measured or where else Columns.of(queryset, dimensions)
    groups: list[Group] = [(LINE, *group) for group in ((), *((name,) for name in dimensions), *crossed)]
    packs = {group: [group] for group in groups} if is_measured else _packs(groups, read)
    names, measured = [LINE, *read.names], measures or {}
    is_chosen = bool(queryset.query.distinct_fields)
    rows, params = statement_of(read.given_to(queryset), [*names, *(columns if is_chosen or is_measured else ())])
    if where:
        rows, params = _filtered(rows, where, dimensions), (*params, *where.values())
    statement = f"WITH rows AS ({rows}) {_of_cells(names, packs, measured, is_measured)}"
    if measured and not is_measured:
        # Choosing persons sorts them: once for all. Rows that are all counted are read twice, each time for what is
        # needed of them: together they would not stay in memory.
        of_lines, more = ("rows", ()) if is_chosen else statement_of(queryset, [LINE, *measured_by, *columns])
        rows_of_lines = of_lines if is_chosen else f"({of_lines}) r"
        statement += f" UNION ALL {_of_lines(rows_of_lines, names, measured, measured_by, beside)}"
        params = (*params, *more, *chain(*(one.params for one in beside)))
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return Cube(_added_up(cursor.fetchall(), read, packs, tuple(measured), is_measured, measured_by))


def _filtered(rows: str, where: Mapping[str, Any], dimensions: Sequence[str]) -> str:
    """Return the statement of the rows whose dimensions have these keys, given as its last parameters."""
    conditions = " AND ".join(f"{name} IS NOT DISTINCT FROM %s" for name in where if name in dimensions)
    return f"SELECT * FROM ({rows}) w WHERE {conditions}"  # noqa: S608


def _packs(groups: Sequence[Group], read: Columns) -> dict[Group, list[Group]]:
    """Return the columns to count together, and the groups to add up from each pack of them: the database reads its
    rows five times instead of twenty, and gives a few thousand cells.
    """
    packs: list[Group] = []
    for group in sorted(groups, key=len, reverse=True):
        wanted = read.of_group(group)
        if any(set(wanted) <= set(pack) for pack in packs):
            continue
        wider = (tuple(dict.fromkeys((*pack, *wanted))) for pack in packs)
        fits = ((place, pack) for place, pack in enumerate(wider) if read.size(pack) <= MOST)
        place, pack = next(fits, (len(packs), wanted))
        packs[place : place + 1] = [pack]
    groups_of: dict[Group, list[Group]] = {pack: [] for pack in packs}
    for group in groups:
        groups_of[next(pack for pack in packs if set(read.of_group(group)) <= set(pack))].append(group)
    return groups_of


def _of_cells(names: Sequence[str], packs: Collection[Group], measures: Mapping[str, str], is_measured: bool) -> str:
    """Return the SQL of the cells of each pack: which pack, keys, count, measures."""
    # Names and aggregates are written in this package; what comes from the reader is in the parameters.
    keys = ", ".join(names)
    columns = ", ".join([keys, "count(*)", *(measures.values() if is_measured else ["NULL"] * len(measures))])
    if len(packs) == 1:
        # Without sets, PostgreSQL counts on several cores.
        return f"SELECT 0, {columns} FROM rows GROUP BY {keys}"  # noqa: S608
    sets = ", ".join(f"({', '.join(pack)})" for pack in packs)
    return f"SELECT GROUPING({keys}), {columns} FROM rows GROUP BY GROUPING SETS ({sets})"  # noqa: S608


def _of_lines(
    rows: str,
    names: Sequence[str],
    measures: Mapping[str, str],
    measured_by: Sequence[str],
    beside: Sequence[JoinedRows],
) -> str:
    """Return the SQL of the measures of each line, and of each key of `measured_by`, with as many columns as cells."""
    keys = [LINE, *measured_by]
    columns = ", ".join([*(name if name in keys else "NULL" for name in names), "NULL", *measures.values()])
    joined = " ".join([rows, *(f"LEFT JOIN ({one.rows}) {one.name} USING ({one.key})" for one in beside)])
    if not measured_by:
        return f"SELECT -1, {columns} FROM {joined} GROUP BY {LINE}"  # noqa: S608
    sets = ", ".join([f"({LINE})", *(f"({LINE}, {name})" for name in measured_by)])
    return f"SELECT -1 - GROUPING({', '.join(keys)}), {columns} FROM {joined} GROUP BY GROUPING SETS ({sets})"  # noqa: S608


def _added_up(
    rows: Iterable[tuple],
    read: Columns,
    packs: Mapping[Group, Sequence[Group]],
    measures: Sequence[str],
    is_measured: bool,
    measured_by: Sequence[str],
) -> Cells:
    names = [LINE, *read.names]
    cells: Cells = {group: {} for groups in packs.values() for group in groups}
    readers = {group: [read.reader(name) for name in group] for group in cells}
    groups_of = {_mask(names, pack): groups for pack, groups in packs.items()}
    # Those of measures, apart: under zero.
    measured_groups: list[Group] = [(LINE,), *((LINE, name) for name in measured_by)]
    groups_of |= {-1 - _mask([LINE, *measured_by], group): [group] for group in measured_groups}
    for mask, *values in rows:
        n, measured = values[len(names)], values[len(names) + 1 :]
        for group in groups_of[mask]:
            cell = cells[group].setdefault(tuple([key_in(values) for key_in in readers[group]]), {"n": 0})
            if mask >= 0:
                cell["n"] += n
            if mask < 0 or is_measured:
                cell |= zip(measures, measured, strict=True)
    return cells


def _mask(names: Sequence[str], group: Group) -> int:
    """Return the number that GROUPING gives: one bit a name, set when the name is not in the group."""
    return sum(1 << place for place, name in enumerate(reversed(names)) if name not in group)
