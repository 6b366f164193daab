"""The coordination opens « Chiffres », chooses a period, takes the workbook: its figures are those of the page."""

import re

from django.utils import timezone
from playwright.sync_api import Locator, Page, expect
from python_calamine import CalamineWorkbook

from tests.browser.look import look

PERIOD = (f"{timezone.localdate().year - 1}-07-01", f"{timezone.localdate().year}-12-31")

CUT = """() => [...document.querySelectorAll(".fig-scroll, .fig-bars, .fig-facts, .fig-svg")]
  .filter((each) => each.scrollHeight > each.clientHeight + 1 && getComputedStyle(each).overflowY !== "visible")
  .map((each) => each.outerHTML.slice(0, 120))"""


def choose_period(page: Page, first: str, last: str) -> None:
    if not page.get_by_label("Du", exact=True).is_visible():
        page.locator(".fig-choose > summary").click()
    page.get_by_label("Du", exact=True).fill(first)
    page.get_by_label("Au", exact=True).fill(last)
    page.get_by_role("button", name="Afficher", exact=True).click()


def figures_of_page(page: Page) -> dict[str, list[tuple[float, str]]]:
    """Numbers of each tile, with what is written beside them, by code of indicator."""
    found = {}
    for card in page.locator(".fig-tile").all():
        numbers = card.locator(".fig-number").all()
        found[card.locator(".fig-code").inner_text()] = [number_of(number) for number in numbers]
    return found


def number_of(number: Locator) -> tuple[float, str]:
    """The number and its whole (« sur 101 »), without the word that says what is counted."""
    text = re.sub(r"\s", "", number.get_by_role("strong").inner_text()).replace(",", ".")
    said = re.search(r"sur \d+", " ".join(number.locator("small").all_inner_texts()))
    return float(text), said[0] if said else ""


def figures_of_workbook(book: CalamineWorkbook) -> dict[str, list[tuple[float, str]]]:
    """The same, read in the summary; what is said in words has no number to compare."""
    found, code = {}, ""
    rows = book.get_sheet_by_name("Synthèse").to_python()
    first = next(index for index, row in enumerate(rows) if row[0] == "Code") + 1
    end = next(index for index, row in enumerate(rows[first:], first) if not any(row))
    for row in rows[first:end]:
        code = row[0] or code
        if isinstance(row[3], float):
            found.setdefault(code, []).append((row[3], row[4]))
    return found


def walk_tabs(page: Page) -> None:
    """Each tab is a link to its indicator; on a narrow window nothing is cut, however long the tables are."""
    tabs = page.get_by_role("navigation", name="Indicateur ouvert")
    tabs.get_by_role("link", name="I3", exact=False).click()
    expect(page.get_by_role("heading", level=2).first).to_contain_text("victimes placées")
    expect(tabs.get_by_role("link", name="I3", exact=False)).to_have_attribute("aria-current", "page")
    wide = page.viewport_size or {}
    page.set_viewport_size({"width": 480, "height": 900})
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    assert page.evaluate(CUT) == []
    look(page, "figures-4-placed", "Chiffres du réseau")
    page.set_viewport_size({"width": wide["width"], "height": wide["height"]})


def test_the_workbook_says_what_the_page_says(sign_in, tmp_path):
    page = sign_in("coordination")
    page.get_by_role("button", name="Chiffres").click()
    page.get_by_role("link", name="Chiffres du réseau").click()
    page.locator(".fig-choose > summary").click()
    expect(page.get_by_role("link", name="Année", exact=False).first).to_have_attribute("aria-current", "true")
    look(page, "figures-1", "Chiffres du réseau")
    choose_period(page, "2026-11-30", "2026-11-01")
    expect(page.get_by_role("main")).to_contain_text("La fin de la période précède son début")
    look(page, "figures-2-refused", "Chiffres du réseau")
    choose_period(page, *PERIOD)
    look(page, "figures-3-period", "Chiffres du réseau")
    shown = figures_of_page(page)
    assert list(shown) == [f"I{number}" for number in range(1, 9)]
    assert shown["I1"] == [(3, "")]
    walk_tabs(page)

    with page.expect_download(timeout=90_000) as waiting:  # a workbook of eight indicators, while others work
        page.get_by_role("button", name="Télécharger le classeur").click()
    path = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(path)
    assert path.suffix == ".xlsx"
    assert figures_of_workbook(CalamineWorkbook.from_path(path)) == shown
