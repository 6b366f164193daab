"""Training followed in a period: hours, opinions, answers before and after. Beside indicator 6."""

from dataclasses import dataclass

from django.db.models import Aggregate, Avg, Count, Expression, F, FloatField, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Cast

from dashboards.indicators.rules.results import Figure
from dashboards.indicators.selectors.lexicon import text
from dashboards.periods import Period
from formation.enums import Moment, SessionState
from formation.models import AnswerSheet, Enrolment, Satisfaction

FEWEST = 5
"""Opinions under which the mean is not said: somebody would be recognised."""


def participations(period: Period) -> QuerySet[Enrolment]:
    """Return participations of the period, without trainers, with `hours_total` of the session and `hours_present`."""
    return Enrolment.objects.counted(period.first, period.last).with_hours().filter(hours_present__gt=0)


@dataclass(frozen=True)
class TrainingTotal:
    """What was followed in the period: rows, a sum or a mean of them, and people."""

    n: int = 0
    amount: float | None = None
    people: int = 0


WORKED, OPINION, GAIN = "worked", "opinion", "gain"


def training_totals(period: Period) -> dict[str, TrainingTotal]:
    """Sum hours followed, average the marks of the sessions that end in the period and the points gained between the
    answers before and after: three aggregates in one statement.
    """
    marks = (F("aims") + F("useful") + F("teaching") + F("recommended")) / Value(4.0)
    opinions = Satisfaction.objects.filter(
        session__is_test=False, session__state=SessionState.HELD, session__ends_on__range=(period.first, period.last)
    )
    sheets = AnswerSheet.objects.exclude(knowledge=None)
    before = sheets.filter(enrolment=OuterRef("enrolment"), moment=Moment.BEFORE).order_by().values("knowledge")
    counted = Enrolment.objects.counted(period.first, period.last).order_by().values("pk")
    gains = sheets.filter(moment=Moment.AFTER, enrolment__in=counted).annotate(was=Subquery(before)).exclude(was=None)
    parts = [
        _totals(WORKED, participations(period), Sum("hours_present"), Count("professional", distinct=True)),
        _totals(OPINION, opinions, Avg(marks, output_field=FloatField()), Value(0)),
        _totals(GAIN, gains, Avg(F("knowledge") - F("was"), output_field=FloatField()), Value(0)),
    ]
    totals = {code: TrainingTotal(*columns) for code, *columns in parts[0].union(*parts[1:], all=True)}
    return {code: totals.get(code, TrainingTotal()) for code in (WORKED, OPINION, GAIN)}


def _totals(code: str, rows: QuerySet, amount: Aggregate, people: Expression) -> QuerySet:
    counts = rows.order_by().values(code=text(code)).annotate(n=Count("pk"), amount=Cast(amount, FloatField()))
    return counts.annotate(people=people).values_list("code", "n", "amount", "people")


def opinion_figure(code: str, label: str, total: TrainingTotal) -> Figure:
    """Return the mean of the four marks, from five opinions on."""
    if total.n < FEWEST or total.amount is None:
        return Figure(code, label, None, "marks", note="pas assez d’avis")
    return Figure(code, label, round(total.amount, 1), "marks", note=f"{total.n} avis")


def gain_figure(code: str, label: str, total: TrainingTotal) -> Figure:
    """Return percentage points, over the participations that answered before and after."""
    if not total.n or total.amount is None:
        return Figure(code, label, None, "points", note="pas de réponse")
    return Figure(code, label, round(total.amount), "points", note=f"{total.n} réponses avant et après")
