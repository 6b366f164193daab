"""Where a role asks for a passkey, a code is refused in words, and leads to the page that adds a key."""

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import caches
from django.test import Client

from cms.sessions.second_factor import PASSKEY
from tests.cast.people import PASSWORD
from tests.cast.session import code_of, signed_in

SENTENCE = "Votre rôle demande une clé d’accès"


@pytest.fixture(autouse=True)
def _asked(settings):
    settings.HAVRE_FICTITIOUS = False
    settings.HAVRE_PASSKEY_ROLES = frozenset({"coordination", "direction"})
    caches["limits"].clear()
    yield
    caches["limits"].clear()


def enter(key: str, secret: str = "") -> Client:
    client = Client()
    client.post("/compte/login/", {"login": f"{key.replace('_', '-')}@havre.example", "password": PASSWORD})
    if secret:
        client.post("/compte/2fa/authenticate/", {"code": code_of(secret)})
    return client


def test_a_code_of_such_a_role_opens_nothing_and_says_what_to_do(seed_of, cast):
    client = enter("coordination", seed_of("coordination"))
    for path in ("/mon-compte/", "/admin/", "/boite/"):
        assert client.get(path)["Location"] == "/compte/2fa/", path
    assert client.get("/api/v1/formation/attendance/").status_code == 403
    page = client.get("/compte/2fa/").content.decode()
    assert SENTENCE in page
    assert "Coordination" in page
    assert 'href="/compte/2fa/webauthn/add/"' in page
    asked = client.get("/compte/2fa/webauthn/add/")["Location"]
    assert asked.startswith("/compte/2fa/reauthenticate/")
    (code, *_) = RecoveryCodes.activate(cast["coordination"]).get_unused_codes()
    confirmed = client.post(asked, {"code": code})
    assert client.get(confirmed["Location"]).status_code == 200
    assert confirmed["Location"] == "/compte/2fa/webauthn/add/"
    assert client.get("/mon-compte/")["Location"] == "/compte/2fa/", "a recovery code is no key either"


def test_whoever_enrols_is_told_before_linking_an_application(cast):
    client = enter("coordination")
    assert client.get("/mon-compte/")["Location"] == "/compte/2fa/"
    assert SENTENCE in client.get("/compte/2fa/").content.decode()
    asked = client.get("/compte/2fa/totp/activate/")["Location"]
    linking = client.post(asked, {"password": PASSWORD}, follow=True)
    assert SENTENCE in linking.content.decode()


def test_a_password_alone_adds_no_key_beside_the_application(cast):
    """The session is older than the application: it shows its code first."""
    client = enter("coordination")
    TOTP.activate(cast["coordination"], generate_totp_secret())
    assert client.get("/compte/2fa/webauthn/add/")["Location"].startswith("/compte/2fa/reauthenticate/")


def test_a_key_opens_and_a_code_beside_it_leads_to_the_key(seed_of, cast):
    secret = seed_of("coordination")
    cast["coordination"].authenticator_set.create(type=PASSKEY, data={"name": "Ma clé", "credential": {}})
    client = signed_in(cast["coordination"])  # a code was shown
    led = client.get("/mon-compte/")["Location"]
    assert led.startswith("/compte/2fa/webauthn/reauthenticate/")
    assert client.get("/compte/2fa/webauthn/add/")["Location"].startswith("/compte/2fa/webauthn/reauthenticate/")
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": PASSKEY, "at": 1}]
    session.save()
    assert client.get("/mon-compte/").status_code == 200
    assert secret


def test_other_roles_keep_their_codes(seed_of, cast):
    client = enter("gendarme", seed_of("gendarme"))
    assert client.get("/mon-compte/").status_code == 200
    assert SENTENCE not in client.get("/compte/2fa/").content.decode()


def test_a_role_that_is_none_stops_the_start(settings):
    from cms.sessions.checks import passkey_roles_check

    assert passkey_roles_check(None) == []
    settings.HAVRE_PASSKEY_ROLES = frozenset({"coordinatoin"})
    assert [error.id for error in passkey_roles_check(None)] == ["sessions.passkey_roles"]
