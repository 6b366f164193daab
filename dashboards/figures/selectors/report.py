"""The report of a period, and the rows behind each of its figures."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone

from cms.operations.standby import reading_elsewhere
from cms.users.models import User
from cms.values.settings import settings_frozen
from cms.wall import scope
from dashboards.figures.selectors.cache import Reading, counted, reading, results_stored_or_counted
from dashboards.indicators.enums import COUNTED
from dashboards.indicators.rules.definitions import DEFINITIONS
from dashboards.indicators.rules.results import Breakdown, Grid, Result
from dashboards.indicators.selectors.cohort import CUTS as COHORT_CUTS, Cohort, cohort
from dashboards.indicators.selectors.coverage import CoverageReasons, why_covered
from dashboards.indicators.selectors.cube import memory_take
from dashboards.indicators.selectors.cuts import Dimension
from dashboards.indicators.selectors.lexicon import Lexicon
from dashboards.indicators.selectors.registry import INDICATORS, IndicatorEntry, Listing
from dashboards.periods import Period
from dashboards.policies import VIEW, figures_check, whole_scope_check

ROWS_SHOWN = 500


@dataclass(frozen=True)
class Quality:
    """How much of a breakdown is not filled in."""

    code: str
    indicator: str
    breakdown: Breakdown


@dataclass(frozen=True)
class Report:
    period: Period
    results: dict[str, Result]
    funnel: Grid
    quality: tuple[Quality, ...]
    computed_at: dt.datetime
    lexicon: Lexicon | None = field(default=None, compare=False, repr=False)
    """The words that it was counted with, if anything was."""

    @property
    def indicators(self) -> list[Result]:
        return list(self.results.values())


@dataclass(frozen=True)
class RowLine:
    """One row behind a figure: what is shown, and the key of what may be opened."""

    key: Any
    cells: tuple[str, ...]


@dataclass(frozen=True)
class RowsQuery:
    """Which rows of a figure: those of a line, of one cell (`cut` and its `key`; an empty key: not filled in), of
    several cells at once (`cuts`, keys by name of cut), of a trace code (`keys`, primary keys).
    """

    code: str
    period: Period
    line: str = COUNTED
    cut: str = ""
    key: str = ""
    cuts: Mapping[str, str] = field(default_factory=dict)
    keys: Collection[str] | None = None


@dataclass(frozen=True)
class Rows:
    """Rows of one figure or of one cell of a breakdown. `total` is the figure; the list stops at a limit."""

    indicator: IndicatorEntry
    listing: Listing
    headers: tuple[str, ...]
    rows: tuple[RowLine, ...]
    total: int
    cut: str = ""
    """The cell that is opened, in words."""

    @property
    def unit(self) -> str:
        return self.listing.unit or self.indicator.definition.unit


def figures_for(user: User | AnonymousUser, period: Period, *, right: str = VIEW, is_fresh: bool = False) -> Report:
    """Return the eight indicators over every row, for whoever holds the right. Raises `PermissionDenied` otherwise.

    An indicator whose tables did not change since it was last worked out is not worked out again, unless `is_fresh`:
    what is closed or taken out is always read from the rows.
    """
    figures_check(user, right)
    if not is_fresh:
        # What is kept of a count must be as true as the marks of the primary.
        with scope.acting(scope.FIGURES):
            return report(period, is_fresh=False)
    with reading_elsewhere(), scope.acting(scope.FIGURES):
        return report(period)


def report(period: Period, *, is_fresh: bool = True) -> Report:
    """Work out the eight indicators. Raises `PartialScopeError` when some rows are out of sight."""
    whole_scope_check()
    with settings_frozen():
        memory_take()
        return report_read(period, None if is_fresh else reading(period))


def report_read(period: Period, seen: Reading | None) -> Report:
    """Work out the eight indicators from what was kept and is still true, from the rows where nothing is."""
    whole_scope_check()
    lexicon = Lexicon.read() if seen is None or seen.is_short else None
    results, steps = (
        results_stored_or_counted(period, seen, lexicon) if seen else counted(period, lexicon or Lexicon.read())
    )
    return Report(period, results, steps, _quality(results), timezone.now(), lexicon)


def cohort_for(user: User | AnonymousUser, period: Period) -> Cohort:
    """Follow the minors first asked for in the period until today. Raises `PermissionDenied` without the right."""
    figures_check(user)
    with reading_elsewhere(), scope.acting(scope.FIGURES), settings_frozen():
        memory_take()
        return cohort(period, Lexicon.read(), COHORT_CUTS)


def coverage_for(user: User | AnonymousUser, place: str, period: Period) -> CoverageReasons:
    """Return what covers a territory on the last day of the period. Raises `PermissionDenied` without the right."""
    figures_check(user)
    with scope.acting(scope.FIGURES), settings_frozen():
        return why_covered(place, period.as_of, period.first)


def _quality(results: dict[str, Result]) -> tuple[Quality, ...]:
    return tuple(
        Quality(code, DEFINITIONS[code].short, breakdown)
        for code, result in results.items()
        for breakdown in result.breakdowns
        if breakdown.line == COUNTED and breakdown.total and breakdown.code != "by_month"
    )


def rows_for(user: User | AnonymousUser, query: RowsQuery, *, limit: int = ROWS_SHOWN, offset: int = 0) -> Rows:
    """Return the rows behind a figure, or behind one cell of one of its breakdowns.

    Raises `PermissionDenied` without the right, `ValidationError` for a cut that these rows do not have.
    """
    figures_check(user)
    indicator = INDICATORS[query.code]
    listing = indicator.listing(query.line)
    dimension = _dimension(listing, query.cut)
    cuts = {**query.cuts, **({query.cut: query.key} if dimension else {})}
    with reading_elsewhere(), scope.acting(scope.FIGURES):
        whole_scope_check()
        lexicon = Lexicon.read()
        rows = rows_queryset(listing, query.period, lexicon, line=query.line, cuts=cuts, keys=query.keys)
        total = rows.count()
        listed = tuple(_listed(listing, row, lexicon) for row in rows_values(listing, rows)[offset : offset + limit])
        words = f"{cut_words(dimension.title)} : {_key_words(dimension, query.key, lexicon)}" if dimension else ""
    return Rows(indicator, listing, _headers(listing), listed, total, words)


def _dimension(listing: Listing, cut: str) -> Dimension | None:
    match = next((dimension for dimension in listing.cuts if dimension.name == cut), None)
    if cut and match is None:
        raise ValidationError({"par": "Cet indicateur n’a pas ce détail."})
    return match


def rows_queryset(
    listing: Listing,
    period: Period,
    lexicon: Lexicon,
    *,
    line: str,
    cuts: Mapping[str, str],
    keys: Collection[str] | None = None,
) -> QuerySet:
    """Return the queryset of the figure, cut: persons are chosen first, then filtered. An empty key: not filled in."""
    dimensions = {name: dimension for name in cuts if (dimension := _dimension(listing, name))}
    chosen = listing.population(period, lexicon)
    if chosen.query.distinct_fields:
        # DISTINCT ON must choose among all the rows of a person: a condition beside it would change the choice.
        wanted = {
            row["pk"]
            for row in chosen.values("pk", "line", *dimensions)
            if row["line"] == line and all(_matches(row[name], cuts[name]) for name in dimensions)
        }
        return chosen.filter(pk__in=wanted if keys is None else {pk for pk in wanted if str(pk) in set(keys)})
    if not listing.is_one_line:
        chosen = chosen.filter(line=line)
    if keys is not None:
        chosen = chosen.filter(pk__in=keys)
    for name, dimension in dimensions.items():
        key = cuts[name]
        chosen = chosen.filter(**({name: _value(dimension, key)} if key else {f"{name}__isnull": True}))
    return chosen


def counted_ids(user: User | AnonymousUser, period: Period) -> dict[str, list[str]]:
    """Return the keys of the rows behind each headline, from which the trace code of an export is computed."""
    figures_check(user)
    with reading_elsewhere(), scope.acting(scope.FIGURES):
        return every_counted_id(period)


def every_counted_id(period: Period) -> dict[str, list[str]]:
    """Return the same, for whoever already sees every row. Raises `PartialScopeError` otherwise."""
    whole_scope_check()
    lexicon = Lexicon.read()
    return {
        code: [
            str(key)
            for key, line in indicator.population(period, lexicon).values_list("pk", "line")
            if line == COUNTED
        ]
        for code, indicator in INDICATORS.items()
    }


def _key_words(dimension: Dimension, key: str, lexicon: Lexicon) -> str:
    try:
        return dimension.label(_value(dimension, key) if key else None, lexicon)
    except KeyError as error:
        raise ValidationError({"cle": "Cette modalité n’existe pas."}) from error


def _matches(value: Any, key: str) -> bool:
    return (value is None and not key) or (value is not None and str(value) == key)


def _value(dimension: Dimension, key: str) -> Any:
    if dimension.kind != "month":
        return key
    try:
        return dt.date.fromisoformat(key)
    except ValueError as error:
        raise ValidationError({"cle": "Ce mois n’existe pas."}) from error


def rows_values(listing: Listing, rows: QuerySet) -> QuerySet:
    """Return the columns that the list of rows shows."""
    names = [listing.key, *(cut.name for cut in listing.cuts), listing.reference.field]
    if listing.dated:
        names.append(listing.dated.field)
    return rows.values(*dict.fromkeys(names))


def _headers(listing: Listing) -> tuple[str, ...]:
    dated = (listing.dated.label,) if listing.dated else ()
    return (listing.reference.label, *dated, *(cut_words(cut.title) for cut in listing.cuts if cut.kind != "month"))


def cut_words(title: str) -> str:
    """Return the header of a column, from the title of a breakdown."""
    return title.removeprefix("Par ").split(", par ")[-1].capitalize()


def _listed(listing: Listing, row: dict, lexicon: Lexicon) -> RowLine:
    dated = (f"{row[listing.dated.field]:%d/%m/%Y}",) if listing.dated else ()
    cuts = (cut.label(row[cut.name], lexicon) for cut in listing.cuts if cut.kind != "month")
    return RowLine(row[listing.key], (str(row[listing.reference.field]), *dated, *cuts))
