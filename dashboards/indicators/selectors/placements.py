"""Indicator 3: victims who arrived in a structure of the network."""

import datetime as dt
from dataclasses import replace

from django.db.models import (
    Case as Choose,
    CharField,
    Count,
    DateField,
    DurationField,
    Exists,
    Expression,
    ExpressionWrapper,
    F,
    Field,
    FilteredRelation,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from cases.enums import MAJORITY, Frame, Reexploitation, StayEnd
from cases.models import Placement
from cases.stays.models import PlacementQuerySet
from cms.partners.models import Convention
from cms.territory.enums import Zone
from cms.territory.models import Territory
from dashboards.indicators.enums import COUNTED, LINE
from dashboards.indicators.rules import definitions
from dashboards.indicators.rules.results import Breakdown, Figure, Grid, Result, Row, days, share, share_figure
from dashboards.indicators.selectors.associated_forms import associated_forms
from dashboards.indicators.selectors.costs import cost_figures, cost_tables
from dashboards.indicators.selectors.cube import Cube, JoinedRows, cube
from dashboards.indicators.selectors.cuts import (
    AGE,
    BY_SEX,
    FORM,
    MONTH,
    PERSON_CUTS,
    ZONE,
    Dimension,
    breakdown,
    breakdowns,
    by_sex,
    delay_cut,
    most_first,
    two_way,
)
from dashboards.indicators.selectors.lexicon import IN_DAYS, Lexicon, class_of, month_of, text
from dashboards.indicators.selectors.nights import ONE_DAY, counted_stays, nights_counted, occupancy, occupancy_tables
from dashboards.periods import Period
from formation.models import Enrolment
from formation.people.selectors.training import EVER, makes_trained, rules_in_force

YOUNG, OUTSIDE = "young", "outside"
FRAME = Dimension("by_frame", "Par cadre juridique")
TYPE = Dimension("by_type", "Par type de structure")
DISTANCE = Dimension(
    "by_distance",
    "Par distance entre l’exploitation et l’accueil",
    "choices",
    choices={
        "same": "Même département",
        "adjacent": "Département voisin",
        "region": "Même région, sans se toucher",
        "farther": "Plus loin en métropole",
        "overseas": "Vers l’outre-mer, ou depuis l’outre-mer",
    },
)
DELAY = delay_cut("Par délai de l’orientation à l’arrivée", IN_DAYS)
WHOLE_DELAY = delay_cut("Par délai de la demande à l’arrivée", IN_DAYS, "by_whole_delay")
HOST_REGION = Dimension("by_host_region", "Par région d’accueil", "region")
HOST_ZONE = replace(ZONE, name="by_host_zone", title="Par lieu d’accueil, métropole ou outre-mer")
TOTALS = (DISTANCE, HOST_REGION, HOST_ZONE)
"""Given in totals only: beside the place of exploitation of a row, they would reveal where the structure is."""
CUTS = (*PERSON_CUTS, FRAME, TYPE, DELAY, WHOLE_DELAY)
FOLLOW_UP_DAYS = (30, 90, 180)
HALF_YEAR = dt.timedelta(days=182)
NOT_ASKED = (StayEnd.TRANSFER, StayEnd.DEATH)
"""Ends of stay after which the follow-up at six months is not asked."""
MEASURES = {
    "timed": "count(delay)",
    "median": "percentile_cont(0.5) WITHIN GROUP (ORDER BY delay)",
    "whole_timed": "count(whole_delay)",
    "whole_median": "percentile_cont(0.5) WITHIN GROUP (ORDER BY whole_delay)",
    "trained": "count(*) FILTER (WHERE team.days @> arrived_on)",
    **{f"followed_{days}": f"count(*) FILTER (WHERE arrived_on <= as_of - {days})" for days in FOLLOW_UP_DAYS},
    **{
        f"there_{days}": f"count(*) FILTER (WHERE arrived_on <= as_of - {days} AND beside.days @> arrived_on + {days})"
        for days in FOLLOW_UP_DAYS
    },
}
Rank = int | Expression
TRAINED_DAYS = "daterange(day, (day + make_interval(months => %s))::date, '[]')"


def stays() -> PlacementQuerySet[Placement]:
    """Return the confirmed stays of real cases."""
    return Placement.objects.real().confirmed()


def population(period: Period, lexicon: Lexicon) -> QuerySet[Placement]:
    """Return one row a person: the first arrival of the period, under a convention and as a minor if there is one."""
    return (
        stays()
        .arrived_between(period.first, period.last)
        .annotate(
            main=FilteredRelation("case__forms", condition=Q(case__forms__is_main=True)),
            rank=_choose(0, 1, 2, IntegerField()),
            line=_choose(text(COUNTED), text(YOUNG), text(OUTSIDE)),
            by_month=month_of("arrived_on"),
            by_age=lexicon.bracket_of("age_at_arrival"),
            by_form=lexicon.purpose_of("main__form"),
            by_precise_form=lexicon.form_of("main__form"),
            by_family=lexicon.detail_key_of("orientation__sollicitation__requester_type_id", "family"),
            by_level=F("case__identification_level_id"),
            by_frame=F("legal_frame_id"),
            by_type=F("partner__structure_type_id"),
            delay=ExpressionWrapper(F("arrived_at") - F("orientation__decided_at"), DurationField()),
            whole_delay=ExpressionWrapper(
                F("arrived_at") - F("orientation__sollicitation__received_at"), DurationField()
            ),
            by_urgency=F("orientation__sollicitation__urgency_id"),
            by_distance=_distance("case__exploitation_place", "partner__territory"),
            by_host_region=lexicon.region_of("partner__territory"),
            by_host_zone=lexicon.zone_of("partner__territory"),
            person=F("case__person_key"),
            as_of=Value(period.as_of, DateField()),
            **lexicon.facts_of("case__"),
        )
        .annotate(
            by_delay=class_of("delay", IN_DAYS),
            by_whole_delay=class_of("whole_delay", IN_DAYS),
        )
        .order_by("case__person_key", "rank", "arrived_at", "id")
        .distinct("case__person_key")
    )


def _choose(counted: Rank, young: Rank, outside: Rank, output_field: Field | None = None) -> Choose:
    return Choose(
        When(age_at_arrival__gte=MAJORITY, then=young),
        When(convention__isnull=True, then=outside),
        default=counted,
        output_field=output_field,
    )


def _days_there() -> JoinedRows:
    """Return the days on which each person is in a stay of the network, whatever the structure."""
    mine = stays().in_network().order_by().values_list("case__person_key", "arrived_on", "ended_on")
    rows, params = mine.query.sql_with_params()
    return JoinedRows(
        "beside",
        f"SELECT person, range_agg(daterange(first, ended)) AS days FROM ({rows}) s(person, first, ended) "  # noqa: S608
        "GROUP BY person",
        params,
        "person",
    )


def _teams_trained(period: Period) -> JoinedRows:
    """Return the days on which somebody of each team is trained: from the end of a training to its renewal."""
    rules = rules_in_force()
    taught = (
        Enrolment.objects.counted(EVER, period.last)
        .filter(makes_trained(rules), employer__isnull=False)
        .order_by()
        .values_list("employer_id", "session__ends_on")
        .distinct()
    )
    rows, params = taught.query.sql_with_params()
    return JoinedRows(
        "team",
        f"SELECT partner_id, range_agg({TRAINED_DAYS}) AS days FROM ({rows}) t(partner_id, day) GROUP BY partner_id",  # noqa: S608
        (rules.refresh_months, *params),
        "partner_id",
    )


def _distance(start: str, end: str) -> Choose:
    """Return the SQL of the class of the distance between two territories, NULL when the first is unknown."""
    touching = Territory.neighbours.through.objects.filter(
        from_territory=OuterRef(f"{start}_id"), to_territory=OuterRef(f"{end}_id")
    )
    return Choose(
        When(Q(**{f"{start}__isnull": True}), then=None),
        When(Q(**{start: F(f"{end}_id")}), then=text("same")),
        When(~Q(**{f"{start}__zone": Zone.METRO}) | ~Q(**{f"{end}__zone": Zone.METRO}), then=text("overseas")),
        When(Exists(touching), then=text("adjacent")),
        When(Q(**{f"{start}__region": F(f"{end}__region_id")}), then=text("region")),
        default=text("farther"),
        output_field=CharField(),
    )


def compute(period: Period, lexicon: Lexicon) -> Result:
    counts = cube(
        population(period, lexicon),
        [cut.name for cut in (*CUTS, *TOTALS)],
        crossed=(
            ("by_form", "by_age"),
            ("by_form", "by_type"),
            ("by_month", "by_form"),
            *((one.name, other.name) for one, other in BY_SEX),
        ),
        measures=MEASURES,
        columns=("delay", "whole_delay", "person", "as_of", "arrived_on", "partner_id"),
        measured_by=(TYPE.name,),
        beside=(_days_there(), _teams_trained(period)),
    )
    exits, ended = _exits(period, lexicon)
    stock, again, eve = _states(period)
    nights = nights_counted(period)
    to_settle = counts.by("by_frame").get(Frame.NONE, 0)
    return Result(
        definitions.PLACEMENTS,
        headline=(Figure("I3", definitions.PLACEMENTS.label, counts.count(), line=COUNTED),),
        companions=(
            stock,
            *occupancy(nights, eve),
            *_companions(counts, period, ended),
            again,
            *cost_figures(nights.slept),
        ),
        breakdowns=(*breakdowns(counts, CUTS, period, lexicon), *_totals(counts, period, lexicon), exits),
        grids=(
            two_way("month_form", "Mois et forme principale", counts, (MONTH, FORM), period, lexicon),
            two_way("form_age", "Forme principale et âge", counts, (FORM, AGE), period, lexicon),
            two_way("form_type", "Forme principale et type de structure", counts, (FORM, TYPE), period, lexicon),
            *by_sex(counts, period, lexicon),
            *occupancy_tables(nights, TYPE, period, lexicon),
            *cost_tables(nights.slept, TYPE, period, lexicon),
            _trained_teams(counts, lexicon),
            associated_forms(population(period, lexicon), counts, lexicon),
        ),
        notes=(f"Cadre juridique à régulariser : {to_settle}.",) if to_settle else (),
    )


def _states(period: Period) -> tuple[Figure, Figure, int]:
    """Count, over the stays of minors in the network: minors there at the end of the last day, what became of those
    whose stay ended six months before, and minors there on the eve of the first day.
    """
    counted, day = counted_stays(), period.as_of
    counts = counted.aggregate(
        stock=Count("case__person_key", filter=_there_on(day), distinct=True),
        eve=Count("case__person_key", filter=_there_on(period.first - ONE_DAY), distinct=True),
        **_six_months_after(period),
    )
    return (
        Figure("I3.stock", "Présents au dernier jour", counts["stock"]),
        share_figure(
            "I3.again",
            "Ré-exploitation connue six mois après le séjour",
            counts["again"],
            counts["known"],
            note=f"sur {counts['known']} ; non su : {counts['ended'] - counts['known']}",
        ),
        counts["eve"],
    )


def _there_on(day: dt.date) -> Q:
    return Q(arrived_on__lte=day) & (Q(ended_on=None) | Q(ended_on__gt=day))


def _six_months_after(period: Period) -> dict[str, Count]:
    """Return counts of stays whose six months after the end fall in the period: all, those of which it is known
    whether there was a new exploitation, those where there was one. The others are not known, or not known yet.
    """
    due = Q(ended_on__range=(period.first - HALF_YEAR, period.as_of - HALF_YEAR)) & ~Q(end_reason_id__in=NOT_ASKED)
    return {
        "ended": Count("pk", filter=due),
        "known": Count("pk", filter=due & Q(after__exploitation_id__in=(Reexploitation.NO, Reexploitation.YES))),
        "again": Count("pk", filter=due & Q(after__exploitation_id=Reexploitation.YES)),
    }


def _trained_teams(counts: Cube, lexicon: Lexicon) -> Grid:
    """Return arrivals by type of structure, and those in a trained team."""
    by_type = counts.by(TYPE.name)
    rows = []
    for kind, n in sorted(by_type.items(), key=lambda item: (-item[1], TYPE.label(item[0], lexicon))):
        trained = counts.measures((LINE, TYPE.name), (COUNTED, kind)).get("trained", 0)
        rows.append((TYPE.label(kind, lexicon), n, trained, share(trained, n)))
    return Grid(
        "trained_type",
        "Arrivées dans une équipe formée, par type de structure",
        ("Type de structure", "Victimes placées", "Dans une équipe formée", "Part"),
        tuple(rows),
        kinds=("text", "number", "number", "percent"),
    )


def _presence(counted: dict, after: int) -> Figure:
    followed = counted.get(f"followed_{after}", 0)
    return share_figure(
        f"I3.there_{after}",
        f"Encore accueillies {after} jours après l’arrivée",
        counted.get(f"there_{after}"),
        followed,
        note=f"sur {followed}",
    )


def _totals(counts: Cube, period: Period, lexicon: Lexicon) -> tuple[Breakdown, ...]:
    return tuple(replace(breakdown(counts, cut, period, lexicon), is_total=True) for cut in TOTALS)


def _companions(counts: Cube, period: Period, ended: dict) -> tuple[Figure, ...]:
    counted = counts.measures()
    return (
        Figure("I3.outside", "Accueillies hors convention (à part)", counts.count(OUTSIDE), line=OUTSIDE),
        Figure("I3.adhesion", "Entrées par adhésion de la structure (à part)", adhesions(period)),
        Figure("I3.young", "Jeunes majeurs accueillis (à part)", counts.count(YOUNG), line=YOUNG),
        Figure(
            "I3.median",
            "Délai de l’orientation à l’arrivée, médiane",
            days(counted.get("median")),
            "days",
            whole=counted.get("timed", 0),
        ),
        Figure(
            "I3.whole",
            "Délai de la demande à l’arrivée, médiane",
            days(counted.get("whole_median")),
            "days",
            whole=counted.get("whole_timed", 0),
        ),
        share_figure("I3.trained", "Arrivées dans une équipe formée", counted.get("trained"), counts.count()),
        Figure("I3.length", "Durée des séjours terminés, médiane", days(ended["length"]), "days", whole=ended["n"]),
        *(_presence(counted, days) for days in FOLLOW_UP_DAYS),
    )


def adhesions(period: Period) -> int:
    """Count persons whose stay, begun outside any convention, went on when their structure signed in the period."""
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
    """Count the stays of the network that ended in the period, by reason, with their median length."""
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
    counts = cube(
        ended,
        ["by_reason"],
        columns=("length",),
        measures={"length": "percentile_cont(0.5) WITHIN GROUP (ORDER BY length)"},
    )
    rows = [Row(key, lexicon.labels[key], n) for key, n in counts.by("by_reason").items()]
    return Breakdown("exits", "Fins de séjour, par motif", most_first(rows), line=""), {
        "length": counts.measures().get("length"),
        "n": counts.count(),
    }
