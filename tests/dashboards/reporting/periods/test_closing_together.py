"""Two people close the same days, or decide the same closing, at the same instant: one of them does."""

import datetime as dt

from cms.wall import scope
from dashboards.periods import Period
from dashboards.reporting.models import ClosedPeriod
from dashboards.reporting.periods.services import period_close_agree, period_close_ask
from tests.cases.test_concurrency import at_once, by, committed, refusals  # noqa: F401 (a fixture)
from tests.cast.reporting import WAITING

PERIOD = Period(dt.date(2026, 1, 1), dt.date(2026, 3, 31))
COORDINATION, DIRECTION = "coordination@havre.example", "direction@havre.example"


def test_two_closings_of_the_same_days_at_once_leave_one(committed):  # noqa: F811
    results = at_once(
        COORDINATION, *[lambda: period_close_ask(by=by(COORDINATION), period=PERIOD, title="") for _ in range(2)]
    )
    assert len(refusals(results)) == 1
    with scope.acting(by()):
        assert ClosedPeriod.objects.filter(first=PERIOD.first, dismissed_at=None).count() == 1


def test_two_decisions_at_once_are_one_decision(committed):  # noqa: F811
    def decide():
        return period_close_agree(by=by(DIRECTION), closed=ClosedPeriod.objects.get(first=WAITING.first))

    results = at_once(DIRECTION, decide, decide)
    assert len(refusals(results)) == 1
    with scope.acting(by()):
        assert ClosedPeriod.objects.get(first=WAITING.first).agreed_by == by(DIRECTION)
