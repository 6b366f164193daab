"""Indicator 5: départements covered, over 101, and overseas territories."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Case as Choose, Count, Exists, Expression, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.expressions import RawSQL

from cases.models import Orientation, Sollicitation
from cms.partners.enums import PartnerKind
from cms.partners.models import Convention, Membership, Partner
from cms.territory.enums import Zone
from cms.territory.models import AseCoverage, Territory
from dashboards.indicators.enums import COUNTED
from dashboards.indicators.rules import definitions
from dashboards.indicators.rules.results import Breakdown, Figure, Grid, Result, Row
from dashboards.indicators.selectors import standing
from dashboards.indicators.selectors.cuts import Dimension
from dashboards.indicators.selectors.lexicon import Lexicon, text
from dashboards.indicators.selectors.partners import Day, authorities, state_by_month, structures
from dashboards.periods import Period

DEPARTEMENTS, OVERSEAS = 101, 5
COUNTED_ZONES = (Zone.METRO, Zone.DROM)
CONVENTION, IMPLANTATION, DETECTION, ACTIVITY = "C1", "C2", "C3", "C4"
OTHER = "other"
DAY = '"d"."day"'
"""Name of the current day in a statement about many days."""
REGION = Dimension("by_region", "Départements couverts, par région", "region")
LABELS = {
    CONVENTION: "Autorité ASE sous convention (C1)",
    IMPLANTATION: "Au moins une structure du réseau (C2)",
    DETECTION: "Au moins un service demandeur actif (C3)",
    ACTIVITY: "Au moins un mineur d’origine orienté (C4)",
}


@dataclass(frozen=True)
class TerritoryCoverage:
    """How a territory is covered on a day. `is_partial`: one of the two authorities that share it has signed."""

    territory: str
    measures: frozenset[str]
    is_partial: bool

    @property
    def is_covered(self) -> bool:
        return bool(self.measures & {CONVENTION, IMPLANTATION})


def facts(day: dt.date, first: dt.date) -> QuerySet:
    """Return the rows (measure, territory, number of authorities that share it) that cover territories on a day."""
    oriented = Orientation.objects.real().sent().of_victims().of_minors().decided_between(first, day)
    origins = Territory.objects.filter(Exists(oriented.filter(case__origin_id=OuterRef("pk"))))
    return _signed(day).union(
        _facts(structures(day).filter(line=COUNTED), IMPLANTATION, "territory_id").distinct(),
        _facts(_requesters(day, first), DETECTION, "territory_id").distinct(),
        _facts(origins, ACTIVITY, "pk"),
        all=True,
    )


def _signed(day: Day) -> QuerySet:
    """Return the rows of the first measure: departments of authorities under convention, overseas collectivities."""
    under_convention = authorities(day).filter(line=COUNTED).values("ase_authority_id")
    shared = AseCoverage.objects.filter(territory_id=OuterRef("territory_id")).order_by().values("territory_id")
    coverages = AseCoverage.objects.filter(authority_id__in=under_convention)
    return _facts(coverages, CONVENTION, "territory_id", Subquery(shared.annotate(n=Count("pk")).values("n"))).union(
        _facts(_collectivities(day), CONVENTION, "territory_id"), all=True
    )


def _facts(rows: QuerySet, measure: str, territory: str, shared: Expression | Subquery | None = None) -> QuerySet:
    annotated = rows.order_by().annotate(measure=text(measure), place=F(territory), shared=shared or Value(1))
    return annotated.values("measure", "place", "shared")


def _collectivities(day: Day) -> QuerySet[Partner]:
    """Return the overseas collectivities under convention, for which none of the 100 ASE authorities stands."""
    signed = Convention.objects.in_force_on(day).filter(partner_id=OuterRef("pk"))
    return Partner.objects.filter(Exists(signed), territory__zone=Zone.COM, is_test=False).exclude(
        kind=PartnerKind.STRUCTURE
    )


def _requesters(day: dt.date, first: dt.date) -> QuerySet[Partner]:
    """Return the services of the book that are active: with an open account on the day, or a request since `first`.

    A request that indicator 1 counts is enough, also when the service was entered in the book after the period.
    """
    accounts = Membership.objects.on(day).filter(partner_id=OuterRef("pk"))
    requests = Sollicitation.objects.real().received_between(first, day).filter(requester_id=OuterRef("pk"))
    return Partner.objects.filter(
        Q(Exists(accounts), opened_on__lte=day) | Q(Exists(requests)),
        Q(closed_on=None) | Q(closed_on__gte=day),
        kind__in=(PartnerKind.REQUESTER, PartnerKind.ASE),
        territory__isnull=False,
        is_test=False,
    )


def coverage(day: dt.date, first: dt.date) -> list[TerritoryCoverage]:
    """Return how every territory that has a link with the network is covered on a day, in one query."""
    rows, params = facts(day, first).query.sql_with_params()
    statement = (
        "SELECT s.place, array_agg(DISTINCT s.measure), "  # noqa: S608 (names are written here)
        f"count(*) FILTER (WHERE s.measure = '{CONVENTION}') < max(s.shared) "
        f"AND bool_or(s.measure = '{CONVENTION}') FROM ({rows}) s GROUP BY s.place"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return [
            TerritoryCoverage(place, frozenset(measures), is_partial)
            for place, measures, is_partial in cursor.fetchall()
        ]


@dataclass(frozen=True)
class CoverageReasons:
    """What covers one territory on a day: the partners behind each measure, and the number of minors behind C4."""

    signed: list[Partner]
    structures: list[Partner]
    requesters: list[Partner]
    oriented: int


def why_covered(place: str, day: dt.date, first: dt.date) -> CoverageReasons:
    """Return the rows behind an area of the map: those that `facts` counts there."""
    in_charge = AseCoverage.objects.filter(territory_id=place).values("authority_id")
    signed = authorities(day).filter(line=COUNTED, ase_authority_id__in=in_charge)
    oriented = Orientation.objects.real().sent().of_victims().of_minors().decided_between(first, day)
    return CoverageReasons(
        [*signed.order_by("code_name"), *_collectivities(day).filter(territory_id=place).order_by("code_name")],
        list(structures(day).filter(line=COUNTED, territory_id=place).order_by("code_name")),
        list(_requesters(day, first).filter(territory_id=place).order_by("code_name")),
        oriented.filter(case__origin_id=place).aggregate(n=Count("case__person_key", distinct=True))["n"],
    )


def covered_statement(days: Sequence[dt.date]) -> tuple[str, list]:
    """Return the SQL of the rows (day, territory, structures counted there) that cover territories, and parameters."""
    hosts, host_params = standing.statement(days)
    rows, params = _signed(RawSQL(DAY, [])).query.sql_with_params()  # noqa: S611 (a name written here)
    statement = (
        f"{hosts} UNION ALL SELECT DISTINCT {DAY}, s.place, 0 "  # noqa: S608 (names are written here)
        f'FROM unnest(%s::date[]) AS "d"("day") CROSS JOIN LATERAL ({rows}) s'
    )
    return statement, [*host_params, list(days), *params]


def covered_by_day(days: Sequence[dt.date]) -> dict[dt.date, Counter[str]]:
    """Return the territories covered on each of the days, with how many structures count there, in one query."""
    by_day: dict[dt.date, Counter[str]] = {day: Counter() for day in days}
    with connection.cursor() as cursor:
        cursor.execute(*covered_statement(days))
        for day, place, n in cursor.fetchall():
            by_day[day][place] += n
    return by_day


def population(period: Period, lexicon: Lexicon) -> QuerySet[Territory]:
    """Return the territories on the last day: `counted` when covered and among the 101."""
    covered = [row.territory for row in coverage(period.as_of, period.first) if row.is_covered]
    return Territory.objects.departements().annotate(
        line=Choose(When(pk__in=covered, then=text(COUNTED)), default=text(OTHER)), by_region=F("region_id")
    )


def compute(period: Period, lexicon: Lexicon) -> Result:
    last = {row.territory: row for row in coverage(period.as_of, period.first)}
    departements = {place.code for zone in COUNTED_ZONES for place in lexicon.places(zone)}
    overseas = {place.code for place in lexicon.places(Zone.DROM)}
    covered = {code for code, row in last.items() if row.is_covered}
    monthly = {day: len(places.keys() & departements) for day, places in covered_by_day(period.state_days).items()}
    return Result(
        definitions.COVERAGE,
        headline=(
            Figure(
                "I5", "Départements couverts", len(covered & departements), note=f"sur {DEPARTEMENTS}", line=COUNTED
            ),
            Figure("I5.overseas", "Dont outre-mer", len(covered & overseas), note=f"sur {OVERSEAS}"),
        ),
        companions=_companions(last, departements),
        breakdowns=(
            state_by_month("Départements couverts, au dernier jour du mois", monthly, period),
            _regions(covered & departements, lexicon),
        ),
        grids=(
            _table(last, lexicon),
            _overseas(last, lexicon),
            _measures(last, lexicon),
            _conventions(last, lexicon),
        ),
        notes=tuple(_notes(last, lexicon)),
    )


def _companions(last: dict[str, TerritoryCoverage], departements: set[str]) -> tuple[Figure, ...]:
    return tuple(
        Figure(
            f"I5.{measure}",
            label,
            sum(measure in row.measures for code, row in last.items() if code in departements),
            note=f"sur {DEPARTEMENTS}",
        )
        for measure, label in LABELS.items()
    )


def _regions(covered: set[str], lexicon: Lexicon) -> Breakdown:
    counts = Counter(lexicon.territories[code].region_id for code in covered)
    rows = tuple(Row(code, name, counts[code]) for code, name in lexicon.regions.items() if code in counts)
    return Breakdown(REGION.name, REGION.title, rows)


def state_of(row: TerritoryCoverage | None) -> str:
    """Return `covered`, `partial` or `none`, for the coordination: outside, see `_conventions`."""
    if row is None or not row.is_covered:
        return "none"
    return "partial" if row.is_partial else "covered"


STATE_LABELS = {"covered": "Couvert", "partial": "Couvert en partie", "none": "Non couvert"}


def _table(last: dict[str, TerritoryCoverage], lexicon: Lexicon) -> Grid:
    places = [*lexicon.places(Zone.METRO), *lexicon.places(Zone.DROM)]
    rows = tuple((place.name, place.code, STATE_LABELS[state_of(last.get(place.code))]) for place in places)
    return Grid("coverage", "Couverture des 101 départements", ("Département", "Code", "Couverture"), rows)


def _conventions(last: dict[str, TerritoryCoverage], lexicon: Lexicon) -> Grid:
    """Return each territory by the convention of its authority alone: what leaves the coordination says no more of a
    département, since a structure without a convention around it would be found there.
    """
    rows = []
    for zone in (*COUNTED_ZONES, Zone.COM):
        for place in lexicon.places(zone):
            row = last.get(place.code)
            has_signed = row is not None and CONVENTION in row.measures
            rows.append((place.name, place.code, STATE_LABELS[state_of(row) if has_signed else "none"]))
    return Grid(
        "conventions",
        "Territoires dont l’autorité est sous convention",
        ("Territoire", "Code", "Couverture"),
        tuple(rows),
    )


def _measures(last: dict[str, TerritoryCoverage], lexicon: Lexicon) -> Grid:
    """Return the four measures by région. Overseas, where a région is one département, they are given together."""
    inland, beyond = lexicon.places(Zone.METRO), lexicon.places(Zone.DROM)
    groups: dict[str, list[str]] = {}
    for place in inland:
        groups.setdefault(lexicon.regions[str(place.region_id)], []).append(place.code)
    groups = {**dict(sorted(groups.items())), "Outre-mer": [place.code for place in beyond]}
    groups["Total"] = [place.code for place in (*inland, *beyond)]
    rows = []
    for name, codes in groups.items():
        present = [last[code] for code in codes if code in last]
        covered = [row for row in present if row.is_covered]
        by_measure = (sum(measure in row.measures for row in present) for measure in LABELS)
        rows.append((name, len(codes), len(covered), sum(row.is_partial for row in covered), *by_measure))
    headers = ("Région", "Départements", "Couverts", "Dont en partie", *LABELS.values())
    return Grid("region_measures", "Les quatre mesures, par région", headers, tuple(rows))


def _overseas(last: dict[str, TerritoryCoverage], lexicon: Lexicon) -> Grid:
    rows = tuple(
        (place.name, place.code, STATE_LABELS[state_of(last.get(place.code))])
        for zone in (Zone.DROM, Zone.COM)
        for place in lexicon.places(zone)
    )
    return Grid(
        "overseas",
        "Outre-mer",
        ("Territoire", "Code", "Couverture"),
        rows,
        note="Les collectivités (975, 977, 978, 986, 987, 988) sont nommées à part, hors des 101 départements.",
    )


def _notes(last: dict[str, TerritoryCoverage], lexicon: Lexicon) -> Iterable[str]:
    for code, row in sorted(last.items()):
        if row.is_partial:
            yield f"{lexicon.territories[code]} est couvert en partie : une seule de ses deux autorités a signé."
    named = [place.name for place in lexicon.places(Zone.COM) if place.code in last and last[place.code].is_covered]
    if named:
        yield f"Collectivités d’outre-mer couvertes, hors des 101 : {', '.join(named)}."
