"""Indicator 1: requests to take a minor in."""

import datetime as dt

from django.db.models import (
    BooleanField,
    Case as Choose,
    CharField,
    DateTimeField,
    DurationField,
    ExpressionWrapper,
    F,
    FilteredRelation,
    IntegerField,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce, ExtractIsoWeekDay, TruncTime

from cases.enums import MAJORITY, Nature
from cases.models import Sollicitation
from dashboards.indicators.enums import COUNTED, LINE
from dashboards.indicators.rules import definitions
from dashboards.indicators.rules.results import Figure, Grid, Result, hours, share, share_figure
from dashboards.indicators.selectors.associated_forms import associated_forms
from dashboards.indicators.selectors.cube import Cube, cube
from dashboards.indicators.selectors.cuts import (
    AGE,
    BY_SEX,
    FAMILY,
    FORM,
    MONTH,
    PERSON_CUTS,
    REGION,
    URGENCY,
    Dimension,
    breakdowns,
    by_sex,
    delay_cut,
    two_way,
)
from dashboards.indicators.selectors.lexicon import IN_HOURS, Lexicon, class_of, month_of, text
from dashboards.periods import Period, day_start

YOUNG, RELANCE, ADVICE, INFORMATION, OTHER = "young", "relance", "advice", "information", "other"
NIGHT_STARTS, NIGHT_ENDS, SATURDAY = dt.time(20), dt.time(8), 6
OUTCOME = Dimension("by_outcome", "Par suite donnée")
DELAY = delay_cut("Par délai de première réponse", IN_HOURS)
PROMISE = Dimension(
    "by_promise",
    "Par respect du délai promis",
    "choices",
    choices={
        "kept": "Répondue dans le délai promis",
        "late": "Répondue après, ou échue sans réponse",
        "open": "Encore dans son délai",
    },
)
"""A request of an urgency without a promise is not filled in."""
CUTS = (*PERSON_CUTS, OUTCOME, DELAY, PROMISE)
CROSSED = (
    ("by_region", "by_form"),
    ("by_form", "by_age"),
    ("by_family", "by_outcome"),
    ("by_month", "by_form"),
    ("by_urgency", "by_promise"),
    *((one.name, other.name) for one, other in BY_SEX),
)
MEASURES = {
    "persons": "count(DISTINCT person)",
    "answered": "count(answer)",
    "median": "percentile_cont(0.5) WITHIN GROUP (ORDER BY answer)",
    "p90": "percentile_cont(0.9) WITHIN GROUP (ORDER BY answer)",
    "promised": "count(target) FILTER (WHERE answer IS NOT NULL OR waited > target * interval '1 minute')",
    "kept": "count(*) FILTER (WHERE answer <= target * interval '1 minute')",
    "night": "count(*) FILTER (WHERE is_night)",
    "weekend": "count(*) FILTER (WHERE is_weekend)",
    "off_hours": "count(*) FILTER (WHERE is_night OR is_weekend)",
}


def population(period: Period, lexicon: Lexicon) -> QuerySet[Sollicitation]:
    """Return every sollicitation received in the period, each on its line; `counted` is the headline."""
    return (
        Sollicitation.objects.real()
        .received_between(period.first, period.last)
        .annotate(
            main=FilteredRelation("forms", condition=Q(forms__is_main=True)),
            line=_line(),
            person=Coalesce("case__person_key", "id"),
            by_month=month_of("received_on"),
            by_age=lexicon.bracket_of("age_at_reception"),
            by_form=lexicon.purpose_of("main__form"),
            by_precise_form=lexicon.form_of("main__form"),
            by_family=lexicon.detail_key_of("requester_type_id", "family"),
            by_level=F("identification_level_id"),
            by_urgency=F("urgency_id"),
            by_outcome=F("outcome_id"),
            answer=ExpressionWrapper(F("first_answered_at") - F("received_at"), DurationField()),
            target=lexicon.detail_of("urgency_id", "answer_within_minutes", IntegerField()),
            waited=ExpressionWrapper(Value(day_start(), DateTimeField()) - F("received_at"), DurationField()),
            clock=TruncTime("received_at"),
            weekday=ExtractIsoWeekDay("received_on"),
            **lexicon.facts_of(""),
        )
        .annotate(
            by_delay=class_of("answer", IN_HOURS),
            by_promise=_promise(),
            is_night=_true(Q(clock__gte=NIGHT_STARTS) | Q(clock__lt=NIGHT_ENDS)),
            is_weekend=_true(Q(weekday__gte=SATURDAY)),
        )
    )


def _line() -> Choose:
    return Choose(
        When(nature_id=Nature.ADVICE, then=text(ADVICE)),
        When(nature_id=Nature.INFORMATION, then=text(INFORMATION)),
        When(~Q(nature_id=Nature.CARE), then=text(OTHER)),
        When(relance_of__isnull=False, then=text(RELANCE)),
        When(age_at_reception__gte=MAJORITY, then=text(YOUNG)),
        default=text(COUNTED),
    )


def _promise() -> Choose:
    """Return the SQL of whether the promise of the urgency was kept, NULL when it makes none."""
    allowed = ExpressionWrapper(F("target") * Value(dt.timedelta(minutes=1), DurationField()), DurationField())
    return Choose(
        When(target__isnull=True, then=None),
        When(answer__lte=allowed, then=text("kept")),
        When(Q(answer__isnull=True, waited__lte=allowed), then=text("open")),
        default=text("late"),
        output_field=CharField(),
    )


def _true(condition: Q) -> ExpressionWrapper:
    return ExpressionWrapper(condition, output_field=BooleanField())


def compute(period: Period, lexicon: Lexicon) -> Result:
    counts = cube(
        population(period, lexicon),
        [cut.name for cut in CUTS],
        measures=MEASURES,
        columns=("person", "answer", "target", "waited", "is_night", "is_weekend"),
        crossed=CROSSED,
        measured_by=(URGENCY.name,),
    )
    return Result(
        definitions.SOLLICITATIONS,
        headline=(Figure("I1", definitions.SOLLICITATIONS.label, counts.count(), line=COUNTED),),
        companions=_companions(counts),
        breakdowns=breakdowns(counts, CUTS, period, lexicon),
        grids=(
            two_way("month_form", "Mois et forme principale", counts, (MONTH, FORM), period, lexicon),
            two_way(
                "region_form", "Région d’exploitation et forme principale", counts, (REGION, FORM), period, lexicon
            ),
            two_way("form_age", "Forme principale et âge", counts, (FORM, AGE), period, lexicon),
            two_way("family_outcome", "Service demandeur et suite donnée", counts, (FAMILY, OUTCOME), period, lexicon),
            *by_sex(counts, period, lexicon),
            _answers(counts, lexicon),
            two_way(
                "urgency_promise", "Urgence et respect du délai promis", counts, (URGENCY, PROMISE), period, lexicon
            ),
            associated_forms(population(period, lexicon), counts, lexicon),
        ),
    )


def _answers(counts: Cube, lexicon: Lexicon) -> Grid:
    """Return the first answer of each urgency beside what it promises, the most urgent first."""
    promises = {
        key: extra.get("answer_within_minutes") for key, extra in lexicon.extras.items() if key in lexicon.labels
    }
    present = counts.by(URGENCY.name)
    rows = []
    for key in sorted((key for key in present if key), key=lambda key: (promises.get(key) or 10**6, key)):
        measured, minutes = counts.measures((LINE, URGENCY.name), (COUNTED, key)), promises.get(key)
        promised = measured.get("promised", 0) if minutes else 0
        rows.append(
            (
                lexicon.labels[key],
                minutes / 60 if minutes else None,
                present[key],
                measured.get("answered", 0),
                hours(measured.get("median")),
                promised or None,
                measured.get("kept") if promised else None,
                share(measured.get("kept"), promised),
            )
        )
    return Grid(
        "urgency_answer",
        "Première réponse, par urgence, devant le délai promis",
        (
            "Urgence",
            "Délai promis",
            "Demandes",
            "Ont reçu une réponse",
            "Délai médian",
            "Répondues ou échues",
            "Dans le délai promis",
            "Part",
        ),
        tuple(rows),
        note="Part : de celles qui ont reçu une réponse, ou dont le délai est passé.",
        kinds=("text", "hours", "number", "number", "hours", "number", "number", "percent"),
    )


def _companions(counts: Cube) -> tuple[Figure, ...]:
    counted = counts.measures()
    total, answered, promised = counts.count(), counted.get("answered", 0), counted.get("promised", 0)
    return (
        Figure("I1.persons", "Mineurs distincts concernés", counted.get("persons", 0)),
        Figure(
            "I1.median", "Délai de première réponse, médiane", hours(counted.get("median")), "hours", whole=answered
        ),
        Figure(
            "I1.p90",
            "Délai de première réponse, 90 % des demandes",
            hours(counted.get("p90")),
            "hours",
            whole=answered,
        ),
        share_figure(
            "I1.kept",
            "Réponses dans le délai promis",
            counted.get("kept"),
            promised,
            note=f"sur {promised} répondues ou échues",
        ),
        share_figure("I1.night", "Reçues la nuit", counted.get("night"), total),
        share_figure("I1.weekend", "Reçues le week-end", counted.get("weekend"), total),
        share_figure("I1.off_hours", "Reçues la nuit ou le week-end", counted.get("off_hours"), total),
        Figure("I1.young", "Demandes pour de jeunes majeurs (à part)", counts.count(YOUNG), line=YOUNG),
        Figure("I1.advice", "Demandes d’avis et d’appui (à part)", counts.count(ADVICE), line=ADVICE),
        Figure("I1.information", "Demandes d’information (à part)", counts.count(INFORMATION), line=INFORMATION),
        Figure("I1.relance", "Relances (à part)", counts.count(RELANCE), line=RELANCE),
    )
