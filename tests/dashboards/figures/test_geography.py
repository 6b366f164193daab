"""Authorities and départements: 100 of the ones, 101 of the others, and the places where they do not match."""

import datetime as dt

import pytest

from cms.partners.book.services import PartnerCard, partner_create
from cms.partners.conventions.pipeline.services import conventions_expire
from cms.partners.conventions.services import convention_advance, partner_suspend
from cms.partners.enums import PartnerKind, Stage
from dashboards.figures.selectors.report import figures_for
from dashboards.periods import Period

PERIOD = Period(dt.date(2026, 1, 1), dt.date(2026, 6, 30))
SIGNED = dt.date(2026, 2, 1)


def figures(world):
    results = figures_for(world.by, PERIOD).results
    return {
        "authorities": results["I4"].figure("I4.authorities").value,
        "structures": results["I4"].figure("I4.structures").value,
        "covered": results["I5"].figure("I5").value,
        "overseas": results["I5"].figure("I5.overseas").value,
    }


def gained(world, act) -> dict[str, int]:
    before = figures(world)
    act()
    after = figures(world)
    return {key: after[key] - before[key] for key in after if after[key] != before[key]}


def notes(world) -> str:
    return " ".join(figures_for(world.by, PERIOD).results["I5"].notes)


@pytest.mark.parametrize(("code", "territory"), [("67A", "67"), ("20R", "2A")])
def test_one_authority_over_two_departements(world, code, territory):
    assert gained(world, lambda: world.authority(code, territory, signed_on=SIGNED)) == {
        "authorities": 1,
        "covered": 2,
    }


def test_lyon_covers_the_rhone_in_part_then_the_rhone_completes_it(world):
    assert gained(world, lambda: world.authority("69M", "69", signed_on=SIGNED)) == {"authorities": 1, "covered": 1}
    assert "Rhône (69) est couvert en partie" in notes(world)
    assert gained(world, lambda: world.authority("69D", "69", signed_on=SIGNED)) == {"authorities": 1}
    assert "en partie" not in notes(world)


def test_an_overseas_departement_is_counted_in_both(world):
    assert gained(world, lambda: world.authority("974", "974", signed_on=SIGNED)) == {
        "authorities": 1,
        "covered": 1,
        "overseas": 1,
    }


def test_saint_martin_is_named_apart(world):
    def sign():
        partner = partner_create(
            PartnerCard(
                kind=PartnerKind.STATE, code_name="Collectivité de Saint-Martin", opened_on=SIGNED, territory_id="978"
            )
        )
        world.sign(partner, SIGNED)

    assert gained(world, sign) == {}
    assert "Saint-Martin" in notes(world)


def test_a_structure_alone_covers_its_departement(world):
    version = world.standard(SIGNED)
    house = world.structure("Seule en Isère", "38", signed_on=SIGNED)
    assert gained(world, lambda: world.acknowledge(version, house, SIGNED)) == {"structures": 1, "covered": 1}


def test_two_structures_of_one_departement_cover_it_once(world):
    version = world.standard(SIGNED)
    houses = [world.structure(f"Isère {number}", "38", signed_on=SIGNED) for number in (1, 2)]

    def sign():
        for house in houses:
            world.acknowledge(version, house, SIGNED)

    assert gained(world, sign) == {"structures": 2, "covered": 1}


def test_the_departement_of_a_structure_is_nowhere_in_words(world):
    version = world.standard(SIGNED)
    house = world.structure("Seule en Isère", "38", signed_on=SIGNED)
    world.acknowledge(version, house, SIGNED)
    result = figures_for(world.by, PERIOD).results["I4"]
    words = [row.label for item in result.breakdowns for row in item.rows]
    assert "Auvergne-Rhône-Alpes" in words
    assert not any("Isère" in word for word in words)


def test_a_suspended_structure_is_apart(world):
    version = world.standard(SIGNED)
    house = world.structure("Suspendue", "38", signed_on=SIGNED)
    world.acknowledge(version, house, SIGNED)
    lost = gained(world, lambda: partner_suspend(partner=house, starts_on=dt.date(2026, 6, 1), reason="Visite"))
    assert lost == {"structures": -1, "covered": -1}
    assert figures_for(world.by, PERIOD).results["I4"].figure("I4.suspended").value == 1


def test_a_convention_counts_on_the_last_day_of_the_period_only_if_it_is_in_force(world):
    partner = world.authority("13", "13")
    convention = world.sign(partner, SIGNED, ends_on=dt.date(2026, 6, 29))
    assert figures(world)["authorities"] == 1  # the authority of the cast
    results = figures_for(world.by, Period(PERIOD.first, dt.date(2026, 6, 29))).results
    assert results["I4"].figure("I4.authorities").value == 2
    grid = next(grid for grid in figures_for(world.by, PERIOD).results["I4"].grids if grid.code == "pipeline")
    assert {row[0]: row[1] for row in grid.rows}["Échue"] == 1
    convention_advance(convention=convention, stage=Stage.DENOUNCED, on=dt.date(2026, 3, 1))
    results = figures_for(world.by, Period(PERIOD.first, dt.date(2026, 6, 29))).results
    assert results["I4"].figure("I4.authorities").value == 1


@pytest.mark.parametrize(
    ("last", "counted"),
    [(dt.date(2026, 3, 31), 1), (dt.date(2026, 5, 29), 1), (dt.date(2026, 5, 31), 0)],
)
def test_a_newer_version_is_tolerated_for_sixty_days(world, last, counted):
    first = world.standard(dt.date(2026, 1, 1))
    house = world.structure("Fidèle", "38", signed_on=dt.date(2026, 1, 1))
    world.acknowledge(first, house, dt.date(2026, 1, 2))
    world.standard(dt.date(2026, 4, 1))
    results = figures_for(world.by, Period(PERIOD.first, last)).results
    assert results["I4"].figure("I4.structures").value == counted
    assert results["I4"].figure("I4.unsigned").value == 2 + (1 - counted)  # with the two structures of the cast


def test_a_minor_version_asks_for_no_new_signature(world):
    first = world.standard(dt.date(2026, 1, 1))
    house = world.structure("Fidèle", "38", signed_on=dt.date(2026, 1, 1))
    world.acknowledge(first, house, dt.date(2026, 1, 2))
    world.standard(dt.date(2026, 2, 1), is_major=False)
    assert figures(world)["structures"] == 1


def test_states_are_read_month_by_month(world):
    world.authority("67A", "67", signed_on=dt.date(2026, 3, 15))
    rows = figures_for(world.by, PERIOD).results["I5"].breakdown("by_month").rows
    assert [row.n for row in rows] == [1, 1, 3, 3, 3, 3]


def test_a_convention_leaves_the_figures_on_the_civil_day_after_its_last(world):
    """Authority and structure, indicators 4 and 5; and the job of the morning, whenever it runs, changes no figure."""
    last = dt.date(2026, 5, 31)
    version = world.standard(SIGNED)
    world.sign(world.authority("13", "13"), SIGNED, ends_on=last)
    house = world.structure("Fidèle", "38", signed_on=SIGNED)
    world.acknowledge(version, house, SIGNED)
    house.conventions.update(ends_on=last)

    def on(day: dt.date) -> list[int]:
        results = figures_for(world.by, Period(PERIOD.first, day)).results
        codes = (("I4", "I4.authorities"), ("I4", "I4.structures"), ("I5", "I5"))
        return [results[code].figure(figure).value for code, figure in codes]

    before, after = on(last), on(last + dt.timedelta(days=1))
    assert [one - other for one, other in zip(before, after, strict=True)] == [1, 1, 2]
    assert conventions_expire(on=last + dt.timedelta(days=1)) == 2
    assert (on(last), on(last + dt.timedelta(days=1))) == (before, after)
