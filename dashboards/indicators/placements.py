"""Indicator 3: victims who arrived in a structure of the network."""

import datetime as dt

from django.db.models import (
    BooleanField,
    Case as Choose,
    Count,
    DateField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    FilteredRelation,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest, Least

from cases.enums import MAJORITY, NO_LEGAL_FRAME
from cases.models import Absence, Placement
from cms.partners.models import Convention
from dashboards.indicators import definitions
from dashboards.indicators.cube import COUNTED, Cube, cube
from dashboards.indicators.lexicon import Lexicon, extra, month_of, region_of, text
from dashboards.indicators.results import (
    PERSON_CUTS,
    Breakdown,
    Dimension,
    Figure,
    Result,
    Row,
    breakdowns,
    days,
    share,
)
from dashboards.periods import Period

YOUNG, OUTSIDE = "young", "outside"
FRAME = Dimension("by_frame", "Par cadre juridique")
TYPE = Dimension("by_type", "Par type de structure")
CUTS = (*PERSON_CUTS, FRAME, TYPE)
MEASURES = {
    "median": "percentile_cont(0.5) WITHIN GROUP (ORDER BY delay)",
    "still": "count(*) FILTER (WHERE is_there_later)",
    "followed": "count(*) FILTER (WHERE is_followed)",
}
FOLLOW_UP_DAYS = 90
ZERO = dt.timedelta()


def stays() -> QuerySet[Placement]:
    """Confirmed stays of real cases."""
    return Placement.objects.real().confirmed()


def population(period: Period, lexicon: Lexicon) -> QuerySet[Placement]:
    """One row a person: the first arrival of the period, under a convention and as a minor when there is one."""
    return (
        stays()
        .arrived_between(period.first, period.last)
        .annotate(
            main=FilteredRelation("case__forms", condition=Q(case__forms__is_main=True)),
            rank=_choose(0, 1, 2, IntegerField()),
            line=_choose(text(COUNTED), text(YOUNG), text(OUTSIDE)),
            by_month=month_of("arrived_on"),
            by_territory=F("case__exploitation_place_id"),
            by_region=region_of("case__exploitation_place"),
            by_age=lexicon.bracket_of("age_at_arrival"),
            by_sex=F("case__sex_id"),
            by_form=Coalesce("main__form__parent_id", "main__form_id"),
            by_family=extra("orientation__sollicitation__requester_type__extra", "family"),
            by_level=F("case__identification_level_id"),
            by_frame=F("legal_frame_id"),
            by_type=F("partner__structure_type_id"),
            delay=ExpressionWrapper(F("arrived_at") - F("orientation__decided_at"), DurationField()),
            is_followed=_true(Q(arrived_on__lte=period.as_of - dt.timedelta(days=FOLLOW_UP_DAYS))),
        )
        .annotate(is_there_later=_true(Q(is_followed=True) & Q(_there_later())))
        .order_by("case__person_key", "rank", "arrived_at", "id")
        .distinct("case__person_key")
    )


def _choose(counted, young, outside, output_field=None) -> Choose:
    return Choose(
        When(age_at_arrival__gte=MAJORITY, then=young),
        When(convention__isnull=True, then=outside),
        default=counted,
        output_field=output_field,
    )


def _true(condition: Q) -> Choose:
    return Choose(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


def _there_later() -> Exists:
    """The same person is in a stay of the network, three months after arriving."""
    later = OuterRef("arrived_on") + dt.timedelta(days=FOLLOW_UP_DAYS)
    return Exists(
        stays()
        .in_network()
        .filter(
            Q(ended_on=None) | Q(ended_on__gt=later),
            case__person_key=OuterRef("case__person_key"),
            arrived_on__lte=later,
        )
    )


def compute(period: Period, lexicon: Lexicon) -> Result:
    found = cube(
        population(period, lexicon),
        [cut.name for cut in CUTS],
        measures=MEASURES,
        columns=("delay", "is_followed", "is_there_later"),
    )
    exits, ended = _exits(period, lexicon)
    to_settle = found.by("by_frame").get(NO_LEGAL_FRAME, 0)
    return Result(
        definitions.PLACEMENTS,
        headline=(Figure("I3", definitions.PLACEMENTS.label, found.count(), line=COUNTED),),
        companions=(*_states(period), *_companions(found, period, ended)),
        breakdowns=(*breakdowns(found, CUTS, period, lexicon), exits),
        notes=(f"Cadre juridique à régulariser : {to_settle}.",) if to_settle else (),
    )


def present(period: Period) -> QuerySet[Placement]:
    """Minors in a stay of the network at the end of the last day."""
    return stays().in_network().of_minors().present_on(period.as_of)


def _states(period: Period) -> tuple[Figure, ...]:
    stock = present(period).aggregate(n=Count("case__person_key", distinct=True))["n"]
    return (
        Figure("I3.stock", "Présents au dernier jour", stock),
        Figure("I3.nights", "Nuitées", nights(period)),
    )


def nights(period: Period) -> int:
    """Nights of minors in stays of the network from the first to the last day, nights away taken off."""
    counted = stays().in_network().of_minors()
    stayed = counted.aggregate(n=_total(period, "arrived_on", "ended_on"))["n"]
    absences = Absence.objects.filter(placement__in=counted.order_by()).order_by()
    away = absences.aggregate(n=_total(period, "starts_on", "ends_on", "placement__ended_on"))["n"]
    return ((stayed or ZERO) - (away or ZERO)).days


def _total(period: Period, start: str, *ends: str) -> Sum:
    """Sum of the nights from `start` to the earliest of `ends`, inside the period; an open end is the last day."""
    limit = Value(period.as_of + dt.timedelta(days=1), DateField())
    length = ExpressionWrapper(
        Least(limit, *(Coalesce(F(end), limit) for end in ends))
        - Greatest(F(start), Value(period.first, DateField())),
        DurationField(),
    )
    return Sum(Greatest(length, Value(ZERO, DurationField())))


def _companions(found: Cube, period: Period, ended: dict) -> tuple[Figure, ...]:
    counted = found.measures()
    return (
        Figure("I3.outside", "Accueillies hors convention (à part)", found.count(OUTSIDE), line=OUTSIDE),
        Figure("I3.adhesion", "Entrées par adhésion de la structure (à part)", adhesions(period)),
        Figure("I3.young", "Jeunes majeurs accueillis (à part)", found.count(YOUNG), line=YOUNG),
        Figure("I3.median", "Délai de l’orientation à l’arrivée, médiane", days(counted.get("median")), "days"),
        Figure("I3.length", "Durée des séjours terminés, médiane", days(ended["length"]), "days"),
        Figure(
            "I3.later",
            f"Encore accueillies {FOLLOW_UP_DAYS} jours après l’arrivée",
            share(counted.get("still"), counted.get("followed")),
            "percent",
        ),
    )


def adhesions(period: Period) -> int:
    """Persons whose stay, begun outside any convention, went on when their structure signed in the period."""
    signed = Convention.objects.filter(
        Q(starts_on__gt=OuterRef("arrived_on")),
        signed_on__isnull=False,
        starts_on__range=(period.first, period.as_of),
        partner_id=OuterRef("partner_id"),
    )
    went_on = Q(ended_on=None) | Exists(signed.filter(starts_on__lt=OuterRef("ended_on")))
    outside = stays().of_minors().filter(Exists(signed), went_on, convention=None)
    return outside.aggregate(n=Count("case__person_key", distinct=True))["n"]


def _exits(period: Period, lexicon: Lexicon) -> tuple[Breakdown, dict]:
    """Stays of the network that ended in the period, by reason, and their median length."""
    ended = (
        stays()
        .in_network()
        .of_minors()
        .filter(ended_on__range=(period.first, period.as_of))
        .annotate(
            line=text(COUNTED),
            by_reason=F("end_reason_id"),
            length=ExpressionWrapper(F("ended_on") - F("arrived_on"), DurationField()),
        )
    )
    found = cube(
        ended,
        ["by_reason"],
        columns=("length",),
        measures={"length": "percentile_cont(0.5) WITHIN GROUP (ORDER BY length)"},
    )
    rows = [Row(key, lexicon.labels[key], n) for key, n in found.by("by_reason").items()]
    rows.sort(key=lambda row: -row.n)
    return Breakdown("exits", "Fins de séjour, par motif", tuple(rows), line=""), {
        "length": found.measures().get("length")
    }
