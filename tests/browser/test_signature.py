"""A director reads the référentiel on a phone and signs it; the coordination sees it, and who has not signed."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE
from tests.browser.look import look, picture

COMMITTED = "J’ai lu le référentiel et j’engage ma structure"


def go_to_read(page: Page) -> None:
    """From the home page to the text itself, by way of what is left to read."""
    page.get_by_role("link", name="Lire et signer").click()
    page.get_by_role("listitem").filter(has_text="À lire").first.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Référentiel du réseau")
    expect(page.get_by_role("article")).to_have_count(36)


def read_chapters(page: Page) -> None:
    for _ in range(3):
        page.get_by_role("button", name=re.compile("^J’ai lu ce chapitre")).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Signer le référentiel")


def sign(page: Page) -> None:
    page.get_by_role("checkbox", name=COMMITTED).check()
    page.get_by_role("button", name="Signer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Reçu d’engagement")


def test_a_director_signs_on_a_phone_and_the_coordination_sees_it(sign_in):
    director = sign_in("director_a", width=PHONE)
    expect(director.get_by_text("La version 1.0 attend l’engagement de votre structure")).to_be_visible()
    look(director, "signature-1-home", "Bonjour Alice")
    go_to_read(director)
    look(director, "signature-2-read", "Référentiel du réseau")
    read_chapters(director)
    look(director, "signature-3-sign", "Signer le référentiel")
    director.get_by_role("button", name="Signer").click()
    expect(director.get_by_role("alert")).to_contain_text("Cochez cette case")
    look(director, "signature-4-refused", "Signer le référentiel")
    sign(director)
    expect(director.get_by_role("main")).to_contain_text("Alice Martin, Directrice")
    look(director, "signature-5-receipt", "Reçu d’engagement")
    director.get_by_role("link", name=re.compile("^Havre")).click()
    expect(director.get_by_role("heading", name="Référentiel à régulariser")).to_have_count(0)
    look(director, "signature-6-home-after", "Bonjour Alice")

    coordination = sign_in("coordination")
    coordination.get_by_role("button", name="Référentiel").click()
    coordination.get_by_role("link", name="Engagements").click()
    table = coordination.get_by_role("table")
    expect(table.get_by_role("row", name="Les Tilleuls")).to_contain_text("Alice Martin, Directrice")
    expect(table.get_by_role("row", name="Les Tilleuls")).to_contain_text("Signé")
    expect(table.get_by_role("row", name="Aubépine")).to_contain_text("À régulariser")
    look(coordination, "signature-7-adherence", "Engagements")


def test_a_director_signs_without_javascript(sign_in):
    director = sign_in("director_b", width=PHONE, java_script_enabled=False)
    go_to_read(director)
    read_chapters(director)
    director.get_by_role("button", name="Signer").click()
    expect(director.get_by_role("alert")).to_contain_text("Cochez cette case")
    sign(director)
    expect(director.get_by_role("main")).to_contain_text("Bruno Petit, Directeur")
    picture(director, "signature-without-script")
