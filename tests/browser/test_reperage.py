"""The public grid, without account: on a phone without any script, by keyboard, and on paper."""

import pikepdf
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, HEIGHTS, PHONE
from tests.browser.look import SCREENSHOTS, look

MOST_PAGES = 2
CAR = "Véhicule qui attend près de l’établissement"


def reach(page, legend: str, width: int):
    """Open the part of the grid where this sign stands; no part is longer than three screens of a telephone."""
    sign = page.locator("fieldset", has=page.locator("legend", has_text=legend)).last
    number = sign.evaluate("element => element.closest('.cg-part').dataset.part")
    while width == PHONE and not sign.is_visible():
        shown = page.locator(".cg-part:visible").get_attribute("data-part")
        assert page.evaluate("document.documentElement.scrollHeight") <= 3 * HEIGHTS[PHONE]
        name = "Partie suivante" if int(shown) < int(number) else "Partie précédente"
        page.get_by_role("button", name=name).click()
        expect(page.locator(f".cg-part[data-part='{shown}']")).to_be_hidden()
    return sign


@pytest.mark.parametrize(("width", "with_script"), [(PHONE, False), (PHONE, True), (DESK, True)])
def test_signs_are_read_without_account_and_nothing_stays(open_context, server, width, with_script):
    context = open_context(width=width, java_script_enabled=with_script)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("main").get_by_role("link", name="grille de repérage").click()
    if with_script:
        look(page, "grid", "Grille de repérage")
    reach(page, CAR, width).get_by_text("Observé").click()
    reach(page, "Sommes d’argent inexpliquées", width).get_by_text("Rapporté par un tiers").click()
    page.get_by_role("button", name="Lire ce que disent ces signes").click()
    expect(page.get_by_text("Suspicion forte")).to_be_visible()
    expect(page.get_by_text("n’est pas un signalement")).to_be_visible()
    if with_script:
        look(page, "grid-read", "Lecture de la grille")
    assert page.url == f"{server}/reperage/"
    page.get_by_role("button", name="Corriger les réponses").click()
    expect(reach(page, CAR, width).get_by_label("Observé")).to_be_checked()
    page.get_by_role("link", name="Tout effacer").click()
    expect(reach(page, CAR, width).get_by_label("Observé")).not_to_be_checked()
    assert context.cookies() == []


def test_the_blank_grid_and_its_reading_print_on_two_pages(open_context):
    page = open_context(width=DESK).new_page()
    page.goto("/reperage/")
    _print(page, "grid-blank")
    for group in page.get_by_role("group").all():
        group.get_by_text("Observé").click()
    page.get_by_role("button", name="Lire ce que disent ces signes").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Lecture de la grille")
    _print(page, "grid-read")


def _print(page, name: str) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    path = SCREENSHOTS / f"{name}.pdf"
    page.pdf(path=path, format="A4", margin=dict.fromkeys(("top", "bottom", "left", "right"), "10mm"))
    with pikepdf.open(path) as paper:
        assert 1 <= len(paper.pages) <= MOST_PAGES
