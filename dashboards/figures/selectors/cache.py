"""Results cached until a table that they were read from changes.

Each statement that changes one of these tables leaves a mark, in its own transaction (trigger `figures_mark`). A mark
is in sight exactly when the change is, and marks are never taken away without their weight. So two readings with the
same weights saw the same rows, whoever wrote meanwhile, and a result kept under them is the one that would be counted.
`tests/dashboards/figures/test_kept.py` holds the tables to what the statements name, and compares what is kept with
what is counted, cell by cell; `manage.py verify figures` does it on the network itself.
"""

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Expression, JSONField, Q, Value
from django.db.models.expressions import RawSQL
from django.db.models.sql import Query
from django.db.models.sql.constants import SINGLE
from django.utils import timezone

from cms.values.settings import settings_frozen
from dashboards.figures.models import KeptResult
from dashboards.figures.selectors.headlines import Headlines, headlines
from dashboards.indicators.rules.plain import grid_of, plain, result_of
from dashboards.indicators.rules.results import Grid, Result
from dashboards.indicators.selectors.cube import memory_take
from dashboards.indicators.selectors.funnel import funnel
from dashboards.indicators.selectors.incidents import with_nights
from dashboards.indicators.selectors.lexicon import Lexicon
from dashboards.indicators.selectors.registry import INDICATORS
from dashboards.periods import Period

WORDS = frozenset({"territory_region", "territory_territory", "values_settingversion", "values_value"})
SOURCES: dict[str, frozenset[str]] = {code: WORDS | indicator.reads for code, indicator in INDICATORS.items()}
"""Tables that each indicator reads, by its own word. Those of `WORDS` give labels, and the rules that people set."""
MARKS = """SELECT jsonb_object_agg(source, weight)
FROM (SELECT source, sum(weight) AS weight FROM dashboards_figuremark GROUP BY source) m"""
FUNNEL = "F"
SOURCES[FUNNEL] = SOURCES["I1"] | SOURCES["I2"] | SOURCES["I3"]
HEADLINES = "H"
"""The headlines alone, of a period that another is compared with."""
SOURCES[HEADLINES] = frozenset().union(*SOURCES.values())
PACKAGES = ("cases", "cms", "dashboards", "formation", "referentiel")


def counted(period: Period, lexicon: Lexicon) -> tuple[dict[str, Result], Grid]:
    """Count the eight results and the funnel from the rows."""
    results, steps = _each_counted(period, lexicon)
    return _completed(results), steps


def _each_counted(period: Period, lexicon: Lexicon) -> tuple[dict[str, Result], Grid]:
    results = {code: indicator.compute(period, lexicon) for code, indicator in INDICATORS.items()}
    return results, funnel(period, results, lexicon)


def _completed(results: dict[str, Result]) -> dict[str, Result]:
    """Return the results with what one tells of another: nothing of it is kept, so that each is kept by itself."""
    return {**results, "I8": with_nights(results["I8"], results["I3"])}


@dataclass(frozen=True)
class Reading:
    """What is kept and still true of a period, and of the headlines of the one before, with the state of the tables:
    all in sight of one statement. `known` is what else it read on its way, None when it read no row.
    """

    states: Mapping[str, str]
    results: Mapping[str, dict[str, Any]]
    known: Any = None

    @property
    def is_short(self) -> bool:
        """Return whether something of the report is to be counted."""
        return any(code not in self.results for code in (*INDICATORS, FUNNEL))


def reading(period: Period, before: Period | None = None, known: Expression | None = None) -> Reading:
    """Read what is kept, and its state before any row is counted: a change that comes in between makes what is kept
    newer than its state, which no later reading has.
    """
    wanted = Q(first=period.first, last=period.last) & ~Q(code=HEADLINES)
    if before:
        wanted |= Q(code=HEADLINES, first=before.first, last=before.last)
    rows = KeptResult.objects.filter(wanted, day=timezone.localdate()).annotate(
        marks=RawSQL(MARKS, [], output_field=JSONField()),  # noqa: S611 (written here)
        known=known or Value(None, output_field=JSONField()),
    )
    found = list(rows.values_list("code", "state", "content", "marks", "known"))
    if not found:
        return Reading(states_now(), {})
    states = _states(found[0][3])
    return Reading(
        states, {code: content for code, state, content, *_ in found if states.get(code) == state}, found[0][4]
    )


def known_of(known: Expression) -> Any:
    """Read the same beside nothing."""
    query: Any = Query(None)
    query.add_annotation(known, "known")
    (value,) = query.get_compiler(connection=connection).execute_sql(SINGLE)
    return json.loads(value) if isinstance(value, str) else value


def results_stored_or_counted(
    period: Period, seen: Reading, lexicon: Lexicon | None = None
) -> tuple[dict[str, Result], Grid]:
    """Return the same: what nothing changed is taken from what was read, the rest is counted, then kept."""
    stored = {code: content for code, content in seen.results.items() if code != HEADLINES}
    new = {}
    if seen.is_short:
        lexicon = lexicon or Lexicon.read()
        # Kept or counted just now, a result is read from the same plain data: both are shown alike.
        new = {
            code: _as_stored(indicator.compute(period, lexicon))
            for code, indicator in INDICATORS.items()
            if code not in stored
        }
    results = {code: result_of((stored | new)[code]) for code in INDICATORS}
    if FUNNEL not in stored and lexicon:
        new[FUNNEL] = _as_stored(funnel(period, results, lexicon))
    if new:
        _store(period, seen.states, new)
    return _completed(results), grid_of((stored | new)[FUNNEL])


def headlines_stored_or_counted(period: Period, seen: Reading, lexicon: Lexicon | None = None) -> Headlines:
    """Return the headlines of the period before the one that was read."""
    content = seen.results.get(HEADLINES)
    if content is None:
        content = _as_stored(headlines(period, lexicon or Lexicon.read()))
        _store(period, seen.states, {HEADLINES: content})
    return Headlines(**content)


def results_compare() -> Iterator[tuple[Period, str, bool]]:
    """Compare every stored result that would be shown with the rows; yield period, code and whether they agree."""
    states = states_now()
    rows = KeptResult.objects.filter(day=timezone.localdate()).order_by("first", "last", "code")
    kept: dict[Period, dict[str, Any]] = {}
    for first, last, code, state, content in rows.values_list("first", "last", "code", "state", "content"):
        if states.get(code) == state:
            kept.setdefault(Period(first, last), {})[code] = content
    for period, contents in kept.items():
        with settings_frozen():
            memory_take()
            fresh = _counted_again(period, contents.keys())
        yield from ((period, code, _as_stored(fresh[code]) == content) for code, content in contents.items())


def _counted_again(period: Period, codes: Collection[str]) -> dict[str, Result | Grid | Headlines]:
    lexicon = Lexicon.read()
    fresh: dict[str, Result | Grid | Headlines] = {}
    if set(codes) - {HEADLINES}:
        results, steps = _each_counted(period, lexicon)
        fresh = {FUNNEL: steps, **results}
    if HEADLINES in codes:
        fresh[HEADLINES] = headlines(period, lexicon)
    return fresh


def _as_stored(result: Result | Grid | Headlines) -> dict[str, Any]:
    """Return plain data as the database gives it back."""
    return json.loads(json.dumps(plain(result)))


def states_now() -> dict[str, str]:
    """Return the state of the tables and of the code that each indicator depends on, as a hash."""
    with connection.cursor() as cursor:
        cursor.execute(MARKS)
        (marks,) = cursor.fetchone()
    return _states(json.loads(marks) if isinstance(marks, str) else marks)


def _states(marks: Mapping[str, int] | None) -> dict[str, str]:
    weights = marks or {}
    return {
        code: hashlib.sha256(
            repr([_code(), *((name, weights.get(name)) for name in sorted(names))]).encode()
        ).hexdigest()
        for code, names in SOURCES.items()
    }


@cache
def _code() -> str:
    """Return a hash that changes with the code, since the code says how rows are counted."""
    files = sorted(path for package in PACKAGES for path in (settings.BASE_DIR / package).rglob("*.py"))
    seen = [(str(path), stat.st_size, stat.st_mtime_ns) for path in files for stat in [path.stat()]]
    return hashlib.sha256(repr(seen).encode()).hexdigest()


def _store(period: Period, states: Mapping[str, str], contents: Mapping[str, dict[str, Any]]) -> None:
    rows = [{"code": code, "state": states[code], "content": content} for code, content in contents.items()]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT figures_keep(k.code, %s, %s, %s, k.state, k.content) "
            "FROM jsonb_to_recordset(%s::jsonb) AS k(code text, state text, content jsonb)",
            [period.first, period.last, timezone.localdate(), json.dumps(rows)],
        )


def results_tidy() -> None:
    """Add the marks up, and forget the results of other days."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT figures_tidy(%s)", [timezone.localdate()])
