"""Nights of a release: a sum over persons, told when every number that it bounds is told."""

from dataclasses import replace

import pytest

from dashboards.indicators.rules.results import Figure
from dashboards.periods import Period
from dashboards.reporting.releases.rules.cells import Cells
from dashboards.reporting.releases.rules.content import content_of
from dashboards.reporting.releases.rules.joint import masked
from tests.dashboards.reporting.releases.drawn import DETAILS, Network, network, report_of
from tests.dashboards.reporting.releases.test_joint import month_days

YEAR = month_days(2025, 1, 12)
DAYS = 365


def told(net: Network, period: Period, nights: int, *, eve: int, stock: int = 20) -> tuple[int | None, dict[str, int]]:
    """The nights as they are published, and each month of arrivals as it is."""
    report = report_of(net, period)
    third = report.results["I3"]
    beside = tuple(replace(one, value=stock) if one.code == "I3.stock" else one for one in third.companions)
    figure = Figure("I3.nights", "Nuitées", nights, part=eve)
    report.results["I3"] = replace(third, companions=(*beside, figure))
    found = masked(Cells(report), [], DETAILS)
    item = next(one for one in content_of(found.cells, found.hidden)["indicators"] if one["code"] == "I3")
    value = next(one["value"] for one in item["figures"] if one["code"] == "I3.nights")
    months = next((one["rows"] for one in item["tables"] if one["code"] == "by_month"), [])
    return value, dict(months)


def test_nights_are_told_when_every_total_is():
    nights, months = told(network(3, 900), YEAR, 20 * DAYS, eve=20)
    assert None not in months.values()
    assert len(months) == 12
    assert nights == 20 * DAYS


@pytest.mark.parametrize(
    ("nights", "eve", "stock"),
    [(9 * DAYS, 20, 20), (200 * DAYS, 3, 20), (20 * DAYS, 20, 3)],
    ids=["few there each night", "they would say who was there on the eve", "who is there is hidden"],
)
def test_nights_that_would_tell_of_few_are_masked(nights, eve, stock):
    assert told(network(3, 900), YEAR, nights, eve=eve, stock=stock)[0] is None


def test_nights_are_masked_with_a_month_of_arrivals():
    """They bound the arrivals of each month: a hidden one would be held."""
    checked = 0
    for seed in (4, 5):
        nights, months = told(network(seed, 90), YEAR, 20 * DAYS, eve=20)
        if None in months.values() or not months:
            checked += 1
            assert nights is None
    assert checked
