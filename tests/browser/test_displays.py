"""Displays, from the page that opens them to the screen that shows them, without JavaScript."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.look import look
from tests.cast.everything import all_rows


def obtain(page) -> str:
    page.get_by_role("button", name="Obtenir l’adresse").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("L’affichage est ouvert")
    page.get_by_text("L’adresse entière").click()
    return page.locator(".hv-screen-address").inner_text()


def test_six_signs_open_the_screen_without_javascript(sign_in, open_context):
    page = sign_in("coordination", width=DESK)
    page.goto("/mon-compte/affichages/")
    page.get_by_role("link", name="tableau de l’astreinte").click()
    page.get_by_role("button", name="Obtenir l’adresse").click()
    code = page.locator(".hv-screen-typed").inner_text()
    screen = open_context(width=DESK, java_script_enabled=False).new_page()
    screen.goto("/ecran/")
    screen.get_by_label("Code de l’affichage").fill(code.lower())
    screen.get_by_role("button", name="Afficher").click()
    expect(screen.get_by_text("en attente").first).to_be_visible()


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_attendance_of_a_session_on_a_projector(sign_in, open_context, width):
    page = sign_in("trainer", width=width)
    session = all_rows()["session"]
    page.goto(f"/formation/sessions/{session.pk}/")
    page.get_by_role("link", name="Afficher au vidéoprojecteur").click()
    look(page, "affichage-ouvrir", "présences d’une session")
    address = obtain(page)
    look(page, "affichage-ouvert", "L’affichage est ouvert")
    screen = open_context(width=width, java_script_enabled=False).new_page()
    screen.goto(address)
    expect(screen.get_by_text("inscrits")).to_be_visible()
    seen = open_context(width=width).new_page()
    seen.goto(address)
    look(seen, "affichage-presences", session.title)


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_wall_board_of_the_on_call(sign_in, open_context, width):
    page = sign_in("coordination", width=width)
    page.goto("/mon-compte/affichages/")
    page.get_by_role("link", name="tableau de l’astreinte").click()
    address = obtain(page)
    screen = open_context(width=width).new_page()
    screen.goto(address)
    look(screen, "affichage-astreinte", "en attente")
    page.goto("/mon-compte/affichages/")
    look(page, "affichages", "Affichages")
