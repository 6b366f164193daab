"""Indicator 2: victims for whom an orientation was decided."""

from collections import Counter

from django.db.models import (
    Case as Choose,
    Count,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    FilteredRelation,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    When,
)

from cases.enums import ANSWERS_ACCEPTING, LEVELS_VICTIM, MAJORITY, Answer, Decision
from cases.models import CaseForm, Orientation, Proposal, UnmetNeed
from cases.proposals.models import OrientationQuerySet, ProposalQuerySet
from dashboards.indicators.enums import COUNTED
from dashboards.indicators.rules import definitions
from dashboards.indicators.rules.results import Breakdown, Figure, Grid, Result, Row, days
from dashboards.indicators.selectors.associated_forms import associated_forms
from dashboards.indicators.selectors.cube import Cube, cube
from dashboards.indicators.selectors.cuts import (
    AGE,
    BY_SEX,
    FORM,
    MONTH,
    ORIGIN_REGION,
    PERSON_CUTS,
    REGION,
    Dimension,
    breakdowns,
    by_sex,
    delay_cut,
    most_first,
    two_way,
)
from dashboards.indicators.selectors.lexicon import IN_DAYS, UNKNOWN, Lexicon, class_of, month_of, text
from dashboards.periods import Period

YOUNG = "young"
ACCEPTED, UNSOLVED, PENDING, ORDINARY = "accepted", "unsolved", "pending", "ordinary"
DECISION = Dimension("by_decision", "Vers le réseau ou vers le droit commun")
OUTCOME = Dimension(
    "by_outcome",
    "Par issue de l’orientation",
    "choices",
    choices={
        ACCEPTED: "Acceptée par une structure",
        PENDING: "Réponse attendue",
        UNSOLVED: "Sans solution",
        ORDINARY: "Confiée au droit commun",
    },
)
DELAY = delay_cut("Par délai de la demande à l’orientation", IN_DAYS)
CUTS = (*PERSON_CUTS, DECISION, OUTCOME, DELAY)
MEASURES = {
    "timed": "count(delay)",
    "median": "percentile_cont(0.5) WITHIN GROUP (ORDER BY delay)",
    "p90": "percentile_cont(0.9) WITHIN GROUP (ORDER BY delay)",
}


def orientations(period: Period) -> OrientationQuerySet:
    """Return the orientations of presumed, identified or recognised victims, decided in the period and sent."""
    return Orientation.objects.real().sent().of_victims().decided_between(period.first, period.last)


def proposals(period: Period) -> ProposalQuerySet:
    """Return the proposals made to structures for those orientations."""
    return _real_proposals().filter(orientation__in=orientations(period).order_by())


def _real_proposals() -> ProposalQuerySet:
    """Return the proposals made to real structures: what a test structure answers is nobody's answer."""
    return Proposal.objects.filter(partner__is_test=False)


def counted_proposals() -> ProposalQuerySet:
    """Return the proposals made for orientations of victims to the network, real and sent, of any day and age."""
    return _real_proposals().filter(
        orientation__cancelled_at=None,
        orientation__decision_id=Decision.NETWORK,
        orientation__identification_level_id__in=LEVELS_VICTIM,
        orientation__case__is_test=False,
        orientation__sollicitation__is_test=False,
    )


def population(period: Period, lexicon: Lexicon) -> OrientationQuerySet:
    """Return one row a person: the first orientation in the period, as a minor when there is one."""
    return (
        orientations(period)
        .annotate(
            main=FilteredRelation("case__forms", condition=Q(case__forms__is_main=True)),
            rank=_rank(),
            line=Choose(When(age_at_decision__gte=MAJORITY, then=text(YOUNG)), default=text(COUNTED)),
            by_month=month_of("decided_on"),
            by_age=lexicon.bracket_of("age_at_decision"),
            by_form=lexicon.purpose_of("main__form"),
            by_precise_form=lexicon.form_of("main__form"),
            by_family=lexicon.detail_key_of("sollicitation__requester_type_id", "family"),
            by_level=F("identification_level_id"),
            by_decision=F("decision_id"),
            by_outcome=_outcome(period),
            by_urgency=F("sollicitation__urgency_id"),
            delay=ExpressionWrapper(F("decided_at") - F("sollicitation__received_at"), DurationField()),
            **lexicon.facts_of("case__"),
        )
        .annotate(
            by_delay=class_of("delay", IN_DAYS),
        )
        .order_by("case__person_key", "rank", "decided_at", "id")
        .distinct("case__person_key")
    )


def _rank(age: str = "age_at_decision") -> Choose:
    """Return the SQL of the side of eighteen: 0 for a minor, also of unknown age, 1 for a young adult."""
    return Choose(When(**{f"{age}__gte": MAJORITY}, then=1), default=0, output_field=IntegerField())


def _outcome(period: Period) -> Choose:
    """Return the SQL of what became of a person whose first orientation leads to the network: one acceptance, of an
    orientation that counts, is enough. Entrusted to ordinary services: when the first leads there, as `by_decision`.
    """
    mine = (
        counted_proposals()
        .filter(
            orientation__case__person_key=OuterRef("case__person_key"),
            orientation__decided_on__range=(period.first, period.last),
        )
        .alias(side=_rank("orientation__age_at_decision"))
        .filter(side=OuterRef("rank"))
    )
    return Choose(
        When(decision_id=Decision.ORDINARY, then=text(ORDINARY)),
        When(Exists(mine.filter(answer_id__in=ANSWERS_ACCEPTING)), then=text(ACCEPTED)),
        When(Exists(mine.pending()), then=text(PENDING)),
        When(Exists(mine.filter(answer_id=Answer.WAITING)), then=text(PENDING)),
        default=text(UNSOLVED),
    )


def compute(period: Period, lexicon: Lexicon) -> Result:
    counts = cube(
        population(period, lexicon),
        [cut.name for cut in CUTS],
        measures=MEASURES,
        columns=("delay",),
        crossed=(
            ("by_outcome", "by_origin_region"),
            ("by_outcome", "by_form"),
            ("by_region", "by_form"),
            ("by_form", "by_age"),
            ("by_month", "by_form"),
            *((one.name, other.name) for one, other in BY_SEX),
        ),
    )
    refusals, refusals_by_form = _refusals(period, lexicon)
    return Result(
        definitions.ORIENTATIONS,
        headline=(Figure("I2", definitions.ORIENTATIONS.label, counts.count(), line=COUNTED),),
        companions=_companions(counts, period),
        breakdowns=(*breakdowns(counts, CUTS, period, lexicon), refusals),
        grids=(
            *_unmet(counts, lexicon),
            _missing(period, lexicon),
            two_way("month_form", "Mois et forme principale", counts, (MONTH, FORM), period, lexicon),
            two_way(
                "region_form", "Région d’exploitation et forme principale", counts, (REGION, FORM), period, lexicon
            ),
            two_way("form_age", "Forme principale et âge", counts, (FORM, AGE), period, lexicon),
            two_way("region_outcome", "Région d’origine et issue", counts, (ORIGIN_REGION, OUTCOME), period, lexicon),
            two_way("form_outcome", "Forme principale et issue", counts, (FORM, OUTCOME), period, lexicon),
            *by_sex(counts, period, lexicon),
            refusals_by_form,
            associated_forms(population(period, lexicon), counts, lexicon),
        ),
        notes=("Une personne orientée dans deux périodes compte dans chacune, et une fois dans le cumul.",),
    )


def _companions(counts: Cube, period: Period) -> tuple[Figure, ...]:
    counted, outcome, decision = counts.measures(), counts.by("by_outcome"), counts.by("by_decision")
    timed = counted.get("timed", 0)
    sent = (
        orientations(period)
        .of_minors()
        .aggregate(
            n=Count("pk", distinct=True),
            proposed=Count("proposals", distinct=True, filter=Q(proposals__partner__is_test=False)),
        )
    )
    return (
        Figure("I2.network", "Orientées vers le réseau", decision.get(Decision.NETWORK, 0)),
        Figure("I2.ordinary", "Orientées vers le droit commun", decision.get(Decision.ORDINARY, 0)),
        Figure("I2.accepted", "Acceptées par une structure", outcome.get(ACCEPTED, 0)),
        Figure("I2.unsolved", "Restées sans solution", outcome.get(UNSOLVED, 0)),
        Figure("I2.pending", "En attente de réponse", outcome.get(PENDING, 0)),
        Figure("I2.orientations", "Orientations décidées pour des mineurs", sent["n"]),
        Figure("I2.asked", "Propositions faites à des structures", sent["proposed"]),
        Figure(
            "I2.median",
            "Délai de la demande à l’orientation, médiane",
            days(counted.get("median")),
            "days",
            whole=timed,
        ),
        Figure(
            "I2.p90",
            "Délai de la demande à l’orientation, 90 % des cas",
            days(counted.get("p90")),
            "days",
            whole=timed,
        ),
        Figure("I2.young", "Jeunes majeurs orientés (à part)", counts.count(YOUNG), line=YOUNG),
    )


def _refusals(period: Period, lexicon: Lexicon) -> tuple[Breakdown, Grid]:
    """Count what structures refused, by reason, and by reason and principal form: a proposal, not a person."""
    main = CaseForm.objects.filter(case_id=OuterRef("orientation__case_id"), is_main=True)
    refused = (
        proposals(period)
        .filter(refusal_reason__isnull=False)
        .order_by()
        .annotate(form=Subquery(main.values("form_id")[:1]))
        .values_list("refusal_reason_id", "form")
        .annotate(n=Count("pk"))
    )
    by_reason: Counter[str] = Counter()
    by_both: Counter[tuple[str, str | None]] = Counter()
    for reason, form, n in refused:
        by_reason[reason] += n
        by_both[reason, lexicon.purposes[form] if form else None] += n
    rows = most_first(Row(key, lexicon.labels[key], n) for key, n in by_reason.items())
    forms = {form for _, form in by_both}
    shown = [*lexicon.in_order(form for form in forms if form), *([None] if None in forms else [])]
    lines = [(row.label, *(by_both[row.key, form] for form in shown), row.n) for row in rows]
    return Breakdown("refusals", "Motifs de refus des structures", rows, line=""), Grid(
        "refusals_form",
        "Motifs de refus des structures, par forme principale",
        ("Motif de refus", *(FORM.label(form, lexicon) for form in shown), "En tout"),
        tuple(lines),
        note="On compte les propositions refusées : deux structures qui refusent le même mineur font deux refus.",
    )


def _missing(period: Period, lexicon: Lexicon) -> Grid:
    """Count what was missing for the requests that no structure took in, noted in the period: région, form, reason."""
    noted = (
        UnmetNeed.objects.filter(sollicitation__is_test=False)
        .filter(noted_at__date__range=(period.first, period.last))
        .order_by()
        .values_list("region_id", "form_id", "reason_id")
        .annotate(n=Count("pk"), met=Count("met_on"))
    )
    rows = [
        (
            lexicon.regions[region] if region else UNKNOWN,
            lexicon.labels[form] if form else UNKNOWN,
            lexicon.labels[reason],
            n,
            met,
        )
        for region, form, reason, n, met in noted
    ]
    return Grid(
        "missing",
        "Ce qui a manqué, par région, forme et motif",
        ("Région", "Forme principale", "Ce qui a manqué", "Demandes", "Couvertes depuis"),
        tuple(sorted(rows, key=lambda row: (-row[3], row[0], row[1], row[2]))),
        note="Noté quand toutes les structures interrogées ont refusé.",
    )


def _unmet(counts: Cube, lexicon: Lexicon) -> list[Grid]:
    """Count the needs that nobody met, by région of origin and by form: where places are missing."""
    grids = []
    for cut, title in ((ORIGIN_REGION, "Région d’origine"), (FORM, "Forme principale")):
        by_key: dict[str | None, dict[str, int]] = {}
        for (outcome, key), n in counts.across("by_outcome", cut.name).items():
            if outcome in (ACCEPTED, PENDING, UNSOLVED):
                by_key.setdefault(key, {})[outcome] = n
        rows = [
            (cut.label(key, lexicon), sum(by.values()), by.get(PENDING, 0), by.get(UNSOLVED, 0))
            for key, by in by_key.items()
            if by.keys() & {PENDING, UNSOLVED}
        ]
        rows.sort(key=lambda row: (-row[3], -row[2], row[0]))
        grids.append(
            Grid(
                f"unmet_{cut.name}",
                f"Besoins non couverts, par {title[0].lower()}{title[1:]}",
                (title, "Proposées au réseau", "Réponse attendue", "Sans solution"),
                tuple(rows),
                note="Réponse attendue, sans solution : aucune structure n’a accepté.",
            )
        )
    return grids
