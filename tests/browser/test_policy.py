"""The screens that Wagtail writes itself, under a content policy that runs no script written in a page.

The fixture `watch` fails a test for each thing that the policy refused.
"""

import pytest
from playwright.sync_api import Page, expect
from wagtail.models import Page as SitePage

from tests.browser.conftest import DESK

BEGUN = "[data-controller~='havre-begin']"
PAGES = ["/admin/", "/admin/pages/", "/admin/images/", "/admin/images/add/", "/admin/documents/"]
OF_A_PAGE = ["", "edit/", "history/", "move/", "copy/", "delete/"]


@pytest.fixture
def editor(sign_in) -> Page:
    return sign_in("editor", width=DESK)


def one_of_each() -> list[int]:
    """A page of each type, whose editors differ."""
    return list({row.content_type_id: row.pk for row in SitePage.objects.filter(depth__gt=1).order_by("-pk")}.values())


def test_the_screens_of_wagtail_show_without_a_script_written_in_them(editor, watch):
    for address in PAGES:
        editor.goto(address)
    for pk in one_of_each():
        for address in OF_A_PAGE:
            editor.goto(f"/admin/pages/{pk}/{address}")
    # Wagtail follows the title of a page that has no slug to fill in: its own fault, which stops nothing.
    watch.faults[:] = [fault for fault in watch.faults if "identifier: w-sync" not in fault]


def test_a_page_is_chosen_and_a_date_is_asked(editor):
    row = SitePage.objects.filter(depth__gt=2).order_by("pk").first()
    editor.goto(f"/admin/pages/{row.pk}/copy/")
    expect(editor.locator(BEGUN)).to_have_count(1)
    # The page stands under one already: the button waits in a menu.
    editor.locator("#id_new_parent_page-chooser [data-chooser-action-choose]").first.dispatch_event("click")
    expect(editor.locator(".modal-content")).to_be_visible()
    editor.goto(f"/admin/pages/{row.pk}/edit/")
    begun = "document.querySelectorAll('.xdsoft_datetimepicker').length"
    assert editor.evaluate(begun) == 2, "both dates of publication have their calendar"
