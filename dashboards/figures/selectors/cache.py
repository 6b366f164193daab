"""Results cached until a table that they were read from changes.

Each statement that changes one of these tables leaves a mark, in its own transaction (trigger `figures_mark`). A mark
is in sight exactly when the change is, and marks are never taken away without their weight. So two readings with the
same weights saw the same rows, whoever wrote meanwhile, and a result kept under them is the one that would be counted.
`tests/dashboards/figures/test_kept.py` holds the tables to what the statements name, and compares what is kept with
what is counted, cell by cell; `manage.py verify figures` does it on the network itself.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Sum
from django.utils import timezone

from cms.values.settings import settings_frozen
from dashboards.figures.models import FigureMark, KeptResult
from dashboards.indicators.rules.plain import grid_of, plain, result_of
from dashboards.indicators.rules.results import Grid, Result
from dashboards.indicators.selectors.cube import memory_take
from dashboards.indicators.selectors.funnel import funnel
from dashboards.indicators.selectors.lexicon import Lexicon
from dashboards.indicators.selectors.registry import INDICATORS
from dashboards.periods import Period

WORDS = frozenset({"territory_region", "territory_territory", "values_settingversion", "values_value"})
NETWORK = frozenset(
    {
        "documents_acknowledgement",
        "documents_document",
        "documents_documentversion",
        "partners_convention",
        "partners_partner",
        "partners_structureprofile",
        "partners_suspension",
    }
)
"""What says whether a structure is counted."""
TRAINED = frozenset({"formation_enrolment", "formation_professional", "formation_session", "formation_sessiontrainer"})
SOURCES: dict[str, frozenset[str]] = {
    "I1": WORDS | {"cases_case", "cases_sollicitation", "cases_sollicitationform"},
    "I2": WORDS
    | {
        "cases_case",
        "cases_caseform",
        "cases_orientation",
        "cases_proposal",
        "cases_sollicitation",
        "cases_unmetneed",
        "partners_partner",
    },
    "I3": WORDS
    | {
        "cases_absence",
        "cases_afterstay",
        "cases_case",
        "cases_caseform",
        "cases_orientation",
        "cases_placement",
        "cases_sollicitation",
        "partners_convention",
        "partners_partner",
        "territory_territory_neighbours",
    },
    "I4": WORDS
    | NETWORK
    | {
        "partners_conventionstep",
        "partners_place",
        "partners_structureprofile_forms",
        "territory_aseauthority",
        "territory_aseauthorityname",
        "territory_asecoverage",
    },
    "I5": WORDS
    | NETWORK
    | {
        "cases_case",
        "cases_orientation",
        "cases_sollicitation",
        "partners_membership",
        "territory_aseauthority",
        "territory_asecoverage",
    },
    "I6": WORDS
    | NETWORK
    | TRAINED
    | {
        "formation_answersheet",
        "formation_satisfaction",
        "formation_supportact",
        "partners_membership",
    },
    "I7": WORDS
    | NETWORK
    | TRAINED
    | {
        "cases_case",
        "cases_incident",
        "cases_incidenttask",
        "cases_placement",
        "formation_halfday",
        "formation_yearplan",
        "formation_yearplanline",
    },
    "I8": WORDS | NETWORK | {"cases_authoritynotice", "cases_incident", "cases_incidentpair", "cases_placement"},
}
"""Tables that each indicator reads. Those of `WORDS` give labels, and the rules that people set."""
FUNNEL = "F"
SOURCES[FUNNEL] = SOURCES["I1"] | SOURCES["I2"] | SOURCES["I3"]
PACKAGES = ("cases", "cms", "dashboards", "formation", "referentiel")


def counted(period: Period, lexicon: Lexicon) -> tuple[dict[str, Result], Grid]:
    """Count the eight results and the funnel from the rows."""
    results = {code: indicator.compute(period, lexicon) for code, indicator in INDICATORS.items()}
    return results, funnel(period, results, lexicon)


def results_stored_or_counted(
    period: Period, lexicon: Lexicon, states: Mapping[str, str]
) -> tuple[dict[str, Result], Grid]:
    """Return the same: what nothing changed is read from the cache, the rest is counted, then kept.

    The state is read before the words and the rows (`states_now`): a change that comes in between makes what is kept
    newer than its state, which no later reading has.
    """
    stored = _stored(period, states)
    # Kept or counted just now, a result is read from the same plain data: both are shown alike.
    new = {
        code: _as_stored(indicator.compute(period, lexicon))
        for code, indicator in INDICATORS.items()
        if code not in stored
    }
    results = {code: result_of((stored | new)[code]) for code in INDICATORS}
    if FUNNEL not in stored:
        new[FUNNEL] = _as_stored(funnel(period, results, lexicon))
    if new:
        _store(period, states, new)
    return results, grid_of((stored | new)[FUNNEL])


def results_compare() -> Iterator[tuple[Period, str, bool]]:
    """Compare every stored result that would be shown with the rows; yield period, code and whether they agree."""
    states = states_now()
    days = KeptResult.objects.filter(day=timezone.localdate()).order_by("first", "last").values_list("first", "last")
    for period in [Period(*pair) for pair in days.distinct()]:
        if content := _stored(period, states):
            with settings_frozen():
                memory_take()
                results, steps = counted(period, Lexicon.read())
            fresh: dict[str, Result | Grid] = {FUNNEL: steps, **results}
            yield from ((period, code, _as_stored(fresh[code]) == content[code]) for code in content)


def _stored(period: Period, states: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    rows = KeptResult.objects.filter(first=period.first, last=period.last, day=timezone.localdate())
    results = rows.values_list("code", "state", "content")
    return {code: content for code, state, content in results if states.get(code) == state}


def _as_stored(result: Result | Grid) -> dict[str, Any]:
    """Return plain data as the database gives it back."""
    return json.loads(json.dumps(plain(result)))


def states_now() -> dict[str, str]:
    """Return the state of the tables and of the code that each indicator depends on, as a hash."""
    weights = dict(FigureMark.objects.order_by().values_list("source").annotate(weight=Sum("weight")))
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
