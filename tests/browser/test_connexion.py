"""A connexion that comes to its end: the warning, staying, leaving, and what was typed found again."""

import datetime as dt

from django.utils import timezone
from playwright.sync_api import Page, expect

from cms.sessions.services import SIGN_IN, session_open
from cms.sessions.store import SessionStore
from cms.users.models import User
from cms.wall import scope
from cms.wall.middleware import SECRET
from tests.browser.conftest import PHONE
from tests.browser.look import look
from tests.cast.people import PASSWORD

DECLARE = "/situations/incidents/declarer/"
WORDS = "Trois appels d’un numéro inconnu depuis hier soir."


def age(page: Page, key: str, minutes: float) -> None:
    """Give this browser a connexion last seen some minutes ago."""
    user = User.objects.get(email=f"{key.replace('_', '-')}@havre.example")
    [cookie] = [cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "sessionid"]
    session = SessionStore(cookie)
    with scope.acting(user):
        at = timezone.now() - dt.timedelta(minutes=minutes)
        begun = session_open(user=user, device="Chrome sous Linux", at=at)
        session[SIGN_IN], session[SECRET] = str(begun.pk), begun.secret
    session.save()


def warning(page: Page):
    return page.get_by_role("form", name="Fin de la connexion")


def test_a_form_is_kept_while_it_is_typed_and_found_again_after_the_end(sign_in):
    page = sign_in("educator_a", width=PHONE)
    page.clock.install()
    page.goto(f"{DECLARE}?danger=non")
    expect(warning(page)).to_be_hidden()
    page.get_by_label("Les faits").fill(WORDS)
    page.clock.fast_forward(21_000)
    expect(page.get_by_text("Saisie gardée à")).to_be_visible()

    age(page, "educator_a", 14.2)
    page.clock.fast_forward("14:00")
    expect(warning(page)).to_contain_text("se termine dans moins d’une minute")
    look(page, "connexion-avertissement", "Déclarer une situation préoccupante")
    page.get_by_role("button", name="Rester connecté").click()
    expect(warning(page)).to_be_hidden()

    age(page, "educator_a", 16)
    page.clock.fast_forward("14:00")
    page.wait_for_url("**/compte/login/**")
    expect(page.get_by_text("a pris fin")).to_be_visible()
    assert WORDS not in page.content()

    page.get_by_label("Adresse électronique").fill("educator-a@havre.example")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url(f"**{DECLARE}**")
    look(page, "saisie-offerte", "Déclarer une situation préoccupante")
    page.get_by_role("link", name="Reprendre votre saisie").click()
    expect(page.get_by_label("Les faits")).to_have_value(WORDS)


def test_without_javascript_a_form_sent_too_late_is_found_again(sign_in):
    page = sign_in("educator_a", java_script_enabled=False)
    page.goto(f"{DECLARE}?danger=non")
    page.get_by_label("Les faits").fill(WORDS)
    age(page, "educator_a", 20)
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_text("votre saisie est gardée")).to_be_visible()
    page.get_by_label("Adresse électronique").fill("educator-a@havre.example")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    page.get_by_role("link", name="Reprendre votre saisie").click()
    expect(page.get_by_label("Les faits")).to_have_value(WORDS)
    page.goto(DECLARE)
    page.get_by_role("button", name="L’effacer").click()
    expect(page.get_by_text("La saisie gardée est effacée.")).to_be_visible()
    expect(page.get_by_role("link", name="Reprendre votre saisie")).to_have_count(0)


def test_the_back_office_warns_too(sign_in):
    page = sign_in("coordination")
    page.clock.install()
    page.goto("/admin/")
    age(page, "coordination", 13.5)
    page.clock.fast_forward("13:10")
    expect(warning(page)).to_contain_text("se termine dans une minute")
    page.get_by_role("button", name="Rester connecté").click()
    expect(warning(page)).to_be_hidden()


def test_the_connexions_of_two_browsers(sign_in):
    here, elsewhere = sign_in("gendarme"), sign_in("gendarme", width=PHONE)
    here.goto("/mon-compte/connexions/")
    look(here, "connexions", "Mes connexions")
    here.get_by_role("button", name="Mettre fin à toutes les autres").click()
    expect(here.get_by_text("Vos autres connexions sont terminées.")).to_be_visible()
    elsewhere.goto("/mon-compte/")
    elsewhere.wait_for_url("**/compte/login/**")
