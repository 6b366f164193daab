"""A lost password, as an attacker asks for it: a false host, a silent server of mail, unknown addresses."""

import datetime as dt
import email
import re
import socket
from email.policy import default

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.kit.mails import mail_domain
from cms.sessions.mails import waiting_since
from cms.users.models import User
from tests.cast.people import PASSWORD
from tests.cast.session import code_of
from tests.queue import queue_run, queued

ASK, DONE = "/compte/password/reset/", "/compte/password/reset/done/"
KNOWN, UNKNOWN = "gendarme@havre.example", "personne@havre.example"


@pytest.fixture(autouse=True)
def house(db, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://havre.example"
    caches["limits"].clear()


def ask(address: str, **options) -> tuple[int, str]:
    answer = Client().post(ASK, {"email": address}, **options)
    return answer.status_code, answer["Location"]


def test_the_link_leads_to_the_site_whatever_host_was_said(cast, mails):
    assert ask(KNOWN, headers={"Host": "attaque.example"}) == (302, DONE)
    assert mails == []
    assert queue_run() == 1
    message = email.message_from_bytes(mails[0].encode(), policy=default)
    body = message.get_content()
    assert re.search(r"https://havre\.example/compte/password/reset/key/\S+", body)
    assert "attaque" not in mails[0]
    assert message["To"] == KNOWN
    assert message["Message-ID"].endswith("@havre.example>")


def test_the_link_chooses_a_new_password_once(cast, mails):
    ask(KNOWN)
    queue_run()
    message = email.message_from_bytes(mails[0].encode(), policy=default)
    link = re.search(r"https://havre\.example(/\S+)", message.get_content())[1]
    browser = Client()
    page = browser.get(link, follow=True)
    new = "Vingt-deux pommes au grenier"
    assert browser.post(page.redirect_chain[-1][0], {"password1": new, "password2": new}).status_code == 302
    assert User.objects.get(email=KNOWN).check_password(new)
    assert "ne fonctionne plus" in Client().get(link, follow=True).content.decode()


def test_a_known_and_an_unknown_address_are_the_same_to_whoever_asks(cast):
    ask(KNOWN)  # what a first request alone reads is read
    seen = []
    for address in (KNOWN, UNKNOWN, KNOWN.upper()):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = ask(address)
        seen.append((answer, len(queries)))
        assert not any("users_user" in query["sql"] for query in queries)
        assert address.lower() not in str(queued())
    assert len(set(seen)) == 1, seen


def test_an_unknown_address_and_a_closed_account_receive_nothing(cast, mails, mail_server):
    cast["director_a"].is_active = False
    cast["director_a"].save()
    for address in (UNKNOWN, "director-a@havre.example", "pas une adresse"):
        Client().post(ASK, {"email": address})
    assert queue_run() == 2
    assert mails == []


@pytest.fixture
def silent(settings):
    """A server that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.getsockname()
        settings.EMAIL_TIMEOUT = 0.2
        server.setblocking(False)
        yield server


def test_a_silent_server_holds_a_worker_for_its_time_and_nobody_else(cast, silent):
    assert ask(KNOWN) == ask(UNKNOWN) == (302, DONE)
    with pytest.raises(BlockingIOError):
        silent.accept()  # no request spoke to it
    with pytest.raises(OSError, match="timed out"):
        queue_run()
    assert len(queued()) == 2


def test_an_unknown_address_waits_for_a_silent_server_as_a_known_one_does(cast, silent):
    ask(UNKNOWN)
    with pytest.raises(OSError, match="timed out"):
        queue_run()


def test_the_page_says_that_a_message_waits_and_never_that_it_left(cast, mails):
    assert "en attente d’envoi" in Client().get(DONE).content.decode()
    ask(UNKNOWN)
    late = timezone.now() + dt.timedelta(minutes=3)
    assert waiting_since() is None
    assert waiting_since(late) is not None
    queue_run()
    assert waiting_since(late) is None


def test_a_change_of_password_waits_in_the_queue_with_its_transaction(cast, client_of, silent):
    from allauth.account.adapter import get_adapter
    from django.db import transaction

    with pytest.raises(ZeroDivisionError), transaction.atomic():  # noqa: PT012 (the act, then what undoes it)
        get_adapter().send_notification_mail("account/email/password_changed", cast["gendarme"])
        raise ZeroDivisionError
    assert queued() == []
    get_adapter().send_notification_mail("account/email/password_changed", cast["gendarme"])
    [(_, _, arguments)] = queued()
    assert "@" not in str(arguments)
    with pytest.raises(BlockingIOError):
        silent.accept()


@pytest.mark.parametrize(
    ("base", "domain"),
    [
        ("https://havre.example", "havre.example"),
        ("https://havre.example:8443/", "havre.example"),
        ("http://127.0.0.1:8000", "havre.invalid"),
    ],
)
def test_identifiers_of_messages_bear_the_domain_of_the_site(settings, base, domain):
    settings.WAGTAILADMIN_BASE_URL = base
    assert mail_domain() == domain


def enter(browser: Client, code: str) -> None:
    browser.post("/compte/login/", {"login": KNOWN, "password": PASSWORD})
    assert queued() == [], "the password alone tells nothing: nobody has entered"
    assert browser.post("/compte/2fa/authenticate/", {"code": code}).status_code == 302


def test_an_unknown_browser_is_told_to_the_person_and_a_known_one_is_not(cast, mails):
    secret, browser = generate_totp_secret(), Client()
    TOTP.activate(cast["gendarme"], secret)
    enter(browser, code_of(secret))
    assert queue_run() == 1
    message = email.message_from_bytes(mails[0].encode(), policy=default)
    assert "un appareil qui n’y était jamais entré" in message.get_content()
    browser.post("/compte/logout/")
    enter(browser, code_of(secret, steps=1))
    assert queued() == []
