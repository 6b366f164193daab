"""What was followed in a period: hours, opinions, answers before and after. Beside indicator 6."""

from dataclasses import dataclass

from django.db.models import Aggregate, Avg, Count, Expression, F, FloatField, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Cast

from dashboards.indicators.selectors.lexicon import text
from dashboards.periods import Period
from formation.enums import Moment, SessionState
from formation.models import AnswerSheet, Enrolment, Satisfaction

FEWEST = 5
"""Opinions under which the mean is not said: somebody would be recognised."""


def participations(period: Period) -> QuerySet[Enrolment]:
    """Participations of the period, trainers apart, with `hours_total` of the session and `hours_present`."""
    return Enrolment.objects.counted(period.first, period.last).with_hours().filter(hours_present__gt=0)


@dataclass(frozen=True)
class TrainingTotal:
    """What was followed in the period: rows, a sum or a mean of them, and people."""

    n: int = 0
    amount: float | None = None
    people: int = 0


WORKED, OPINION, GAIN = "worked", "opinion", "gain"


def followed(period: Period) -> dict[str, TrainingTotal]:
    """Hours followed, marks given to the sessions that end in the period, points gained between the answers before and
    after: three aggregates in one statement.
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
        _told(WORKED, participations(period), Sum("hours_present"), Count("professional", distinct=True)),
        _told(OPINION, opinions, Avg(marks, output_field=FloatField()), Value(0)),
        _told(GAIN, gains, Avg(F("knowledge") - F("was"), output_field=FloatField()), Value(0)),
    ]
    found = {code: TrainingTotal(*told) for code, *told in parts[0].union(*parts[1:], all=True)}
    return {code: found.get(code, TrainingTotal()) for code in (WORKED, OPINION, GAIN)}


def _told(code: str, rows: QuerySet, amount: Aggregate, people: Expression) -> QuerySet:
    told = rows.order_by().values(code=text(code)).annotate(n=Count("pk"), amount=Cast(amount, FloatField()))
    return told.annotate(people=people).values_list("code", "n", "amount", "people")


def opinion_said(found: TrainingTotal) -> tuple[str, str, str]:
    """Mean of the four marks; said from five opinions."""
    if found.n < FEWEST or found.amount is None:
        return "pas assez d’avis", "text", ""
    return f"{found.amount:.1f} sur 5".replace(".", ","), "text", f"{found.n} avis"


def gain_said(found: TrainingTotal) -> tuple[str, str, str]:
    """Points of percent, over the participations that answered before and after."""
    if not found.n:
        return "pas de réponse", "text", ""
    return f"{found.amount:+.0f} points", "text", f"{found.n} réponses avant et après"
