"""The table of « Chercher un lieu »: one line a house, its worst warning as a pill, a map, the excluded by reason."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from cases.files.protection.services import keep_away_add
from cases.matching.admin import MOST_ASKED
from cases.matching.screen.words import point_of
from cases.matching.services import places_confirm
from cases.models import Sollicitation
from cms.territory.models import Territory
from cms.territory.selectors import neighbours_of, neighbours_of_many
from tests.admin.test_rules import queries_of
from tests.cases.matching.test_protection import A, B, profile
from tests.cases.steps import open_case, partner


@pytest.fixture
def as_coordination(cast, acting_as):
    with acting_as("coordination"):
        yield cast


@pytest.fixture
def searched(as_coordination, client_of):
    """A search in which A was seen just now and admits tonight, and nobody has seen B."""
    by = as_coordination["coordination"]
    sollicitation, case = open_case(as_coordination)
    keep_away_add(case=case, territory_id="59", reason_id="motif_eloignement:RESEAU", radius_km=200, by=by)
    profile(A, admission_days=0, takes_at_night=True)
    profile(B, admission_days=0, takes_at_night=True)
    places_confirm(partner=partner(A), free=2, by=by)
    return reverse("cases_sollicitation:places", args=[sollicitation.pk])


def soup_of(client_of, address) -> BeautifulSoup:
    return BeautifulSoup(client_of("coordination").get(address).content.decode(), "html.parser")


def searched_case(address: str):
    return Sollicitation.objects.get(pk=address.rstrip("/").split("/")[-2]).case


def plain(tag) -> str:
    return " ".join(tag.get_text(" ").replace("\u00a0", " ").split())


def test_a_house_is_one_line_with_its_worst_warning(client_of, searched):
    lines = {line.th.label.get_text(): line for line in soup_of(client_of, searched).select(".hv-houses tbody tr")}
    assert set(lines) == {A, B}
    assert "km" in plain(lines[A].select_one("[data-label='Éloignement']"))
    assert plain(lines[A].select_one("[data-label='Places, vues']")).startswith("2 à l’instant")
    assert plain(lines[A].select_one("[data-label='Admet']")) == "cette nuit"
    assert [plain(pill) for pill in lines[B].select(".hv-know > .hv-state")] == ["places à vérifier"]
    assert all(len(line.select(".hv-know > .hv-state")) <= 1 for line in lines.values())


def test_a_distance_is_never_both_for_and_against(client_of, searched):
    shown = soup_of(client_of, searched)
    assert any("km du lieu à éviter" in plain(line) for line in shown.select(".hv-favour"))
    assert not [line for line in shown.select(".hv-caution") if " km " in plain(line)]


def test_the_map_shows_what_to_keep_away_from_its_neighbours_and_each_house(client_of, searched):
    shown = soup_of(client_of, searched).select_one(".hv-places-map")
    assert len(shown.select(".hv-map-away")) == 1
    assert len(shown.select(".hv-map-near")) == len(neighbours_of("59"))
    assert sorted(dot["data-h"] for dot in shown.select(".hv-dot")) == ["1", "2"]
    assert "Nord" in shown["aria-label"]


def test_every_territory_has_a_place_on_the_map(as_coordination):
    codes = set(Territory.objects.values_list("code", flat=True))
    assert {code for code in codes if point_of(code) is None} == set()


def test_neighbours_of_several_leave_those_out(as_coordination):
    assert neighbours_of_many({"59", "62"}) == {*neighbours_of("59"), *neighbours_of("62")} - {"59", "62"}
    assert neighbours_of_many(set()) == set()


def test_the_excluded_stand_under_their_reason_and_one_that_protects_has_no_box(client_of, searched, as_coordination):
    profile(B, age_min=3, age_max=9)
    shown = soup_of(client_of, searched).select_one(".hv-left-out")
    assert plain(shown.summary) == "Écartées (1), et pourquoi"
    assert [plain(title) for title in shown.select("h2")] == ["1 hors d’âge"]
    assert len(shown.select("input[name=structures]")) == 1
    keep_away_add(
        case=searched_case(searched),
        territory_id=partner(B).territory_id,
        reason_id="motif_eloignement:RESEAU",
        by=as_coordination["coordination"],
    )
    assert not soup_of(client_of, searched).select(".hv-left-out input[name=structures]")


def test_five_at_most_are_asked_at_once(client_of, searched):
    boxes = [str(partner(name).pk) for name in (A, B)] * 3
    data = {"structures": boxes, "identification_level": "niveau_identification:SUSP"}
    answer = client_of("coordination").post(searched, data)
    assert answer.status_code == 422
    assert MOST_ASKED == 5
    assert "Cochez cinq structures au plus" in answer.content.decode()


def test_the_search_costs_few_queries(client_of, searched):
    assert queries_of(client_of("coordination"), searched) <= 15
