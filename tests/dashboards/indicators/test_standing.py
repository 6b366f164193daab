"""States on many days at once are those of the rule asked day by day."""

import datetime as dt
import random
from collections import Counter

import pytest

from cms.partners.conventions.services import partner_suspend
from cms.partners.models import Convention, Partner
from cms.wall import scope
from dashboards.indicators.enums import COUNTED
from dashboards.indicators.selectors.coverage import coverage, covered_by_day
from dashboards.indicators.selectors.partners import structures
from dashboards.indicators.selectors.standing import structures_by_place
from tests.plugins.extent import sampled

BEGINS, ENDS = dt.date(2025, 9, 1), dt.date(2026, 9, 30)
DAYS = [BEGINS + dt.timedelta(days=5 * number) for number in range((ENDS - BEGINS).days // 5 + 1)]


def day(draw, first: dt.date, last: dt.date) -> dt.date:
    return first + dt.timedelta(days=draw.randrange((last - first).days + 1))


def write(world, draw) -> None:
    """Conventions signed late, ended, denounced; three versions, one of them minor; suspensions lifted or not."""
    versions = [
        world.standard(dt.date(2025, 6, 1)),
        world.standard(dt.date(2025, 11, 15), is_major=False),
        world.standard(dt.date(2026, 3, 1)),
    ]
    for number, place in enumerate(["13", "59", "38", "971", "33", "2A", "69", "75", "987", "13", "59", "38"]):
        signed = day(draw, dt.date(2025, 8, 1), dt.date(2026, 2, 1))
        house = world.structure(f"Maison {number}", place, signed_on=signed)
        begins = signed + dt.timedelta(days=draw.choice([0, 0, 20]))
        ended = draw.choice([None, None, day(draw, begins, ENDS)])
        denounced = draw.choice([None, None, day(draw, begins, ENDS)])
        Convention.objects.filter(partner=house).update(
            starts_on=begins, ends_on=ended, denounced_on=denounced, stage="denounced" if denounced else "signed"
        )
        for version in draw.sample(versions, draw.choice([1, 2, 3])):
            world.acknowledge(version, house, day(draw, version.effective_on, dt.date(2026, 7, 1)))
        if draw.random() < 0.5:
            begins = day(draw, BEGINS, ENDS)
            lifted = begins + dt.timedelta(days=draw.randrange(40)) if draw.random() < 0.6 else None
            partner_suspend(partner=house, starts_on=begins, ends_on=lifted, reason="Visite")
        closed = day(draw, signed, ENDS) if draw.random() < 0.3 else None
        Partner.objects.filter(pk=house.pk).update(closed_on=closed, is_test=draw.random() < 0.1)
    for code, place in (("67A", "67"), ("20R", "2A"), ("69M", "69"), ("974", "974"), ("44", "44")):
        world.authority(code, place, signed_on=draw.choice([dt.date(2025, 9, 20), dt.date(2026, 3, 1), None]))


@pytest.mark.sampled
@pytest.mark.parametrize("seed", sampled([31, 32, 33], [31]))
def test_structures_and_territories_of_many_days_are_those_of_each_day(world, seed):
    write(world, random.Random(seed))
    with scope.acting(scope.FIGURES):
        found, covered = structures_by_place(DAYS), covered_by_day(DAYS)
        for one in DAYS:
            counted = structures(one).filter(line=COUNTED)
            assert found[one] == Counter(counted.order_by().values_list("territory_id", flat=True)), one
            assert covered[one].total() == found[one].total()
            assert covered[one].keys() == {row.territory for row in coverage(one, BEGINS) if row.is_covered}, one
    assert len({places.total() for places in found.values()}) > 4  # the network moved, days were told apart
