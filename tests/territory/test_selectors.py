import pytest

from cms.territory.models import Territory
from cms.territory.selectors import map_shapes, neighbours_of, territory_choices
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


def test_the_map_is_read_once():
    assert map_shapes() is map_shapes()
