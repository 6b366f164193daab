"""What each person finds on arriving, and the pages that everybody may read."""

import io
import re

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection

from cms.portal.demo_accounts import DEMO_ACCOUNTS, DEMO_PASSWORD
from tests.cast.people import PEOPLE


def text_of(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.mark.parametrize(
    ("who", "sentence"),
    [
        ("anonymous", "Ce que chacun y fait"),
        ("coordination", "Ouvrir l’administration"),
        ("direction", "Ouvrir l’administration"),
        ("editor", "Ouvrir l’administration"),
        ("dpo", "Aucune fiche de mineur"),
        ("tech_admin", "sans aucune donnée sur les mineurs"),
        ("gendarme", "Un mineur victime à mettre à l’abri"),
        ("ase", "Un mineur victime à mettre à l’abri"),
        ("transmitter", "Un mineur vous inquiète"),
        ("director_a", "À faire"),
        ("educator_a", "Situation préoccupante"),
        ("state_reader", "Lire les indicateurs"),
        ("trainee", "Votre compte sert aux formations"),
        ("former_member", "Votre rattachement a pris fin"),
    ],
)
def test_each_person_is_told_what_they_can_do(client_of, who, sentence):
    page = text_of(client_of(who).get("/"))
    assert sentence in page
    assert page.count("<h1") == 1


@pytest.mark.parametrize("who", ["gendarme", "state_reader", "trainee", "former_member", "director_a", "transmitter"])
def test_no_one_from_outside_is_led_to_the_administration(client_of, who):
    assert "/admin/" not in text_of(client_of(who).get("/"))


def test_an_ended_membership_is_shown_without_its_partner(client_of):
    page = text_of(client_of("former_member").get("/mon-compte/"))
    assert "Terminé" in page
    assert "Tilleuls" not in page


def test_the_account_page_tells_roles_and_partner(client_of):
    page = text_of(client_of("director_a").get("/mon-compte/"))
    assert "Les Tilleuls" in page
    assert "Direction de structure" in page


def test_accounts_are_shown_on_a_fictitious_instance_alone(client, db, settings):
    shown = text_of(client.get("/compte/login/"))
    assert DEMO_PASSWORD in shown
    assert all(account["email"] in shown for account in DEMO_ACCOUNTS)
    settings.HAVRE_FICTITIOUS = False
    hidden = text_of(client.get("/compte/login/"))
    assert DEMO_PASSWORD not in hidden
    assert "gendarme@havre.example" not in hidden


def test_the_command_prints_every_account(settings):
    out = io.StringIO()
    call_command("demo_accounts", stdout=out)
    assert all(account["email"] in out.getvalue() for account in DEMO_ACCOUNTS)
    settings.HAVRE_FICTITIOUS = False
    with pytest.raises(CommandError):
        call_command("demo_accounts", stdout=out)


def test_the_demo_and_the_cast_hold_the_same_people():
    cast = {f"{key.replace('_', '-')}@havre.example" for key in PEOPLE}
    assert {account["email"] for account in DEMO_ACCOUNTS} <= cast


def test_probes_answer_without_account(client, db):
    assert client.get("/sante/vivant").status_code == 200
    assert client.get("/sante/pret").status_code == 200


def test_alive_asks_the_database_nothing_and_ready_says_when_it_is_gone(client, db):
    def gone(*args):
        raise OperationalError("connexion refusée")

    with connection.execute_wrapper(gone):
        assert client.get("/sante/vivant").status_code == 200
        assert client.get("/sante/pret").status_code == 503


def test_nothing_is_for_search_engines(client, db):
    assert client.get("/robots.txt").content.decode() == "User-agent: *\nDisallow: /\n"
