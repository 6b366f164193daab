"""A passkey in a real Chromium: added, then enough to sign in; a key that is nobody’s opens nothing and is written."""

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import caches
from django.db import connection
from playwright.sync_api import CDPSession, Page, expect

from cms.users.models import User
from cms.wall import scope
from tests.browser.conftest import PHONE
from tests.browser.look import look
from tests.cast.people import PASSWORD
from tests.cast.session import code_of

KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def plug_key(page: Page) -> tuple[CDPSession, str]:
    """A virtual authenticator, as the fingerprint reader of a phone."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    return session, session.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})["authenticatorId"]


def enter_password(page: Page, email: str) -> None:
    page.goto("/compte/login/")
    page.get_by_label("Adresse électronique").fill(email)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter", exact=True).click()


def sign_out(page: Page) -> None:
    page.goto("/compte/logout/")
    page.get_by_role("main").get_by_role("button").first.click()
    page.wait_for_url(lambda url: "/logout/" not in url)
    page.goto("/mon-compte/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Se connecter")


def show_key(page: Page) -> None:
    page.get_by_role("button", name="Me connecter avec ma clé d’accès").click()


def refusals() -> list[tuple]:
    with scope.acting(User.objects.get(email="direction@havre.example")), connection.cursor() as cursor:
        cursor.execute("SELECT outcome, details->>'means' FROM journal_line WHERE action = 'auth.refused'")
        return cursor.fetchall()


def test_a_passkey_is_added_signs_in_and_another_is_refused(open_context, settings):
    settings.HAVRE_FICTITIOUS = False
    caches["limits"].clear()
    page = open_context(width=PHONE).new_page()
    session, key = plug_key(page)
    enter_password(page, "gendarme@havre.example")
    look(page, "passkey-1-set-up", "Double authentification")
    page.get_by_role("link", name="Ajouter une clé").click()
    look(page, "passkey-2-confirm", "Confirmez que c’est bien vous")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Confirmer").click()
    look(page, "passkey-3-add", "Ajouter une clé d’accès")
    page.get_by_role("button", name="Ajouter cette clé").click()
    look(page, "passkey-4-codes", "Mes codes de secours")
    page.goto("/mon-compte/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mon compte")

    sign_out(page)
    show_key(page)
    page.wait_for_url(lambda url: "/compte/" not in url)
    page.goto("/mon-compte/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mon compte")
    assert refusals() == []

    # The key stays in the phone, and the account forgets it: it has become the key of nobody here.
    sign_out(page)
    User.objects.get(email="gendarme@havre.example").authenticator_set.all().delete()
    show_key(page)
    expect(page.get_by_text("Cette clé n’est pas reliée à ce compte")).to_be_visible()
    page.goto("/mon-compte/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Se connecter")
    assert refusals() == [("refused", "webauthn")]
    session.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": key})


def test_a_role_that_asks_for_a_key_is_led_from_its_code_to_a_key(open_context, settings):
    settings.HAVRE_FICTITIOUS = False
    settings.HAVRE_PASSKEY_ROLES = frozenset({"coordination"})
    caches["limits"].clear()
    secret = generate_totp_secret()
    person = User.objects.get(email="coordination@havre.example")
    TOTP.activate(person, secret)
    (spare, *_) = RecoveryCodes.activate(person).get_unused_codes()
    page = open_context().new_page()
    plug_key(page)
    enter_password(page, "coordination@havre.example")
    page.get_by_label("Code").first.fill(code_of(secret))
    page.get_by_role("button", name="Entrer", exact=True).click()
    expect(page.get_by_text("Votre rôle demande une clé d’accès")).to_be_visible()
    page.get_by_role("link", name="Ajouter une clé").click()
    page.get_by_label("Code").first.fill(spare)
    page.get_by_role("button", name="Confirmer").click()
    page.get_by_role("button", name="Ajouter cette clé").click()
    expect(page.get_by_text("Votre clé d’accès est ajoutée.")).to_be_visible()
    expect(page.get_by_text("Votre rôle demande une clé d’accès")).to_have_count(0)
    page.goto("/mon-compte/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mon compte")
