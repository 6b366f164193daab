"""From request to arrival: what evaluators will add up, by period and by cohort, with the difference explained."""

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from cases.enums import ANSWERS_ACCEPTING
from cases.models import Orientation, Placement, Proposal, Sollicitation
from dashboards.indicators.results import Grid, Result
from dashboards.periods import Period

TITLE = "De la demande à l’accueil"
STEPS = ("Mineurs concernés par une demande", "Orientés", "Acceptés par une structure", "Accueillis dans le réseau")
NOTE = (
    "Par période : chaque étape compte les personnes pour qui elle a eu lieu dans la période, même si la demande est "
    "plus ancienne ; une étape peut donc dépasser la précédente. Par cohorte : on suit les seuls mineurs dont la "
    "première demande date de la période, jusqu’à aujourd’hui ; chaque étape est contenue dans la précédente. "
    "Les deux colonnes ne s’additionnent pas."
)


def funnel(period: Period, results: dict[str, Result]) -> Grid:
    """The period's column comes from the indicators themselves, the cohort's from one query."""
    of_period = (
        results["I1"].figure("I1.persons").value,
        results["I2"].figure("I2").value,
        results["I2"].figure("I2.accepted").value,
        results["I3"].figure("I3").value,
    )
    rows = tuple(zip(STEPS, of_period, cohort(period), strict=True))
    return Grid("funnel", TITLE, ("Étape", "Par période", "Par cohorte"), rows, note=NOTE)


def cohort(period: Period) -> tuple[int, int, int, int]:
    """Minors first asked for in the period, then those of them oriented, accepted, and housed in the network since."""
    person = OuterRef("person")
    oriented = Orientation.objects.real().sent().of_victims().of_minors().filter(case__person_key=person)
    accepted = Proposal.objects.filter(
        orientation__case__person_key=person, orientation__cancelled_at=None, answer_id__in=ANSWERS_ACCEPTING
    )
    housed = Placement.objects.real().confirmed().in_network().of_minors().filter(case__person_key=person)
    counted = Sollicitation.objects.real().for_care().of_minors().order_by()
    known = counted.filter(case__person_key=OuterRef("case__person_key"), received_on__lt=period.first)
    return _nested(
        counted.received_between(period.first, period.last)
        .filter(~Exists(known))
        .annotate(person=Coalesce("case__person_key", "id"))
        .annotate(oriented=Exists(oriented), accepted=Exists(accepted), housed=Exists(housed))
    )


def _nested(persons: QuerySet) -> tuple[int, int, int, int]:
    accepted = Q(oriented=True, accepted=True)
    found = persons.aggregate(
        n=Count("person", distinct=True),
        second=Count("person", filter=Q(oriented=True), distinct=True),
        third=Count("person", filter=accepted, distinct=True),
        fourth=Count("person", filter=accepted & Q(housed=True), distinct=True),
    )
    return found["n"], found["second"], found["third"], found["fourth"]
