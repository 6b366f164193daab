"""The report of a period, and the rows behind each of its figures."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from cms.access import scope
from cms.values.settings import settings_frozen
from dashboards.indicators.cube import COUNTED
from dashboards.indicators.definitions import DEFINITIONS
from dashboards.indicators.funnel import funnel
from dashboards.indicators.lexicon import Lexicon
from dashboards.indicators.registry import INDICATORS, Indicator
from dashboards.indicators.results import Breakdown, Dimension, Grid, Result
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

    @property
    def indicators(self) -> list[Result]:
        return list(self.results.values())


@dataclass(frozen=True)
class Listed:
    """One row behind a figure: what is shown, and the key of what may be opened."""

    key: Any
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Rows:
    """Rows of one figure or of one cell of a breakdown. `total` is the figure; the list stops at a limit."""

    indicator: Indicator
    headers: tuple[str, ...]
    rows: tuple[Listed, ...]
    total: int
    cut: str = ""
    """The cell that is opened, in words."""


def figures_for(user, period: Period, *, right: str = VIEW) -> Report:
    """The eight indicators over every row, for whoever holds the right. Raises `PermissionDenied` otherwise."""
    figures_check(user, right)
    with scope.acting(scope.FIGURES):
        return report(period)


def report(period: Period) -> Report:
    """Work out the eight indicators. Raises `PartialScopeError` when some rows are out of sight."""
    whole_scope_check()
    with settings_frozen():
        lexicon = Lexicon.read()
        results = {code: indicator.compute(period, lexicon) for code, indicator in INDICATORS.items()}
    return Report(period, results, funnel(period, results), _quality(results), timezone.now())


def _quality(results: dict[str, Result]) -> tuple[Quality, ...]:
    return tuple(
        Quality(code, DEFINITIONS[code].short, breakdown)
        for code, result in results.items()
        for breakdown in result.breakdowns
        if breakdown.line == COUNTED and breakdown.total and breakdown.code != "by_month"
    )


def rows_for(
    user, code: str, period: Period, *, line: str = COUNTED, cut: str = "", key: str = "", limit: int = ROWS_SHOWN
) -> Rows:
    """Rows behind a figure, or behind one cell of one of its breakdowns (an empty key: not filled in).

    Raises `PermissionDenied` without the right, `ValidationError` for a cut that the indicator does not have.
    """
    figures_check(user)
    indicator = INDICATORS[code]
    dimension = _dimension(indicator, cut)
    with scope.acting(scope.FIGURES):
        whole_scope_check()
        lexicon = Lexicon.read()
        rows = rows_queryset(indicator, period, lexicon, line=line, dimension=dimension, key=key)
        total = rows.count()
        listed = tuple(_listed(indicator, row, lexicon) for row in _values(indicator, rows)[:limit])
        words = f"{_short(dimension.title)} : {_key_words(dimension, key, lexicon)}" if dimension else ""
    return Rows(indicator, _headers(indicator), listed, total, words)


def _dimension(indicator: Indicator, cut: str) -> Dimension | None:
    found = next((dimension for dimension in indicator.cuts if dimension.name == cut), None)
    if cut and found is None:
        raise ValidationError({"par": "Cet indicateur n’a pas ce détail."})
    return found


def rows_queryset(
    indicator: Indicator, period: Period, lexicon: Lexicon, *, line: str, dimension: Dimension | None, key: str
):
    """The indicator's own queryset, cut: the persons are chosen first, then filtered."""
    chosen = indicator.population(period, lexicon)
    if chosen.query.distinct_fields:
        # DISTINCT ON must choose among all the rows of a person: a condition beside it would change the choice.
        kept = indicator.population(period, lexicon)
        names = ["pk", "line", *([dimension.name] if dimension else [])]
        wanted = {
            row["pk"]
            for row in kept.values(*names)
            if row["line"] == line and (dimension is None or _matches(row[dimension.name], key))
        }
        return chosen.filter(pk__in=wanted)
    chosen = chosen.filter(line=line)
    if dimension is None:
        return chosen
    return chosen.filter(**({dimension.name: _value(dimension, key)} if key else {f"{dimension.name}__isnull": True}))


def counted_ids(user, period: Period) -> dict[str, list[str]]:
    """Keys of the rows behind each headline: what the trace code of an export is drawn from."""
    figures_check(user)
    with scope.acting(scope.FIGURES):
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


def _values(indicator: Indicator, rows):
    names = [indicator.key, *(cut.name for cut in indicator.cuts), indicator.reference.field]
    if indicator.dated:
        names.append(indicator.dated.field)
    return rows.values(*dict.fromkeys(names))


def _headers(indicator: Indicator) -> tuple[str, ...]:
    dated = (indicator.dated.label,) if indicator.dated else ()
    return (indicator.reference.label, *dated, *(_short(cut.title) for cut in indicator.cuts if cut.kind != "month"))


def _short(title: str) -> str:
    return title.removeprefix("Par ").split(", par ")[-1].capitalize()


def _listed(indicator: Indicator, row: dict, lexicon: Lexicon) -> Listed:
    dated = (f"{row[indicator.dated.field]:%d/%m/%Y}",) if indicator.dated else ()
    cuts = (cut.label(row[cut.name], lexicon) for cut in indicator.cuts if cut.kind != "month")
    return Listed(row[indicator.key], (str(row[indicator.reference.field]), *dated, *cuts))
