"""Sessions end when the account is closed or its password changes elsewhere."""

from django.test import Client

from tests.cast import PASSWORD

NEW = "une toute nouvelle phrase de passe"


def enter(password: str = PASSWORD) -> Client:
    client = Client()
    client.post("/compte/login/", {"login": "gendarme@havre.example", "password": password})
    return client


def test_closing_an_account_ends_its_sessions(cast):
    client = enter()
    assert client.get("/mon-compte/").status_code == 200
    cast["gendarme"].is_active = False
    cast["gendarme"].save()
    assert client.get("/mon-compte/").status_code == 302


def test_changing_the_password_ends_the_other_sessions(cast):
    here, elsewhere = enter(), enter()
    sent = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert here.post("/compte/password/change/", sent).status_code == 302
    assert here.get("/mon-compte/").status_code == 200
    assert elsewhere.get("/mon-compte/").status_code == 302
