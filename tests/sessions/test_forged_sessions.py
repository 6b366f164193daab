"""A session is worth what the sign-in page wrote in it: one made elsewhere is ended and led to that page."""

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client

from cms.wall import scope
from tests.cast.people import PASSWORD
from tests.cast.session import code_of, signed_in

FORGED = ["trainee", "gendarme", "coordination", "former_member"]


@pytest.fixture(params=[True, False], ids=["fictitious", "real"])
def _network(request, settings):
    settings.HAVRE_FICTITIOUS = request.param
    caches["limits"].clear()


def forged(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.usefixtures("_network")
@pytest.mark.parametrize("key", FORGED)
def test_a_session_that_shows_nothing_is_ended(cast, key):
    for path in ("/", "/mon-compte/", "/compte/2fa/", "/compte/password/change/", "/admin/"):
        client = forged(cast[key])
        answer = client.get(path)
        assert (answer.status_code, answer["Location"]) == (302, f"/compte/login/?next={path}"), path
        assert "_auth_user_id" not in client.session, path


@pytest.mark.usefixtures("_network")
def test_the_api_refuses_it_in_a_sentence(cast):
    answer = forged(cast["trainee"]).get("/api/v1/formation/sessions/")
    assert (answer.status_code, answer.json()["status"]) == (403, 403)


@pytest.mark.usefixtures("_network")
def test_it_is_written(cast):
    forged(cast["coordination"]).get("/admin/")
    with scope.acting(cast["direction"]), connection.cursor() as cursor:
        cursor.execute("SELECT outcome, object_id FROM journal_line WHERE action = 'auth.session.refused'")
        assert cursor.fetchall() == [("refused", cast["coordination"].pk)]


@pytest.mark.usefixtures("_network")
def test_what_somebody_else_showed_counts_for_nothing(cast):
    client = signed_in(cast["trainee"])
    session = client.session
    session["account_authentication_methods_user"] = str(cast["gendarme"].pk)
    session.save()
    assert client.get("/mon-compte/").status_code == 302


@pytest.mark.usefixtures("_network")
def test_the_door_opens_a_session_that_counts(cast):
    client = Client()
    client.post("/compte/login/", {"login": "trainee@havre.example", "password": PASSWORD})
    assert client.get("/mon-compte/").status_code == 200


def test_a_recovery_code_or_a_kind_that_no_role_accepts_is_no_door(cast, settings, seed_of):
    settings.HAVRE_FICTITIOUS = False
    seed_of("gendarme")
    client = signed_in(cast["gendarme"], method="password")
    session = client.session
    shown = {"method": "mfa", "type": "trust", "at": 0}
    session["account_authentication_methods"] = [*session["account_authentication_methods"], shown]
    session.save()
    assert client.get("/mon-compte/")["Location"].startswith("/compte/2fa/reauthenticate/")


def test_the_code_which_linked_an_application_does_not_sign_in_next(committed, settings):
    """In a database where requests commit: allauth says that a factor was added once the request is over."""
    settings.HAVRE_FICTITIOUS = False
    caches["limits"].clear()
    client = Client()
    entered = {"login": "director-b@havre.example", "password": PASSWORD}
    client.post("/compte/login/", entered)
    client.post("/compte/reauthenticate/", {"password": PASSWORD})
    secret = client.get("/compte/2fa/totp/activate/").context["form"].secret
    kept = client.session["mfa.totp.secret"]
    assert kept.startswith("hv1:")
    assert secret not in str(dict(client.session))
    wrong = client.post("/compte/2fa/totp/activate/", {"code": "000000"})
    assert wrong.context["form"].secret == secret
    assert secret not in str(dict(client.session))
    code = code_of(secret)
    assert client.post("/compte/2fa/totp/activate/", {"code": code})["Location"] == "/compte/2fa/recovery-codes/"
    assert "mfa.totp.secret" not in client.session
    other = Client()
    other.post("/compte/login/", entered)
    replayed = other.post("/compte/2fa/authenticate/", {"code": code})
    assert "a déjà servi" in replayed.content.decode()
    assert other.get("/mon-compte/").status_code == 302
