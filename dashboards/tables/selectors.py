"""Tables built without code: data, filters, one or two breakdowns, a measure; read by the cube of the figures."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.db.models.functions import Substr
from django.utils import timezone

from cases.extra.selectors import answer_column, fields_counted
from cases.models import ExtraField, ExtraKind, ExtraTarget
from cms.operations.standby import reading_elsewhere
from cms.users.models import User
from cms.values.settings import settings_frozen
from cms.wall import scope
from dashboards.indicators.enums import COUNTED, LINE
from dashboards.indicators.rules.definitions import DEFINITIONS
from dashboards.indicators.rules.formats import french
from dashboards.indicators.rules.results import Figure, days, hours, key_text
from dashboards.indicators.selectors.cube import Cube, cube
from dashboards.indicators.selectors.cuts import Dimension
from dashboards.indicators.selectors.lexicon import UNKNOWN, Lexicon
from dashboards.indicators.selectors.registry import INDICATORS
from dashboards.periods import Period, convention_start, years_after
from dashboards.policies import VIEW, figures_check, whole_scope_check
from dashboards.tables.enums import Measure, Span
from dashboards.tables.models import SavedTable

MOST_COLUMNS = 40
TOTAL = "Total"
NOT_FILLED = "NR"
"""What stands for « Non renseigné » among the filters kept."""


UNITS = {"days": (days, "jours"), "hours": (hours, "heures")}


@dataclass(frozen=True)
class DataSet:
    """The rows of one indicator. `person` and `delay` are columns of its queryset, when it has them."""

    code: str
    label: str
    population: Callable[[Period, Lexicon], QuerySet]
    cuts: tuple[Dimension, ...]
    person: str = ""
    delay: str = ""
    delay_label: str = ""
    delay_unit: str = "days"
    """Or `hours`: what is answered within the day would read « 0,1 jour » everywhere."""
    sollicitation: str = ""
    case: str = ""
    """Columns that lead to the request and to the situation, whose added fields may be counted here."""

    @property
    def measures(self) -> list[Measure]:
        """Those that the rows can give: a set that holds one row a person has nothing more to tell apart."""
        return [
            Measure.COUNT,
            *([Measure.PERSONS] if self.person else []),
            *([Measure.DELAY] if self.delay else []),
        ]

    def cut(self, name: str) -> Dimension:
        """Return a breakdown by its name. Raises `ValidationError` for one that these rows do not have."""
        match = next((cut for cut in self.cuts if cut.name == name), None)
        if match is None:
            raise ValidationError("Ces données n’ont pas ce détail : choisissez-en un autre.")
        return match


DATA_SETS = {
    code: DataSet(code, indicator.definition.short, indicator.population, indicator.rows.cuts)
    for code, indicator in INDICATORS.items()
    if indicator.headline
}
"""Indicators of events; those below are told in other words, or have a person and a delay besides."""
DATA_SETS["I1"] = replace(
    DATA_SETS["I1"],
    label="Sollicitations pour prendre en charge un mineur",
    person="person",
    delay="answer",
    delay_label="de la demande à la première réponse",
    delay_unit="hours",
    sollicitation="pk",
    case="case_id",
)
DATA_SETS["I2"] = replace(
    DATA_SETS["I2"],
    delay="delay",
    delay_label="de la demande à l’orientation",
    sollicitation="sollicitation_id",
    case="case_id",
)
DATA_SETS["I3"] = replace(DATA_SETS["I3"], delay="delay", delay_label="de l’orientation à l’arrivée", case="case_id")
DATA_SETS["I7"] = replace(DATA_SETS["I7"], label="Sessions de formation tenues")


def data_set(code: str) -> DataSet | None:
    """Return a set of data, with the fields that the network added and that two people let be counted."""
    base = DATA_SETS.get(code)
    if base is None:
        return None
    columns = {ExtraTarget.SOLLICITATION: base.sollicitation, ExtraTarget.CASE: base.case}
    added = {
        f"x_{field.code}": (field, column)
        for target, column in columns.items()
        if column
        for field in fields_counted(target)
    }
    if not added:
        return base

    def population(period: Period, lexicon: Lexicon) -> QuerySet:
        columns_added = {name: _added(field, column) for name, (field, column) in added.items()}
        return base.population(period, lexicon).annotate(**columns_added)

    cuts = tuple(_added_cut(name, field) for name, (field, _) in added.items())
    return replace(base, population=population, cuts=(*base.cuts, *cuts))


def _added(field: ExtraField, column: str) -> Any:
    answer = answer_column(field, column)
    return Substr(answer, 1, 7) if field.kind == ExtraKind.DATE else answer


def _added_cut(name: str, field: ExtraField) -> Dimension:
    """Return the cut of an added field. A date is cut by month, of any year: the period is that of the rows."""
    choices = None if field.kind == ExtraKind.DATE else field.labels()
    return Dimension(name, f"Champ ajouté : {field.label}", choices=choices)


@dataclass(frozen=True)
class TableQuery:
    """What a table asks for. `filters` are keys by name of breakdown, `NR` for what is not filled in."""

    data: DataSet
    rows_by: Dimension
    columns_by: Dimension | None
    measure: Measure
    period: Period
    filters: Mapping[str, str] = field(default_factory=dict)

    @property
    def unit(self) -> str:
        return DEFINITIONS[self.data.code].unit


@dataclass(frozen=True)
class TableContent:
    """A table: headers, then rows of a label and of values (`None`: nothing to work out), then the total."""

    wanted: TableQuery
    headers: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Any, ...]], ...]
    total: tuple[Any, ...]
    filters: tuple[tuple[str, str], ...]
    note: str = ""

    def shown(self) -> list[tuple[str, list[str]]]:
        """Return values in words and digits, the total last."""
        return [
            (label, [self._text(value) for value in values]) for label, values in (*self.rows, (TOTAL, self.total))
        ]

    def _text(self, value: Any) -> str:
        kind = self.wanted.data.delay_unit if self.wanted.measure == Measure.DELAY else "number"
        return french(Figure("", "", value, kind))


def wanted_read(
    *, data: str, rows_by: str, columns_by: str, measure: str, period: Period, filters: Mapping[str, str]
) -> TableQuery:
    """Return the query of a table. Raises `ValidationError`, by field, for what does not go together."""
    data_chosen = data_set(data)
    if data_chosen is None:
        raise ValidationError({"data": "Choisissez des données."})
    errors: dict[str, str] = {}
    names = {cut.name for cut in data_chosen.cuts}
    if rows_by not in names:
        errors["rows_by"] = "Ces données n’ont pas ce détail : choisissez-en un autre."
    if columns_by and columns_by not in names:
        errors["columns_by"] = "Ces données n’ont pas ce détail : choisissez-en un autre."
    if columns_by and columns_by == rows_by:
        errors["columns_by"] = "Choisissez deux détails différents."
    if measure not in data_chosen.measures:
        errors["measure"] = "Ces données ne se mesurent pas ainsi."
    if errors:
        raise ValidationError(errors)
    filter_keys = {name: key for name, key in filters.items() if name in names and key}
    across = data_chosen.cut(columns_by) if columns_by else None
    return TableQuery(data_chosen, data_chosen.cut(rows_by), across, Measure(measure), period, filter_keys)


def span_period(span: str, today: dt.date | None = None) -> Period:
    today = today or timezone.localdate()
    if span == Span.TWELVE:
        return Period(years_after(today, -1) + dt.timedelta(days=1), today)
    if span == Span.CONVENTION:
        return Period(min(convention_start(), today), today)
    return Period(dt.date(today.year, 1, 1), dt.date(today.year, 12, 31))


def table_build(user: User | AnonymousUser, wanted: TableQuery) -> TableContent:
    """Read the table over every row, in one query. Raises `PermissionDenied` without the right."""
    figures_check(user, VIEW)
    with reading_elsewhere(), scope.acting(scope.FIGURES), settings_frozen():
        whole_scope_check()
        lexicon = Lexicon.read()
        counted = _cube(wanted, lexicon)
    return _built(wanted, counted, lexicon)


def choices_of(user: User | AnonymousUser, data: DataSet, period: Period) -> dict[str, list[tuple[str, str]]]:
    """Return the keys that each breakdown has on the period, for the filters."""
    figures_check(user, VIEW)
    with scope.acting(scope.FIGURES), settings_frozen():
        lexicon = Lexicon.read()
        counted = cube(data.population(period, lexicon), [cut.name for cut in data.cuts])
    return {cut.name: _choices(cut, set(counted.by(cut.name)), period, lexicon) for cut in data.cuts}


def _choices(cut: Dimension, keys: set, period: Period, lexicon: Lexicon) -> list[tuple[str, str]]:
    filled = [key for key in cut.keys(keys - {None}, period, lexicon) if key in keys]
    choices = [(key_text(key), cut.label(key, lexicon)) for key in filled]
    return [*choices, *([(NOT_FILLED, UNKNOWN)] if None in keys else [])]


def _cube(wanted: TableQuery, lexicon: Lexicon) -> Cube:
    across = [wanted.columns_by] if wanted.columns_by else []
    names = list(dict.fromkeys([wanted.rows_by.name, *(cut.name for cut in across), *wanted.filters]))
    data = wanted.data
    measures = {
        **({"persons": f"count(DISTINCT {data.person})"} if data.person else {}),
        **({"delay": f"percentile_cont(0.5) WITHIN GROUP (ORDER BY {data.delay})"} if data.delay else {}),
    }
    return cube(
        data.population(wanted.period, lexicon),
        names,
        measures=measures,
        columns=[column for column in (data.person, data.delay) if column],
        crossed=[(wanted.rows_by.name, wanted.columns_by.name)] if wanted.columns_by else [],
        where={name: _key(data.cut(name), key) for name, key in wanted.filters.items()},
        is_measured=True,
    )


def _key(cut: Dimension, key: str) -> Any:
    if key == NOT_FILLED:
        return None
    if cut.kind != "month":
        return key
    try:
        return dt.date.fromisoformat(key)
    except ValueError as error:
        raise ValidationError("Ce mois n’existe pas.") from error


def _built(wanted: TableQuery, counted: Cube, lexicon: Lexicon) -> TableContent:
    rows_by, columns_by = wanted.rows_by, wanted.columns_by
    down = _keys(rows_by, counted, wanted.period, lexicon)
    across = _keys(columns_by, counted, wanted.period, lexicon) if columns_by else []
    hidden = max(0, len(across) - MOST_COLUMNS)
    across = across[:MOST_COLUMNS]
    headers = (*(columns_by.label(key, lexicon) for key in across), TOTAL) if columns_by else (wanted.measure.label,)

    def line(key: Any) -> tuple[Any, ...]:
        whole = _value(wanted, counted, (LINE, rows_by.name), (COUNTED, key))
        if columns_by is None:
            return (whole,)
        names = (LINE, rows_by.name, columns_by.name)
        return (*(_value(wanted, counted, names, (COUNTED, key, column)) for column in across), whole)

    foot = [_value(wanted, counted, (LINE, columns_by.name), (COUNTED, key)) for key in across] if columns_by else []
    return TableContent(
        wanted,
        tuple(headers),
        tuple((rows_by.label(key, lexicon), line(key)) for key in down),
        (*foot, _value(wanted, counted, (LINE,), (COUNTED,))),
        tuple(
            (wanted.data.cut(name).title, wanted.data.cut(name).label(_key(wanted.data.cut(name), key), lexicon))
            for name, key in wanted.filters.items()
        ),
        _note(wanted, hidden),
    )


def _keys(cut: Dimension, counted: Cube, period: Period, lexicon: Lexicon) -> list:
    keys = set(counted.by(cut.name))
    return [*cut.keys(keys - {None}, period, lexicon), *([None] if None in keys else [])]


def _value(wanted: TableQuery, counted: Cube, names: tuple[str, ...], key: tuple) -> Any:
    measures = counted.cells[names].get(key, {})
    if wanted.measure == Measure.DELAY:
        return UNITS[wanted.data.delay_unit][0](measures.get("delay"))
    return measures.get("n" if wanted.measure == Measure.COUNT else "persons", 0)


def _note(wanted: TableQuery, hidden: int) -> str:
    notes = []
    if wanted.measure == Measure.PERSONS:
        notes.append("Une même personne peut être dans plusieurs cases : le total n’est pas leur somme.")
    if wanted.measure == Measure.DELAY:
        notes.append(
            f"Délai médian, en {UNITS[wanted.data.delay_unit][1]}, {wanted.data.delay_label} ; "
            "le total est la médiane de toutes les lignes."
        )
    if hidden:
        notes.append(f"{hidden} colonnes de plus ne sont pas montrées : ajoutez un filtre.")
    return " ".join(notes)


def table_wanted(table: SavedTable, period: Period | None = None) -> TableQuery:
    """Return the query of a saved table, today. Raises `ValidationError` when a breakdown is no longer there."""
    return wanted_read(
        data=table.data,
        rows_by=table.rows_by,
        columns_by=table.columns_by,
        measure=table.measure,
        period=period or span_period(table.span),
        filters=table.filters,
    )


def tables_seen() -> Sequence[SavedTable]:
    """List one's own tables, and those that are shared: the wall shows no other."""
    return list(SavedTable.objects.filter(removed_at=None).select_related("author"))
