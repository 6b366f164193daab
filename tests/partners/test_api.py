"""What another software reads of partners, places and conventions."""

import pytest
from django.utils import timezone

from cms.partners.models import Convention, Partner, Place
from tests.api.reading import everything, problem
from tests.cast.session import token_header


@pytest.fixture
def partners(cast, acting_as):
    with acting_as("coordination"):
        return {key: Partner.objects.get(code_name=name) for key, name in (("a", "Les Tilleuls"), ("b", "Aubépine"))}


def test_each_reads_the_own_places_by_session_and_by_token(client, client_of, cast, partners):
    rows = everything(client_of("director_a"), "/api/v1/places/")
    assert {row["partner"]["name"] for row in rows} == {"Les Tilleuls"}
    header = token_header(cast["director_a"])
    assert everything(client, "/api/v1/places/", **header) == rows


def test_the_coordination_reads_every_partner(client_of, acting_as, partners):
    browser = client_of("coordination")
    with acting_as("coordination"):
        counts = [
            rows.count()
            for rows in (
                Partner.objects.filter(is_test=False),
                Place.objects.filter(partner__is_test=False),
                Convention.objects.filter(partner__is_test=False),
            )
        ]
    found = [everything(browser, f"/api/v1/{name}/?page_size=3") for name in ("partners", "places", "conventions")]
    assert [len(rows) for rows in found] == [len({row["id"] for row in rows}) for rows in found] == counts


def test_hidden_and_missing_are_the_same(client_of, acting_as, partners):
    browser = client_of("director_a")
    with acting_as("coordination"):
        hidden = partners["b"].conventions.get().pk
    bodies = [
        problem(browser.get(f"/api/v1/{address}/"), 404)
        for address in (f"conventions/{hidden}", f"conventions/{Partner().pk}", "conventions/zzz")
    ]
    told = [{key: value for key, value in body.items() if key != "instance"} for body in bodies]
    assert told[0] == told[1] == told[2]
    assert everything(browser, f"/api/v1/conventions/?partner={partners['b'].pk}") == []


def test_no_field_says_where_a_structure_is(client_of, partners):
    browser = client_of("coordination")
    [row] = [row for row in everything(browser, "/api/v1/partners/") if row["id"] == str(partners["a"].pk)]
    assert set(row) == {
        "id", "kind", "code_name", "structure_type", "requester_type", "territory", "ase_authority", "opened_on",
        "closed_on", "is_suspended", "places",
    }  # fmt: skip
    assert set(everything(browser, "/api/v1/places/")[0]) == {"id", "partner", "starts_on", "ends_on", "is_extra"}


def test_capacity_counts_the_lasting_places_of_today(client_of, acting_as, partners):
    today = timezone.localdate()
    with acting_as("coordination"):
        rows = Place.objects.on(today).lasting().filter(partner=partners["a"]).count()
    answer = client_of("director_a").get(f"/api/v1/partners/{partners['a'].pk}/").json()
    assert answer["places"] == rows > 0


@pytest.mark.parametrize(
    ("query", "kept"),
    [("kind=structure", {"structure"}), ("kind=ase", {"ase"}), ("closed_on__isnull=true&kind=state", {"state"})],
)
def test_a_filter_keeps_what_it_says(client_of, partners, query, kept):
    rows = everything(client_of("coordination"), f"/api/v1/partners/?{query}")
    assert {row["kind"] for row in rows} <= kept


def test_an_order_is_followed_both_ways(client_of, partners):
    browser = client_of("coordination")
    up = [row["id"] for row in everything(browser, "/api/v1/places/?ordering=starts_on&page_size=2")]
    down = [row["id"] for row in everything(browser, "/api/v1/places/?ordering=-starts_on&page_size=3")]
    assert up == down[::-1]
