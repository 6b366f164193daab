"""Minors first asked for in a period, followed until today: each step is contained in the one before."""

from dataclasses import dataclass, replace

from django.db.models import Exists, FilteredRelation, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from cases.enums import ANSWERS_ACCEPTING, MAJORITY
from cases.models import Orientation, Placement, Sollicitation
from dashboards.indicators.enums import COUNTED, LINE
from dashboards.indicators.rules.formats import NARROW, french_number
from dashboards.indicators.rules.results import Grid, share
from dashboards.indicators.selectors.cube import Cube, cube
from dashboards.indicators.selectors.cuts import AGE, FAMILY, FORM, MONTH, REGION, Dimension
from dashboards.indicators.selectors.lexicon import Lexicon, month_of, text
from dashboards.indicators.selectors.orientations import counted_proposals
from dashboards.periods import Period

STEPS = ("Mineurs concernés par une demande", "Orientés", "Acceptés par une structure", "Accueillis dans le réseau")
CUTS = (replace(MONTH, title="Par mois de la première demande"), FORM, AGE, REGION, FAMILY)
MEASURES = {
    "oriented": "count(*) FILTER (WHERE is_oriented)",
    "accepted": "count(*) FILTER (WHERE is_oriented AND is_accepted)",
    "housed": "count(*) FILTER (WHERE is_oriented AND is_accepted AND is_housed)",
}
NOTE = (
    "On suit les seuls mineurs dont la première demande date de la période, jusqu’à aujourd’hui. Une cohorte récente "
    "a eu moins de temps : comparez-la à une autre du même âge."
)


@dataclass(frozen=True)
class Cohort:
    """How many minors reached each step, in all and by cut."""

    steps: tuple[int, int, int, int]
    grids: tuple[Grid, ...] = ()

    @property
    def people(self) -> int:
        return self.steps[0]

    @property
    def shown(self) -> list[tuple[str, str]]:
        return [(label, french_number(n)) for label, n in zip(STEPS, self.steps, strict=True)]


def population(period: Period, lexicon: Lexicon) -> QuerySet[Sollicitation]:
    """Return one row a minor: the first request, when it was received in the period."""
    person = OuterRef("person")
    oriented = Orientation.objects.real().sent().of_victims().of_minors().filter(case__person_key=person)
    accepted = counted_proposals().filter(
        Q(orientation__age_at_decision__lt=MAJORITY) | Q(orientation__age_at_decision=None),
        orientation__case__person_key=person,
        answer_id__in=ANSWERS_ACCEPTING,
    )
    housed = Placement.objects.real().confirmed().in_network().of_minors().filter(case__person_key=person)
    counted = Sollicitation.objects.real().for_care().of_minors().order_by()
    known = counted.filter(case__person_key=OuterRef("case__person_key"), received_on__lt=period.first)
    return (
        counted.received_between(period.first, period.last)
        .filter(~Exists(known))
        .annotate(
            main=FilteredRelation("forms", condition=Q(forms__is_main=True)),
            person=Coalesce("case__person_key", "id"),
            line=text(COUNTED),
            by_month=month_of("received_on"),
            by_age=lexicon.bracket_of("age_at_reception"),
            by_form=lexicon.purpose_of("main__form"),
            by_family=lexicon.detail_key_of("requester_type_id", "family"),
            by_region=lexicon.region_of("exploitation_place"),
        )
        .annotate(is_oriented=Exists(oriented), is_accepted=Exists(accepted), is_housed=Exists(housed))
        .order_by("person", "received_at", "id")
        .distinct("person")
    )


def cohort(period: Period, lexicon: Lexicon, cuts: tuple[Dimension, ...] = ()) -> Cohort:
    """Count minors first asked for in the period, then those of them oriented, accepted and housed since."""
    counts = cube(
        population(period, lexicon),
        [cut.name for cut in cuts],
        measures=MEASURES,
        columns=("person", "is_oriented", "is_accepted", "is_housed"),
        is_measured=True,
    )
    return Cohort(_steps(counts.measures()), tuple(_grid(cut, counts, period, lexicon) for cut in cuts))


def _steps(measures: dict) -> tuple[int, int, int, int]:
    n, oriented, accepted, housed = (measures.get(name) or 0 for name in ("n", *MEASURES))
    return n, oriented, accepted, housed


def _grid(cut: Dimension, counts: Cube, period: Period, lexicon: Lexicon) -> Grid:
    cells = counts.cells[(LINE, cut.name)]
    known = {key for _, key in cells}
    keys = [*cut.keys(known - {None}, period, lexicon), *([None] if None in known else [])]
    rows = []
    for key in keys:
        steps = _steps(cells.get((COUNTED, key), {}))
        rate = share(steps[-1], steps[0])
        rows.append(
            (cut.label(key, lexicon), *steps, "–" if rate is None else f"{french_number(100 * rate)}{NARROW}%")
        )
    headers = (cut.title.removeprefix("Par ").capitalize(), *STEPS, "Part accueillie")
    return Grid(f"cohort_{cut.name}", cut.title, headers, tuple(rows))
