"""What is asked of every page that is looked at: accessible, no wider than its window, and kept as a picture."""

import json
import os
import re

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Page, expect

from tests.plugins.extent import IS_WHOLE

TAGS = ["RGAAv4", "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SCREENSHOTS = settings.HAVRE_VAR / "screenshots"
AXE = Axe().axe_script
"""Evaluated by the debugger, which the content policy does not bind: a script element would be refused."""
WIDER = """() => document.documentElement.scrollWidth > window.innerWidth && [...document.body.querySelectorAll("*")]
  .filter((each) => each.getBoundingClientRect().right > window.innerWidth + 1)
  .slice(0, 3).map((each) => each.outerHTML.slice(0, 120))"""
SETTLED = "() => document.getAnimations().every((animation) => animation.playState !== 'running')"
"""A message of the admin that is still appearing has not the contrast that it will have."""
TO_THE_TOP = """() => { for (const each of [document.scrollingElement, document.querySelector("main")])
  each?.scrollTo({top: 0, behavior: "instant"}); }"""
"""On a narrow window the admin scrolls its main part, which an address with a fragment has moved."""
WALKED = ("chain-", "night-", "version-", "signature-", "incident-", "visit-", "files-")
"""Ways whose pages of the portal `test_pages` walks through."""


def options(kind: str, values: list[str]) -> str:
    return json.dumps({"runOnly": {"type": kind, "values": values}, "resultTypes": ["violations"]})


EVERYTHING, COLOURS = options("tag", TAGS), options("rule", ["color-contrast"])


def accessibility(page: Page, asked: str = EVERYTHING, *, part: str = "html") -> list[str]:
    """Violations found by axe-core in a part of the page, each with its criteria and the elements at fault."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)
    place = f'document.querySelector("{part}") || document'
    found = page.evaluate(f"axe.run({place}, {asked}).then((results) => results.violations)")
    return [_sentence(violation) for violation in found]


def part_of(turn: int) -> str:
    """Return what is shown to axe-core of the page at this place of a walk: the frame is the same on all of them, and
    `make test` looks at it once a person.
    """
    return "main" if turn and not IS_WHOLE else "html"


def _sentence(violation: dict) -> str:
    criteria = [tag for tag in violation["tags"] if re.match(r"(RGAA-|wcag\d{3})", tag)]
    elements = "".join(f"\n    {node['html'][:200]}" for node in violation["nodes"][:3])
    return f"{violation['id']} [{', '.join(criteria)}] {violation['help']}{elements}"


def overflow(page: Page) -> list[str]:
    wider = page.evaluate(WIDER)
    return [f"wider than the window: {wider}"] if wider else []


def picture(page: Page, name: str) -> None:
    """Kept for whoever looks, on a machine where somebody does."""
    if os.environ.get("CI"):
        return
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)


def look(page: Page, name: str, heading: str) -> None:
    """Wait for the page of this heading, keep a picture of it, and fail on what is wrong in it.

    On a way through pages of the portal that `test_pages` shows to axe-core, axe-core comes in `make test-rest` alone.
    """
    expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
    page.wait_for_load_state()  # the heading is read before the last style sheet has laid the page out
    page.wait_for_function(SETTLED)
    # What stays in place at the top covers, when one has scrolled, half of a link that a thumb brings back.
    page.evaluate(TO_THE_TOP)
    picture(page, f"{name}-{page.viewport_size['width']}")
    faults = overflow(page) + (
        accessibility(page) if IS_WHOLE or "/admin/" in page.url or not name.startswith(WALKED) else []
    )
    assert not faults, f"{page.url} ({name})\n" + "\n".join(faults)
