"""Headline figures alone, and the events of each month: what a period is compared with, in one statement."""

from dataclasses import dataclass, field

from django.db import connection
from django.db.models import QuerySet

from cms.territory.enums import Zone
from dashboards.indicators.enums import COUNTED
from dashboards.indicators.rules.statements import statement_of
from dashboards.indicators.selectors import coverage, partners, professionals
from dashboards.indicators.selectors.lexicon import Lexicon
from dashboards.indicators.selectors.registry import INDICATORS
from dashboards.periods import Period
from dashboards.policies import whole_scope_check

PERSONS, TEAMS, PLACE = "persons", "teams", "place:"
COUNTED_LINES = {PERSONS: professionals.PERSONS, TEAMS: professionals.TEAMS}
DATED = {indicator.headline: code for code, indicator in INDICATORS.items() if indicator.headline}
"""Figures of events, which are also counted month by month, and their indicator. The others are states."""


@dataclass(frozen=True)
class Headlines:
    """Headlines by code of figure; events by code of indicator, then by first day of the month."""

    figures: dict[str, int]
    months: dict[str, dict[str, int]] = field(default_factory=dict)


def headlines(period: Period, lexicon: Lexicon) -> Headlines:
    """Count the headline figures alone, in one statement: those of `report`, on the same querysets."""
    whole_scope_check()
    counts, months = counts_of(
        {
            **{figure: INDICATORS[code].population(period, lexicon) for figure, code in DATED.items()},
            "I4.authorities": partners.authorities(period.as_of),
            PERSONS: professionals.supported(period, lexicon),
            TEAMS: professionals.teams(period, lexicon),
        },
        coverage.covered_statement([period.as_of]),
    )
    supported = counts.pop(PERSONS) + counts.pop(TEAMS)
    covered = {code.removeprefix(PLACE): counts.pop(code) for code in list(counts) if code.startswith(PLACE)}
    zones = {place.code: place.zone for place in lexicon.territories.values()}
    figures = {
        **counts,
        "I4.structures": sum(covered.values()),
        "I5": sum(zones[place] in coverage.COUNTED_ZONES for place in covered),
        "I5.overseas": sum(zones[place] == Zone.DROM for place in covered),
        "I6.supported": supported,
    }
    return Headlines(figures, {DATED[code]: by_month for code, by_month in months.items()})


def counts_of(
    querysets: dict[str, QuerySet], covered: tuple[str, list] | None = None
) -> tuple[dict[str, int], dict[str, dict[str, int]]]:
    """Count rows on the counted line of each queryset, month by month where they are events, and structures of each
    territory; a team counts its heads.
    """
    parts, params = [], []
    for code, rows in querysets.items():
        columns = ["line", *(["head_count"] if code == TEAMS else []), *(["by_month"] if code in DATED else [])]
        rows = rows if rows.query.distinct_fields else rows.order_by()
        statement, values = statement_of(rows, columns)
        measure = "coalesce(sum(head_count), 0)" if code == TEAMS else "count(*)"
        month, group = ("by_month::date::text", " GROUP BY 2") if code in DATED else ("NULL", "")
        # Names and measures are written in this module; what comes from the reader is in `params`.
        parts.append(f"SELECT %s AS code, {month}, {measure} FROM ({statement}) r WHERE line = %s{group}")  # noqa: S608
        params += [code, *values, COUNTED_LINES.get(code, COUNTED)]
    if covered:
        statement, values = covered
        parts.append(f"SELECT %s || place, NULL, sum(n) FROM ({statement}) c(day, place, n) GROUP BY place")  # noqa: S608
        params += [PLACE, *values]
    counts: dict[str, int] = dict.fromkeys(querysets, 0)
    months: dict[str, dict[str, int]] = {code: {} for code in querysets if code in DATED}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), params)
        for code, month, n in cursor.fetchall():
            counts[code] = counts.get(code, 0) + int(n)
            if month:
                months[code][month] = int(n)
    return counts, months
