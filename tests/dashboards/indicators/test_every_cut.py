"""Figure, list, rows of its cells: the same number, for the eight indicators and every cut that they have."""

import datetime as dt
from collections import Counter

import pytest

from cases.models import CaseForm, SollicitationForm
from cms.partners.models import Partner
from dashboards.figures.selectors.report import RowsQuery, figures_for, rows_for
from dashboards.indicators.selectors.cuts import PERSON_CUTS
from dashboards.indicators.selectors.registry import INDICATORS
from dashboards.periods import Period
from tests.dashboards.indicators.test_oracle import counted_orientations, counted_sollicitations, scatter, table, tally
from tests.dashboards.world import at
from tests.plugins.extent import sampled

PERIOD = Period(dt.date(2026, 1, 1), dt.date(2026, 6, 30))
SIGNED = dt.date(2026, 2, 1)


@pytest.fixture
def network(world):
    """Something under each indicator, drawn or written."""
    scatter(world, 7)
    version = world.standard(SIGNED)
    house = world.structure("Fidèle", "38", signed_on=SIGNED)
    world.acknowledge(version, house, SIGNED)
    world.authority("67A", "67", signed_on=SIGNED)
    for day in (3, 9, 21):
        world.incident(Partner.objects.get(code_name="Les Tilleuls"), at(dt.date(2026, 4, day)))
    return world


@pytest.mark.sampled
def test_every_cell_that_opens_has_as_many_rows_as_it_says(network):
    report = figures_for(network.by, PERIOD)
    checked = Counter()
    for code, result in report.results.items():
        for figure in (*result.headline, *result.companions):
            if figure.line:
                assert rows_for(network.by, RowsQuery(code, PERIOD, line=figure.line)).total == figure.value, (
                    figure.code
                )
        for item in result.breakdowns:
            if not item.line or item.is_total:
                continue
            rows = [row for row in item.rows if row.n]
            for row in sampled(rows, rows[::3]):
                found = rows_for(network.by, RowsQuery(code, PERIOD, line=item.line, cut=item.code, key=row.key))
                assert found.total == row.n == len(found.rows), (code, item.code, row.key)
                checked[code] += 1
    assert all(checked[code] for code in ("I1", "I2", "I3", "I4", "I5", "I8")), checked


def test_each_cut_of_a_headline_adds_up_to_it(network):
    for code, result in figures_for(network.by, PERIOD).results.items():
        for cut in INDICATORS[code].rows.cuts:
            item = result.breakdown(cut.name)
            headline = next(figure for figure in result.headline if figure.line == "counted")
            assert item.total == headline.value, (code, cut.name)


def test_the_cuts_of_a_minor_are_those_of_a_count_by_hand(network):
    results = figures_for(network.by, PERIOD).results
    asked, oriented = counted_sollicitations(), counted_orientations()
    by_hand = {
        "by_zone": lambda facts: facts.exploitation_place and facts.exploitation_place.zone,
        "by_origin": lambda facts: facts.origin_id,
        "by_nationality": lambda facts: facts.nationality_zone_id,
        "by_prior": lambda facts: facts.prior_follow_up_id,
        "by_unaccompanied": lambda facts: {True: "yes", False: "no", None: None}[facts.is_unaccompanied],
    }
    for name, key in by_hand.items():
        assert table(results["I1"], name) == tally(key(row) for row in asked), name
        assert table(results["I2"], name) == tally(key(row.case) for row in oriented), name
    assert table(results["I2"], "by_urgency") == tally(row.sollicitation.urgency_id for row in oriented)
    assert {cut.name for cut in PERSON_CUTS} >= set(by_hand)


def grid(result, code: str):
    return next(item for item in result.grids if item.code == code)


def test_a_two_way_table_has_the_totals_of_its_two_cuts(network):
    for code, result in figures_for(network.by, PERIOD).results.items():
        for found in result.grids:
            if found.headers[-1] != "Total" or not found.rows:
                continue
            *lines, totals = found.rows
            headline = next(figure for figure in result.headline if figure.line == "counted")
            assert totals[-1] == sum(line[-1] for line in lines) == headline.value, (code, found.code)
            for place in range(1, len(found.headers)):
                assert totals[place] == sum(line[place] for line in lines)


def test_forms_found_together_are_counted_once_for_each_purpose(world):
    first = world.sollicitation(at(dt.date(2026, 2, 1)), form="forme:SEX")
    for form in ("forme:DEL-STUP", "forme:DEL-VOL", "forme:SEX-NUM", "forme:MEN"):
        SollicitationForm.objects.create(sollicitation=first, form_id=form, is_main=False)
    world.sollicitation(at(dt.date(2026, 2, 2)), form="forme:SEX-PROX")
    case = world.case(form="forme:MEN")
    CaseForm.objects.create(case=case, form_id="forme:DEL", is_main=False)
    results = figures_for(world.by, PERIOD).results
    found = grid(results["I1"], "associated")
    assert found.headers[-2:] == ("Avec une autre forme", "En tout")
    assert [row[1:] for row in found.rows] == [(1, 1, 1, 2)]  # two purposes beside the principal, in one request


@pytest.mark.parametrize(("last", "name"), [(dt.date(2025, 12, 31), "onseil"), (dt.date(2026, 6, 30), "Région")])
def test_an_authority_bears_the_name_of_the_day(world, last, name):
    world.authority("976", "976", signed_on=dt.date(2025, 3, 1))
    result = figures_for(world.by, Period(dt.date(2025, 1, 1), last)).results["I4"]
    words = next(row[0] for row in grid(result, "signed").rows if row[1] == "976")
    assert name in words
