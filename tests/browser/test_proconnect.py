"""Through ProConnect and back in a real Chromium, whose policy of forms holds every redirection."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.look import look
from tests.proconnect.conftest import provider, running_provider
from tests.proconnect.provider import PASSWORD

__all__ = ["provider", "running_provider"]


@pytest.fixture
def there(provider, server, watch, settings):
    """The provider leads back to our server; its pages are another host, and are not ours to judge."""
    settings.HAVRE_FICTITIOUS = True
    provider.leads_back_to(server)
    settings.WAGTAILADMIN_BASE_URL = server
    watch.also.add(provider.issuer)
    return provider


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_a_first_sign_in_goes_there_and_comes_back(open_context, there, width):
    there.person("navigatrice")
    page = open_context(width=width).new_page()
    page.goto("/compte/login/")
    page.get_by_text("Qu’est-ce que ProConnect").click()
    look(page, "proconnect-sign-in", "Se connecter")
    page.get_by_role("button", name="S’identifier avec ProConnect").click()
    page.wait_for_url(re.compile(f"{there.issuer}/.*"))
    page.locator("input[name=login]").fill("navigatrice")
    page.locator("input[name=login]").press("Enter")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url("**/compte/proconnect/demande/")
    look(page, "proconnect-waiting", "Votre demande est transmise à la coordination")


def test_a_session_already_open_there_crosses_the_policy_of_forms_in_one_go(open_context, there):
    there.signed_in = there.person("deja-la")
    page = open_context(width=PHONE).new_page()
    page.goto("/compte/login/")
    page.get_by_role("button", name="S’identifier avec ProConnect").click()
    page.wait_for_url("**/compte/proconnect/demande/")


def test_linking_leaving_and_what_goes_wrong(sign_in, there, watch):
    there.signed_in = there.person("titulaire")
    page = sign_in("gendarme", width=PHONE)
    page.goto("/mon-compte/")
    page.get_by_role("link", name="Relier mon compte à ProConnect").click()
    page.get_by_label("Mot de passe").fill("une phrase de passe pour essayer")
    page.get_by_role("button", name="Confirmer").click()
    look(page, "proconnect-link", "Relier mon compte à ProConnect")
    page.get_by_role("button", name="S’identifier avec ProConnect").click()
    page.wait_for_url("**/mon-compte/")
    expect(page.get_by_role("main")).to_contain_text("Votre compte est relié à ProConnect depuis")
    page.context.clear_cookies()
    page.goto("/compte/login/")
    page.get_by_role("button", name="S’identifier avec ProConnect").click()
    page.wait_for_url(re.compile(r"/$"))
    page.get_by_text("Mon compte", exact=True).first.click()
    page.get_by_role("button", name="Se déconnecter").click()
    expect(page.get_by_role("main")).to_contain_text("Vous êtes déconnecté de Havre et de ProConnect")
    watch.expected.add(400)
    page.goto("/compte/proconnect/retour/?code=abc&state=faux")
    look(page, "proconnect-fault", "Cette connexion n’est plus valable")


def test_the_coordination_answers(sign_in, there):
    page = sign_in("coordination")
    page.goto("/admin/")
    page.get_by_role("link", name="Demandes de compte").click()
    look(page, "proconnect-requests", "Demandes de compte")
    page.get_by_role("main").get_by_role("link", name=re.compile(r"\d{4} \d\d:\d\d")).first.click()
    expect(page.get_by_role("main")).to_contain_text("Ce que ProConnect dit de la personne")
    look(page, "proconnect-request", "Demande du")
    page.get_by_role("link", name="Accepter").click()
    look(page, "proconnect-approve", "Accepter la demande")
