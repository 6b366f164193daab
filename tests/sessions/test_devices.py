"""Whoever knows an address guesses no password, and keeps nobody out."""

import pytest
from django.core import mail, signing
from django.core.cache import caches
from django.test import Client

from cms.users.devices import COOKIE, SALT
from tests.cast.people import PASSWORD
from tests.cast.session import code_of
from tests.queue import queue_run

WRONG = "un mot de passe faux"
GENDARME = "gendarme@havre.example"


@pytest.fixture(autouse=True)
def _nothing_counted():
    caches["limits"].clear()
    yield
    caches["limits"].clear()


def enter(client: Client, password: str = PASSWORD, email: str = GENDARME, **options):
    return client.post("/compte/login/", {"login": email, "password": password}, **options)


def is_in(answer) -> bool:
    return answer.status_code == 302


def at(network: str, number: int = 0) -> Client:
    return Client(REMOTE_ADDR=f"{network}.{number}")


def known(seed_of, key: str = "gendarme") -> Client:
    """A browser from which the gendarme entered once, and left."""
    secret = seed_of(key)
    client = Client()
    enter(client)
    assert COOKIE not in client.cookies, "the password alone makes no browser known"
    client.post("/compte/2fa/authenticate/", {"code": code_of(secret)})
    assert COOKIE in client.cookies
    client.post("/compte/logout/")
    assert client.cookies[COOKIE].value
    return client


def test_five_wrong_passwords_of_a_stranger_stop_the_stranger_alone(cast):
    for _ in range(5):
        enter(at("203.0.113"), WRONG)
    stopped = enter(at("203.0.113"))
    assert not is_in(stopped)
    assert "Attendez cinq minutes" in stopped.content.decode()
    assert is_in(enter(Client()))


def test_a_known_browser_is_stopped_by_its_own_tries_alone(cast, seed_of, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login_failed_account": "10/h/key"}
    mine = known(seed_of)
    for number in range(10):  # from everywhere, its own network included
        enter(at("203.0.113", number), WRONG)
        enter(Client(), WRONG)
    assert not is_in(enter(at("198.51.100"))), "the account is stopped for every browser that it does not know"
    assert is_in(enter(mine))
    mine.post("/compte/logout/")
    for _ in range(5):
        enter(mine, WRONG)
    assert not is_in(enter(mine))


def test_a_right_password_forgives_no_wrong_one(cast):
    thief = at("203.0.113")
    for _ in range(4):
        enter(thief, WRONG)
    assert is_in(enter(at("203.0.113"), email="ase@havre.example"))
    assert is_in(enter(at("203.0.113")))
    enter(thief, WRONG)
    assert not is_in(enter(at("203.0.113")))


def test_an_account_that_does_not_exist_is_stopped_alike(db):
    pages = []
    for email in ("inconnu@havre.example", GENDARME):
        for _ in range(5):
            enter(at("203.0.113"), WRONG, email)
        pages.append(enter(at("203.0.113"), PASSWORD, email))
    assert {page.status_code for page in pages} == {200}
    assert [str(page.context["form"].errors) for page in pages][0] == str(pages[1].context["form"].errors)


def test_the_cookie_says_nobody_and_is_read_by_no_script(cast, seed_of):
    cookie = known(seed_of).cookies[COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    told = str(signing.loads(cookie.value, salt=SALT))
    assert "gendarme" not in told
    assert str(cast["gendarme"].pk) not in told


@pytest.mark.parametrize(
    "forged",
    ["x", "W10:1abc:2def", signing.dumps([["a", "b", 9_999_999_999]], salt="autre")],
    ids=["text", "form", "signature"],
)
def test_a_cookie_that_we_did_not_sign_counts_for_nothing(cast, forged):
    for _ in range(5):
        client = at("203.0.113")
        client.cookies[COOKIE] = forged
        enter(client, WRONG)
    client = at("203.0.113")
    client.cookies[COOKIE] = forged
    assert not is_in(enter(client))


def test_a_browser_is_known_to_the_account_that_entered_alone(cast, seed_of):
    mine = known(seed_of)
    for _ in range(5):
        enter(mine, WRONG, "ase@havre.example")
    assert not is_in(enter(mine, email="ase@havre.example"))
    assert is_in(enter(mine))


def test_a_reset_by_mail_opens_at_once(committed):
    for _ in range(5):
        enter(Client(), WRONG)
    client = Client()
    client.post("/compte/password/reset/", {"email": GENDARME})
    queue_run()
    link = next(word for word in mail.outbox[-1].body.split() if "/compte/password/reset/key/" in word)
    page = client.get("/compte" + link.split("/compte")[1], follow=True)
    words = "quatre chaises vertes au grenier"
    client.post(page.redirect_chain[-1][0], {"password1": words, "password2": words})
    assert is_in(enter(Client(), words))
