"""The pages that ask why, then show: the portal's and the admin's."""

import pytest
from django.db import connection
from django.urls import reverse

from cms.partners.models import Partner
from cms.wall import scope
from cms.wall.models import Reveal
from tests.cast.situations import rows as cast_rows

WHY = {"reason": "danger", "words": "Fugue dans la nuit."}


@pytest.fixture
def rows(cast):
    return cast_rows()


def shown(client, address: str, marker: str, why=WHY) -> str:
    """Ask, say why, read; answers the page."""
    asked = client.get(address)
    assert asked.status_code == 200
    assert marker not in asked.content.decode()
    answer = client.post(address, why)
    assert (answer.status_code, answer.headers["Location"]) == (302, address)
    page = client.get(address)
    assert "no-store" in page.headers["Cache-Control"]
    text = page.content.decode()
    assert marker in text
    assert marker not in text.split("</title>")[0]
    assert "jusqu’à" in text
    return text


@pytest.mark.parametrize("key", ["director_a", "educator_a"])
def test_the_team_opens_the_identity_of_the_minor_that_it_houses(client_of, rows, key):
    text = shown(client_of(key), reverse("cases:stay_identity", args=[rows["placement_a"].pk]), "MARQUEUR-NOM-A")
    assert "15/03/2010" in text


@pytest.mark.parametrize(("key", "stay"), [("director_a", "placement_a"), ("ase", "placement_b")])
def test_the_address_is_opened_by_the_team_and_by_who_follows_the_stay(client_of, rows, key, stay):
    shown(client_of(key), reverse("cases:stay_address", args=[rows[stay].pk]), "MARQUEUR-ADRESSE")


def test_the_coordination_opens_both_in_the_admin(client_of, rows):
    client = client_of("coordination")
    shown(client, reverse("cases_case:reveal", args=[rows["case_a"].pk]), "MARQUEUR-PRENOM-A")
    shown(client, reverse("partners_partner:reveal", args=[rows["placement_a"].partner_id]), "MARQUEUR-ADRESSE-A")


def test_what_is_open_to_one_is_closed_to_the_next(client_of, rows):
    address = reverse("cases_case:reveal", args=[rows["case_a"].pk])
    shown(client_of("coordination"), address, "MARQUEUR-NOM-A")
    assert "MARQUEUR-NOM-A" not in client_of("direction").get(address).content.decode()


@pytest.mark.parametrize("name", ["stay_identity", "stay_address"])
def test_without_a_reason_nothing_opens(client_of, rows, name):
    response = client_of("director_a").post(reverse(f"cases:{name}", args=[rows["placement_a"].pk]))
    assert response.status_code == 422
    assert "Choisissez le motif." in response.content.decode()


def test_the_admin_asks_for_the_reason_too(client_of, rows):
    response = client_of("coordination").post(reverse("cases_case:reveal", args=[rows["case_a"].pk]))
    assert response.status_code == 422
    assert "Choisissez le motif." in response.content.decode()


def test_a_service_without_the_need_is_refused_and_it_is_written(client_of, rows, acting_as):
    stay = rows["placement_a"]
    for name in ("stay_identity", "stay_address"):
        assert client_of("gendarme").post(reverse(f"cases:{name}", args=[stay.pk]), WHY).status_code == 404
    with acting_as("direction"):
        assert not Reveal.objects.exists()
        assert lines("access.reveal.refused", stay.partner_id) == 1


def test_each_showing_leaves_a_line(client_of, rows, acting_as):
    client, case = client_of("coordination"), rows["case_a"]
    address = reverse("cases_case:reveal", args=[case.pk])
    shown(client, address, "MARQUEUR-NOM-A")
    client.get(address)
    with acting_as("direction"):
        assert lines("access.reveal.open", case.pk) == 1
        assert lines("cases.identity.read", case.pk) == 2


def lines(action, object_id) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM journal_line WHERE action = %s AND object_id = %s", [action, object_id])
        return cursor.fetchone()[0]


def test_the_file_of_a_partner_says_how_to_open_its_address(client_of, rows, acting_as):
    with acting_as("coordination"):
        partner = Partner.objects.get(code_name="Les Tilleuls")
    text = client_of("coordination").get(reverse("partners_partner:inspect", args=[partner.pk])).content.decode()
    assert reverse("partners_partner:reveal", args=[partner.pk]) in text
    assert "MARQUEUR" not in text
    assert scope.current() == scope.NOBODY
