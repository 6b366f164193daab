"""Attacks on accounts: taking the address of another, leaving the site with a link, reaching the doors unsigned."""

import pytest
from django.test import Client

from tests.cast.people import PASSWORD
from tests.cast.session import signed_in

ELSEWHERE = ["https://ailleurs.example/", "//ailleurs.example", "/\\ailleurs.example", "javascript:alert(1)"]


@pytest.mark.parametrize("action", ["action_add", "action_primary", "action_remove", "action_send"])
def test_nobody_takes_another_address(client_of, cast, action):
    client, before = client_of("gendarme"), cast["gendarme"].email
    response = client.post("/compte/email/", {action: "", "email": "personne@ailleurs.example"})
    assert response.status_code == 404
    cast["gendarme"].refresh_from_db()
    assert cast["gendarme"].email == before
    assert not cast["gendarme"].emailaddress_set.filter(email="personne@ailleurs.example").exists()


def test_no_link_confirms_an_address(client_of):
    assert client_of("gendarme").get("/compte/confirm-email/MQ:1a2b3c/").status_code == 404
    assert Client().get("/compte/confirm-email/").status_code == 302


def test_nobody_opens_an_account_alone(db):
    words = "une autre longue phrase de passe"
    Client().post("/compte/signup/", {"email": "intrus@ailleurs.example", "password1": words, "password2": words})
    assert not Client().login(email="intrus@ailleurs.example", password=words)


@pytest.mark.parametrize("address", ELSEWHERE)
def test_signing_in_and_out_stays_on_the_site(cast, address):
    client = Client()
    sent = {"login": "gendarme@havre.example", "password": PASSWORD, "next": address}
    assert client.post("/compte/login/", sent)["Location"] == "/"
    assert client.post("/compte/logout/", {"next": address})["Location"] == "/"


def test_signing_in_changes_the_session(cast):
    client = Client()
    client.session.save()
    before = client.session.session_key
    client.cookies["sessionid"] = before
    client.post("/compte/login/", {"login": "gendarme@havre.example", "password": PASSWORD})
    assert client.cookies["sessionid"].value != before


def test_asking_for_a_password_does_not_tell_who_has_an_account(cast):
    known = Client().post("/compte/password/reset/", {"email": "director-a@havre.example"})
    unknown = Client().post("/compte/password/reset/", {"email": "inconnu@havre.example"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])


@pytest.mark.parametrize("path", ["/situations/demander/", "/compte/logout/", "/api/v1/formation/attendance/"])
def test_a_form_of_another_site_writes_nothing(cast, path):
    client = signed_in(cast["gendarme"], enforce_csrf_checks=True)
    assert client.post(path, {}, content_type="application/json").status_code == 403
