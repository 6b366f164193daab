"""The portal by keyboard alone."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE
from tests.cast.people import PASSWORD


def tab_to(page: Page, name: str, most: int = 40) -> None:
    """Press Tab until the element of this name has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()").startswith(name):
            return
    raise AssertionError(f"Tab never reaches {name}")


def focused(page: Page, selector: str) -> bool:
    return page.evaluate("selector => document.activeElement.matches(selector)", selector)


def test_the_first_tab_leads_past_the_menu(sign_in):
    page = sign_in("director_a")
    page.goto("/")
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Aller au contenu")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Répondre à une proposition")).to_be_focused()


def test_the_menu_opens_follows_and_closes(sign_in):
    page = sign_in("director_a", width=PHONE)
    page.goto("/")
    tab_to(page, "Menu")
    page.keyboard.press("Enter")
    stays = page.get_by_role("navigation", name="Menu principal").get_by_role("link", name="Séjours")
    expect(stays).to_be_visible()
    page.keyboard.press("Escape")
    expect(stays).to_be_hidden()
    assert focused(page, "summary")
    page.keyboard.press("Enter")
    tab_to(page, "Séjours")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Séjours")
    expect(page.locator("[aria-current=page]").first).to_have_text("Séjours")


def test_a_refused_form_brings_the_focus_to_what_is_left_to_correct(sign_in):
    page = sign_in("gendarme", width=PHONE)
    page.goto("/situations/demander/")
    tab_to(page, "Continuer", most=60)
    page.keyboard.press("Enter")
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("points sont à corriger")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Ligne directe")).to_be_focused()
    expect(page.get_by_label("Ligne directe")).to_have_accessible_description("Indiquez un numéro où vous rappeler.")


NEUTRAL = "Météo des communes"


@pytest.mark.parametrize(("key", "address"), [("gendarme", "/situations/demandes/"), ("coordination", "/admin/")])
def test_escape_twice_puts_a_neutral_page_in_place_until_the_code(sign_in, key, address):
    page = sign_in(key)
    page.goto("/mon-compte/")
    page.goto(address)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.wait_for_url("**/meteo/")
    expect(page.get_by_role("heading", level=1)).to_have_text(NEUTRAL)
    assert page.title() == NEUTRAL
    assert "Havre" not in page.content()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text(NEUTRAL)
    page.get_by_label("Commune ou code postal").fill("Lille")
    page.get_by_role("button", name="Chercher").click()
    expect(page.get_by_role("status")).to_have_text("Aucune commune trouvée.")
    page.get_by_label("Commune ou code postal").fill(PASSWORD)
    page.get_by_role("button", name="Chercher").click()
    expect(page.get_by_role("button", name="Masquer l’écran")).to_be_visible()


def test_the_menu_of_the_admin_masks_too(sign_in):
    page = sign_in("coordination")
    page.goto("/admin/")
    page.get_by_role("link", name="Masquer l’écran").click()
    page.wait_for_url("**/meteo/")
    expect(page.get_by_role("heading", level=1)).to_have_text(NEUTRAL)


def test_the_button_masks_without_javascript(sign_in):
    page = sign_in("gendarme", java_script_enabled=False)
    page.goto("/situations/demandes/")
    page.get_by_role("button", name="Masquer l’écran").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(NEUTRAL)
    page.goto("/situations/demandes/")
    expect(page.get_by_role("heading", level=1)).to_have_text(NEUTRAL)
