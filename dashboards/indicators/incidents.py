"""Indicator 8, qualitative: what measures the circuit that brings worrying situations up to the coordination."""

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, F, IntegerField, OuterRef, Q, QuerySet

from cases.enums import IncidentState
from cases.incidents.learning import measured
from cases.models import Incident
from cms.documents.models import DocumentKind
from cms.documents.selectors import acknowledgements_holding
from dashboards.indicators import definitions
from dashboards.indicators.cube import COUNTED, Cube, cube
from dashboards.indicators.documents import document_figure
from dashboards.indicators.lexicon import Lexicon, month_of, region_of, text
from dashboards.indicators.partners import SUSPENDED, structures
from dashboards.indicators.results import AGE, Dimension, Figure, Result, breakdowns, hours, share_figure
from dashboards.periods import Period, years_after

MONTH = Dimension("by_month", "Par mois", "month")
TYPE = Dimension("by_type", "Par type")
SEVERITY = Dimension("by_severity", "Par gravité")
PLACE = Dimension("by_place", "Par type de structure")
REGION = Dimension("by_region", "Par région de la structure", "region")
STATE = Dimension("by_state", "Par état", "choices", choices=dict(IncidentState.choices))
CUTS = (MONTH, TYPE, SEVERITY, PLACE, REGION, AGE, STATE)


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
    """Incidents declared in the period, all of them on the line `counted`."""
    allowed = lexicon.detail_of("severity_id", "report_within_minutes", IntegerField())
    return measured(period.first, period.last, allowed=allowed).annotate(
        line=text(COUNTED),
        by_month=month_of("declared_on"),
        by_type=F("incident_type_id"),
        by_severity=F("severity_id"),
        by_place=F("partner__structure_type_id"),
        by_region=region_of("partner__territory"),
        by_age=lexicon.bracket_of("placement__age_at_arrival"),
        by_state=F("state"),
        is_closed=ExpressionWrapper(Q(state=IncidentState.CLOSED), output_field=BooleanField()),
    )


def compute(period: Period, lexicon: Lexicon) -> Result:
    found = cube(
        population(period, lexicon),
        [cut.name for cut in CUTS],
        measures=MEASURES,
        columns=("declare", "acknowledge", "tell", "allowed", "is_closed", "has_analysis", "is_repeated"),
    )
    return Result(
        definitions.INCIDENTS,
        headline=(Figure("I8", "Situations préoccupantes déclarées", found.count(), line=COUNTED),),
        companions=(
            document_figure("I8.document", "Circuit publié", DocumentKind.INCIDENT_CIRCUIT, period.as_of),
            *_delays(found),
            *_structures(period),
        ),
        breakdowns=breakdowns(found, CUTS, period, lexicon),
    )


def _delays(found: Cube) -> tuple[Figure, ...]:
    counted = found.measures()
    return (
        Figure(
            "I8.declare",
            "Du constat à la déclaration, médiane",
            hours(counted.get("declare")),
            "hours",
            whole=found.count(),
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
            note=f"sur {found.count()}",
        ),
    )


def _structures(period: Period) -> tuple[Figure, ...]:
    """Structures that said nothing in twelve months, that signed the circuit, and those suspended, on the last day."""
    since = years_after(period.as_of, -1)
    declared = Incident.objects.real().filter(
        partner_id=OuterRef("pk"), declared_on__gt=since, declared_on__lte=period.as_of
    )
    signed = acknowledgements_holding(DocumentKind.INCIDENT_CIRCUIT, period.as_of).filter(partner_id=OuterRef("pk"))
    found = (
        structures(period.as_of)
        .annotate(has_declared=Exists(declared), has_signed=Exists(signed))
        .aggregate(
            counted=Count("pk", filter=Q(line=COUNTED)),
            silent=Count("pk", filter=Q(line=COUNTED, has_declared=False)),
            signed=Count("pk", filter=Q(line=COUNTED, has_signed=True)),
            suspended=Count("pk", filter=Q(line=SUSPENDED)),
        )
    )
    return (
        Figure(
            "I8.silent", "Structures sans déclaration en douze mois", found["silent"], note=f"sur {found['counted']}"
        ),
        share_figure("I8.signed", "Structures qui ont signé le circuit", found["signed"], found["counted"]),
        Figure("I8.suspended", "Structures suspendues", found["suspended"]),
    )
