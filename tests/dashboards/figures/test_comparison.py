"""A period beside the one before and its targets; minors followed by cohort; what covers an area of the map."""

import datetime as dt
import random

import pytest
from django.core.exceptions import PermissionDenied

from cms.territory.models import Territory
from cms.values.services import setting_change
from cms.wall import scope
from dashboards.figures.selectors.comparison import ComparisonLine, compare, figures_compared, previous
from dashboards.figures.selectors.headlines import headlines
from dashboards.figures.selectors.report import cohort_for, coverage_for, figures_for
from dashboards.indicators.selectors.coverage import coverage, why_covered
from dashboards.indicators.selectors.lexicon import Lexicon
from dashboards.periods import Period
from dashboards.reporting.periods.services import period_close_agree, period_close_ask
from dashboards.reporting.targets.services import target_set
from tests.dashboards.indicators.test_oracle import scatter
from tests.dashboards.indicators.test_oracle_network import incidents, network, training
from tests.dashboards.world import at
from tests.plugins.extent import sampled

PERIOD = Period(dt.date(2026, 1, 1), dt.date(2026, 6, 30))
YEAR = dt.date(2025, 1, 1), dt.date(2025, 12, 31)


@pytest.mark.parametrize(
    ("first", "last", "before"),
    [
        (*YEAR, (dt.date(2024, 1, 1), dt.date(2024, 12, 31))),
        (dt.date(2025, 7, 1), dt.date(2025, 12, 31), (dt.date(2025, 1, 1), dt.date(2025, 6, 30))),
        (dt.date(2025, 3, 15), dt.date(2026, 3, 14), (dt.date(2024, 3, 15), dt.date(2025, 3, 14))),
        (dt.date(2025, 3, 1), dt.date(2025, 3, 31), (dt.date(2025, 2, 1), dt.date(2025, 2, 28))),
        (dt.date(2025, 3, 3), dt.date(2025, 3, 9), (dt.date(2025, 2, 24), dt.date(2025, 3, 2))),
    ],
)
def test_the_period_before_is_as_long_and_ends_the_day_before(first, last, before):
    assert previous(Period(first, last)) == Period(*before)


def test_a_period_under_way_is_compared_with_the_same_part_of_the_one_before(monkeypatch):
    monkeypatch.setattr("dashboards.periods.timezone.localdate", lambda: dt.date(2026, 11, 26))
    year = Period(dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    assert previous(year) == Period(dt.date(2025, 1, 1), dt.date(2025, 11, 26))


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        (24, 20, "4 de plus (+20\u202f%)"),
        (30, 40, "10 de moins (−25\u202f%)"),
        (23, 1, "22 de plus"),
        (25, 19, "6 de plus"),
        (4, 4, "sans changement"),
        (4, 0, "4 de plus"),
        (4, None, ""),
    ],
)
def test_a_difference_is_said_with_its_sign(now, before, words):
    assert ComparisonLine("I1", "Sollicitations", now, before, None).difference == words


@pytest.mark.parametrize(
    ("now", "target", "words"),
    [
        (6, 10, "60\u202f% atteints, il en manque 4"),
        (10, 10, "atteinte"),
        (13, 10, "atteinte, 3 de plus"),
        (3, None, ""),
    ],
)
def test_a_target_says_how_far_it_is(now, target, words):
    assert ComparisonLine("I1", "Sollicitations", now, None, target).progress == words


@pytest.mark.sampled
@pytest.mark.parametrize("seed", sampled([41, 42], [41]))
def test_the_headlines_alone_are_those_of_the_report(world, seed):
    draw = random.Random(seed)
    scatter(world, seed)
    houses = network(world, draw)
    training(world, draw, houses)
    incidents(world, draw, houses)
    report = figures_for(world.by, PERIOD)
    with scope.acting(scope.FIGURES):
        found = headlines(PERIOD, Lexicon.read())
    whole = {figure.code: figure.value for result in report.results.values() for figure in result.headline}
    assert found.figures == whole
    for code in ("I1", "I2", "I3", "I6", "I7", "I8"):
        months = {row.key: row.n for row in report.results[code].breakdown("by_month").rows if row.n}
        assert found.months[code] == months, code
    assert all(whole[code] for code in ("I1", "I2", "I3", "I4.structures", "I5", "I6.trained", "I6.supported", "I8"))


def test_the_period_before_and_the_targets_stand_beside_each_figure(world):
    world.sollicitation(at(dt.date(2025, 5, 4)))
    for day in (3, 4, 5):
        world.sollicitation(at(dt.date(2026, 2, day)))
    setting_change(key="figures.convention_start", value="2025-07-01", changed_by_id=world.by.pk)
    target_set(by=world.by, year=1, code="I1", value=4)
    year = Period(dt.date(2025, 7, 1), dt.date(2026, 6, 30))
    lines = {line.code: line for line in compare(world.by, figures_for(world.by, year)).lines}
    assert (lines["I1"].now, lines["I1"].before, lines["I1"].target) == (3, 1, 4)
    assert lines["I2"].target is None
    assert not any(line.target for line in compare(world.by, figures_for(world.by, PERIOD)).lines)
    total = compare(world.by, figures_for(world.by, year), is_cumulative=True)
    assert total.before is None
    assert all(line.difference == "" for line in total.lines)


def test_a_closed_period_is_compared_as_it_was_closed(world, cast):
    world.sollicitation(at(dt.date(2025, 8, 4)))
    half = Period(dt.date(2025, 7, 1), dt.date(2025, 12, 31))
    closed = period_close_ask(by=world.by, period=half, title="2e semestre 2025")
    with scope.acting(cast["direction"]):
        period_close_agree(by=cast["direction"], closed=closed)
    world.sollicitation(at(dt.date(2025, 9, 4)))  # told late: a revision, not another closed figure
    found = compare(world.by, figures_for(world.by, PERIOD))
    assert found.is_closed
    assert found.months["I1"]["2025-08-01"] == 1
    assert "2025-09-01" not in {month for month, n in found.months["I1"].items() if n}
    for _ in ("counted", "kept"):
        assert figures_compared(world.by, PERIOD)[1] == found
    assert next(line.before for line in found.lines if line.code == "I1") == 1


def test_a_cohort_adds_up_in_each_of_its_tables(world):
    scatter(world, 43)
    found = cohort_for(world.by, PERIOD)
    report = figures_for(world.by, PERIOD)
    assert [row[2] for row in report.funnel.rows] == list(found.steps)
    assert found.people > 0
    for grid in found.grids:
        assert tuple(sum(row[place] for row in grid.rows) for place in range(1, 5)) == found.steps, grid.code


def test_an_area_of_the_map_leads_to_what_covers_it(world):
    scatter(world, 44)
    network(world, random.Random(44))
    with scope.acting(scope.FIGURES):
        found = {row.territory: row for row in coverage(PERIOD.as_of, PERIOD.first)}
        for place in Territory.objects.values_list("pk", flat=True):
            why, row = why_covered(place, PERIOD.as_of, PERIOD.first), found.get(place)
            behind = {"C1": why.signed, "C2": why.structures, "C3": why.requesters, "C4": why.oriented}
            assert {code for code, rows in behind.items() if rows} == (set(row.measures) if row else set()), place
    assert found


def test_the_pages_are_for_those_who_read_figures(client_of, cast):
    days = {"du": "2026-01-01", "au": "2026-06-30"}
    browser = client_of("coordination")
    assert "Comparé à la période" in browser.get("/admin/chiffres/", days).content.decode()
    page = browser.get("/admin/chiffres/", {**days, "par": "cohorte"}).content.decode()
    assert "Mineurs dont la première demande" in page
    assert "Part accueillie" in page
    assert "Nord" in browser.get("/admin/chiffres/couverture/59/", days).content.decode()
    assert browser.get("/admin/chiffres/couverture/XX/", days).status_code == 404
    with scope.acting(cast["trainer"]), pytest.raises(PermissionDenied):
        cohort_for(cast["trainer"], PERIOD)
    with scope.acting(cast["trainer"]), pytest.raises(PermissionDenied):
        coverage_for(cast["trainer"], "59", PERIOD)
    assert client_of("trainer").get("/admin/chiffres/couverture/59/", days).status_code == 404
