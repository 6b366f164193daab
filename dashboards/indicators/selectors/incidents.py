"""Indicator 8, qualitative: measures of the circuit that reports worrying situations to the coordination."""

from dataclasses import replace

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)

from cases.enums import IncidentState
from cases.incidents.learning.selectors import measured
from cases.models import Incident
from cms.documents.models import DocumentKind
from cms.documents.versions.selectors import acknowledgements_holding
from dashboards.indicators.enums import COUNTED
from dashboards.indicators.rules import definitions
from dashboards.indicators.rules.formats import french_number
from dashboards.indicators.rules.results import Figure, Grid, Result, hours, share_figure
from dashboards.indicators.selectors.cube import Cube, cube
from dashboards.indicators.selectors.cuts import AGE, ZONE, Dimension, breakdowns, delay_cut, two_way
from dashboards.indicators.selectors.documents import document_figure
from dashboards.indicators.selectors.lexicon import IN_HOURS, Lexicon, class_of, month_of, text
from dashboards.indicators.selectors.partners import SUSPENDED, structures
from dashboards.periods import Period, french_day, years_after

MONTH = Dimension("by_month", "Par mois", "month")
TYPE = Dimension("by_type", "Par type")
SEVERITY = Dimension("by_severity", "Par gravité")
PLACE = Dimension("by_place", "Par type de structure")
REGION = Dimension("by_region", "Par région de la structure", "region")
STATE = Dimension("by_state", "Par état", "choices", choices=dict(IncidentState.choices))
PLACE_ZONE = replace(ZONE, title="Par lieu de la structure, métropole ou outre-mer")
DELAY = delay_cut("Par délai du constat à la déclaration", IN_HOURS)
CUTS = (MONTH, TYPE, SEVERITY, PLACE, REGION, PLACE_ZONE, AGE, STATE, DELAY)
CROSSED = (("by_type", "by_severity"), ("by_type", "by_place"), ("by_severity", "by_state"))


def _median(column: str) -> str:
    return f"percentile_cont(0.5) WITHIN GROUP (ORDER BY {column})"


MEASURES = {
    "declare": _median("declare"),
    "acknowledge": _median("acknowledge"),
    "tell": _median("tell"),
    "acknowledged": "count(acknowledge)",
    "told": "count(tell)",
    "in_time": "count(*) FILTER (WHERE declare <= allowed * interval '1 minute')",
    "timed": "count(allowed)",
    "closed": "count(*) FILTER (WHERE is_closed)",
    "analysed": "count(*) FILTER (WHERE is_closed AND has_analysis)",
    "repeated": "count(*) FILTER (WHERE is_repeated)",
}


def population(period: Period, lexicon: Lexicon) -> QuerySet[Incident]:
    """Return the incidents declared in the period, all of them on the line `counted`."""
    allowed = lexicon.detail_of("severity_id", "report_within_minutes", IntegerField())
    return measured(period.first, period.last, allowed=allowed).annotate(
        line=text(COUNTED),
        by_month=month_of("declared_on"),
        by_type=F("incident_type_id"),
        by_severity=F("severity_id"),
        by_place=F("partner__structure_type_id"),
        by_region=lexicon.region_of("partner__territory"),
        by_zone=lexicon.zone_of("partner__territory"),
        by_age=lexicon.bracket_of("placement__age_at_arrival"),
        by_state=F("state"),
        by_delay=class_of("declare", IN_HOURS),
        is_closed=ExpressionWrapper(Q(state=IncidentState.CLOSED), output_field=BooleanField()),
    )


def compute(period: Period, lexicon: Lexicon) -> Result:
    counts = cube(
        population(period, lexicon),
        [cut.name for cut in CUTS],
        measures=MEASURES,
        columns=("declare", "acknowledge", "tell", "allowed", "is_closed", "has_analysis", "is_repeated"),
        crossed=CROSSED,
    )
    return Result(
        definitions.INCIDENTS,
        headline=(Figure("I8", "Situations préoccupantes déclarées", counts.count(), line=COUNTED),),
        companions=(
            document_figure("I8.document", "Circuit publié", DocumentKind.INCIDENT_CIRCUIT, period.as_of),
            *_delays(counts),
            *_structures(period),
        ),
        breakdowns=breakdowns(counts, CUTS, period, lexicon),
        grids=(
            two_way("type_severity", "Type et gravité", counts, (TYPE, SEVERITY), period, lexicon),
            two_way("type_place", "Type et type de structure", counts, (TYPE, PLACE), period, lexicon),
            two_way("severity_state", "Gravité et état", counts, (SEVERITY, STATE), period, lexicon),
        ),
    )


THOUSAND = 1000


def with_nights(result: Result, stays: Result) -> Result:
    """Return indicator 8 with its numbers for a thousand nights, which are those of indicator 3: nothing is read."""
    nights, total = stays.figure("I3.nights").value, result.figure("I8").value
    rate = Figure(
        "I8.rate",
        "Pour 1 000 nuitées",
        _per_thousand(total, nights),
        note=f"sur {french_number(nights)} nuitées",
        whole=nights,
    )
    declared = {row.label: row.n for row in result.breakdown_always(PLACE.name).rows}
    slept = {str(row[0]): int(row[2]) for grid in stays.grids if grid.code == "occupancy_type" for row in grid.rows}
    kinds = sorted(
        declared.keys() | {kind for kind, n in slept.items() if n}, key=lambda kind: (-declared.get(kind, 0), kind)
    )
    pairs = ((kind, declared.get(kind, 0), slept.get(kind, 0)) for kind in kinds)
    table = Grid(
        "rate_place",
        "Pour 1 000 nuitées, par type de structure",
        ("Type de structure", "Déclarées", "Nuitées", "Pour 1 000 nuitées"),
        tuple((kind, n, nights, _per_thousand(n, nights)) for kind, n, nights in pairs),
    )
    return replace(result, companions=(*result.companions, rate), grids=(*result.grids, table))


def _per_thousand(n: int, nights: int) -> float | None:
    return round(THOUSAND * n / nights, 1) if nights else None


def _delays(counts: Cube) -> tuple[Figure, ...]:
    counted = counts.measures()
    return (
        Figure(
            "I8.declare",
            "Du constat à la déclaration, médiane",
            hours(counted.get("declare")),
            "hours",
            whole=counts.count(),
        ),
        Figure(
            "I8.acknowledge",
            "De la déclaration à la prise en compte, médiane",
            hours(counted.get("acknowledge")),
            "hours",
            whole=counted.get("acknowledged", 0),
        ),
        Figure(
            "I8.tell",
            "De la déclaration à une autorité, médiane",
            hours(counted.get("tell")),
            "hours",
            whole=counted.get("told", 0),
        ),
        share_figure(
            "I8.in_time", "Déclarées dans le délai de leur gravité", counted.get("in_time"), counted.get("timed")
        ),
        share_figure(
            "I8.analysed", "Closes avec une analyse collective", counted.get("analysed"), counted.get("closed")
        ),
        Figure(
            "I8.repeated",
            "Répétées : même type, même structure, moins de 90 jours après",
            counted.get("repeated") or 0,
            note=f"sur {counts.count()}",
        ),
    )


def _structures(period: Period) -> tuple[Figure, ...]:
    """Count structures without a declaration in twelve months, that signed the circuit, suspended, on the last day;
    and the last drill of those twelve months that somebody of the network acknowledged.
    """
    since = years_after(period.as_of, -1)
    declared = Incident.objects.real().filter(
        partner_id=OuterRef("pk"), declared_on__gt=since, declared_on__lte=period.as_of
    )
    drills = (
        Incident.objects.filter(is_drill=True, acknowledged_at__isnull=False)
        .filter(declared_on__gt=since, declared_on__lte=period.as_of)
        .order_by("-declared_on")
        .values("declared_on")
    )
    signed = acknowledgements_holding(DocumentKind.INCIDENT_CIRCUIT, period.as_of).filter(partner_id=OuterRef("pk"))
    counts = (
        structures(period.as_of)
        .annotate(has_declared=Exists(declared), has_signed=Exists(signed), drilled_on=Subquery(drills[:1]))
        .aggregate(
            counted=Count("pk", filter=Q(line=COUNTED)),
            silent=Count("pk", filter=Q(line=COUNTED, has_declared=False)),
            signed=Count("pk", filter=Q(line=COUNTED, has_signed=True)),
            suspended=Count("pk", filter=Q(line=SUSPENDED)),
            drill=Max("drilled_on"),
        )
    )
    return (
        Figure(
            "I8.silent", "Structures sans déclaration en douze mois", counts["silent"], note=f"sur {counts['counted']}"
        ),
        share_figure("I8.signed", "Structures qui ont signé le circuit", counts["signed"], counts["counted"]),
        Figure("I8.suspended", "Structures suspendues", counts["suspended"]),
        Figure(
            "I8.drill",
            "Exercice annuel du circuit",
            f"fait le {french_day(counts['drill'])}" if counts["drill"] else "aucun en douze mois",
            "text",
        ),
    )
