"""« Masquer l’écran »: signed in still, and nothing opens until a code is typed on a page that names nobody."""

import re

import pytest
from django.core.cache import caches
from django.urls import reverse

from cms.journal.models import JournalLine
from cms.wall import scope
from tests.cast.people import PASSWORD
from tests.cast.session import code_of, signed_in

NEUTRAL, MASK = "/meteo/", "/masquer/"
PAGES = ("/", "/mon-compte/", "/situations/demandes/", "/admin/", "/compte/2fa/", "/mon-compte/connexion/", "/pages/")


@pytest.fixture(autouse=True)
def _wide_limits():
    caches["limits"].clear()


@pytest.fixture
def masked(cast, seed_of):
    """Return a session of the coordination behind the neutral page, and the seed of its codes."""
    seed = seed_of("coordination")
    client = signed_in(cast["coordination"])
    assert client.post(MASK)["Location"] == NEUTRAL
    return client, seed


def words(page) -> str:
    return re.sub(r'value="[^"]*"', "", page.content.decode())


def test_every_page_leads_to_the_neutral_one(masked):
    client, _ = masked
    for address in PAGES:
        assert client.get(address)["Location"] == NEUTRAL
        assert client.post(address)["Location"] == NEUTRAL
    assert client.get(reverse("formation-session-list")).status_code == 403


def test_it_says_the_same_to_whoever_comes(masked, client):
    behind, _ = masked
    assert words(behind.get(NEUTRAL)) == words(client.get(NEUTRAL))
    assert words(behind.post(NEUTRAL, {"q": "59000"})) == words(client.post(NEUTRAL, {"q": "59000"}))
    assert "havre" not in words(client.get(NEUTRAL)).lower()


def test_a_code_opens_it_again_once_and_proves_nothing_more(masked, cast):
    client, seed = masked
    code = code_of(seed)
    shown = client.session["account_authentication_methods"]
    assert client.post(NEUTRAL, {"q": code})["Location"] == "/"
    assert client.get("/mon-compte/").status_code == 200
    assert client.session["account_authentication_methods"] == shown
    client.post(MASK)
    assert client.post(NEUTRAL, {"q": code}).status_code == 200
    assert client.get("/mon-compte/")["Location"] == NEUTRAL


def test_the_password_does_not_open_what_codes_open(masked):
    client, _ = masked
    assert client.post(NEUTRAL, {"q": PASSWORD}).status_code == 200
    assert client.get("/mon-compte/")["Location"] == NEUTRAL


def test_the_third_wrong_code_ends_the_session_without_a_word(masked, cast):
    client, seed = masked
    answers = [words(client.post(NEUTRAL, {"q": "000000"})) for _ in range(3)]
    assert answers[0] == answers[2]
    assert client.post(NEUTRAL, {"q": code_of(seed)}).status_code == 200
    assert client.get("/mon-compte/")["Location"].startswith("/compte/login/")
    with scope.acting(cast["direction"]):
        assert JournalLine.objects.filter(action="auth.refused", object_id=cast["coordination"].pk).count() == 3


def test_masking_twice_forgives_no_wrong_code(masked):
    client, _ = masked
    for _ in range(3):
        client.post(NEUTRAL, {"q": "000000"})
        client.post(MASK)
    assert client.get("/mon-compte/")["Location"].startswith("/compte/login/")


def test_without_codes_the_password_opens_it_and_without_either_it_ends(cast):
    client = signed_in(cast["trainee"])
    client.post(MASK)
    assert 'type="password"' in client.get(NEUTRAL).content.decode()
    assert client.post(NEUTRAL, {"q": PASSWORD})["Location"] == "/"
    cast["trainee"].set_unusable_password()
    cast["trainee"].save(update_fields=["password"])
    other = signed_in(cast["trainee"])
    other.post(MASK)
    assert other.get("/mon-compte/")["Location"].startswith("/compte/login/")


def test_it_is_asked_by_a_post_alone_and_by_who_is_signed_in(client, cast):
    assert signed_in(cast["trainee"]).get(MASK).status_code == 405
    assert client.post(MASK)["Location"].startswith("/compte/login/")
