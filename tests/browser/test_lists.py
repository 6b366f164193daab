"""The lists of the coordination: who, where, in what state; nothing cut, on a desk and on a phone."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from cms.users.models import User
from tests.browser.conftest import DESK, PHONE
from tests.browser.look import accessibility, overflow, picture
from tests.cast.everything import all_rows
from tests.cast.session import signed_in

LISTS = {
    "requests": "cases_sollicitation:list",
    "cases": "cases_case:list",
    "stays": "cases_placement:list",
    "incidents": "cases_incident:list",
    "partners": "partners_partner:list",
    "conventions": "partners_convention:list",
    "sessions": "formation_session:list",
}
CUT = """() => [...document.querySelectorAll("#listing-results td, #listing-results th")]
  .filter((cell) => cell.getBoundingClientRect().right > window.innerWidth + 1)
  .slice(0, 3).map((cell) => cell.outerHTML.slice(0, 160))"""
SECOND_LINE = """() => [...document.querySelectorAll("#listing-results td.title")].filter((cell) => {
  const name = cell.querySelector(".title-wrapper").getBoundingClientRect();
  const menu = cell.querySelector(".actions");
  return menu && menu.getBoundingClientRect().top > name.bottom - 2;
}).map((cell) => cell.textContent.trim().slice(0, 60))"""


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_no_column_is_cut_and_the_menu_of_a_row_stays_on_its_line(open_context, server, width):
    all_rows()
    page = open_context(width=width).new_page()
    client = signed_in(User.objects.get(email="coordination@havre.example"))
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": server}])
    faults = []
    for name, route in LISTS.items():
        page.goto(reverse(route))
        expect(page.locator("#listing-results td").first).to_be_visible()
        found = accessibility(page) + overflow(page) + page.evaluate(CUT) + page.evaluate(SECOND_LINE)
        faults += [f"{name}, {width}: {fault}" for fault in found]
        picture(page, f"list-{name}-{width}")
    assert not faults, "\n".join(faults)


def test_a_list_of_requests_says_who_where_and_what_is_late(open_context, server):
    all_rows()
    page = open_context(width=DESK).new_page()
    client = signed_in(User.objects.get(email="coordination@havre.example"))
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": server}])
    page.goto(reverse("cases_sollicitation:list"))
    for heading in ("Référence", "Mineur", "Département", "État"):
        expect(page.locator("#listing-results th").filter(has_text=heading)).to_have_count(1)
    row = page.get_by_role("row").filter(has_text="en retard").first
    expect(row).to_contain_text("Fille, 16 ans")
    expect(row.locator(".hv-state.is-danger")).to_have_count(1)
