import json
import re

import pytest

from cms.territory.models import Territory
from cms.territory.selectors import GRID, MAP_FILE, lighter, map_shapes, neighbours_of, territory_choices
from cms.territory.services import territory_load


@pytest.fixture
def loaded(db):
    return territory_load()


def test_neighbours_are_symmetrical_and_never_oneself(loaded):
    pairs = set(Territory.neighbours.through.objects.values_list("from_territory", "to_territory"))
    assert len(pairs) > 400
    assert pairs == {(other, code) for code, other in pairs}
    assert all(code != other for code, other in pairs)


def test_neighbours_of_a_departement_and_of_an_island(loaded):
    assert neighbours_of("2A") == ["2B"]
    assert neighbours_of("90") == ["25", "68", "70", "88"]
    assert neighbours_of("974") == []


def test_choices_are_grouped_with_collectivities_last(loaded):
    groups = dict(territory_choices())
    assert {label: len(choices) for label, choices in groups.items()} == {
        "Métropole": 96,
        "Départements d’outre-mer": 5,
        "Collectivités d’outre-mer": 6,
    }
    assert groups["Métropole"][0] == ("01", "01 – Ain")
    assert ("2A", "2A – Corse-du-Sud") in groups["Métropole"]


def test_the_map_draws_every_territory(loaded):
    drawn = map_shapes()
    assert {shape.code for shape in drawn.shapes} == set(Territory.objects.values_list("code", flat=True))
    assert {shape.frame for shape in drawn.shapes} == {"metro"} | {box.frame for box in drawn.boxes}
    assert all(shape.path.startswith("M") for shape in drawn.shapes)
    assert {shape.code for shape in drawn.shapes if shape.frame == "idf"} == {"75", "92", "93", "94"}
    assert not any("'" in shape.name for shape in drawn.shapes)
    assert drawn.view_box == "0 0 900 990"


def points(path: str) -> list[tuple[int, int]]:
    """Every corner of an outline in whole steps, worked out as a browser does."""
    found = []
    for ring in path.split("M")[1:]:
        start, steps = ring.rstrip("z").split("l")
        x, y = map(int, start.split())
        found.append((x, y))
        numbers = [int(number) for number in re.findall(r"-?\d+", steps)]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            found.append((x, y))
    return found


def test_an_outline_keeps_its_corners_for_a_quarter_of_the_weight():
    shapes = json.loads(MAP_FILE.read_text(encoding="utf-8"))["shapes"]
    assert sum(len(lighter(shape["d"])) for shape in shapes) < 19_000
    for shape in shapes:
        corners = {
            tuple(GRID * round(float(n) / GRID) for n in point)
            for point in re.findall(r"([\d.]+),([\d.]+)", shape["d"])
        }
        drawn = set(points(lighter(shape["d"])))
        assert drawn <= corners, shape["code"]
        assert drawn, shape["code"]


def test_the_map_is_read_once():
    assert map_shapes() is map_shapes()
