"""A Chromium, a server on a database of its own, and people who sign in."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.http import HttpRequest, HttpResponseBase
from playwright.sync_api import BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from tests.browser.watch import Watch
from tests.cast.people import PASSWORD
from tools import clock

PHONE, DESK = 375, 1280
SHIFT_DATES = """
(milliseconds) => {
  const now = Date.now.bind(Date);
  globalThis.Date = new Proxy(Date, {
    construct: (real, given) => (given.length ? new real(...given) : new real(now() + milliseconds)),
    get: (real, name) => (name === "now" ? () => now() + milliseconds : Reflect.get(real, name)),
  });
}
"""
"""Chromium keeps the real clock: its pages read the instant of the tests."""
HEIGHTS = {PHONE: 800, DESK: 1500}
"""The admin scrolls inside its window: only a tall one makes a whole picture."""


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)
            if hasattr(item.module, "look"):  # more is asked of each page that it looks at
                item.add_marker(pytest.mark.sampled)


def menu_opens(page: Page, name: str | re.Pattern[str]) -> bool:
    """Open the menu of a file when it holds the action of this name; return whether it had to be opened."""
    page.wait_for_load_state()
    menu = page.locator(".hv-file-acts details:not([open])").filter(has=page.locator("a", has_text=name))
    if not menu.count():
        return False
    menu.locator("summary").click()
    return True


def follow(page: Page, name: str | re.Pattern[str]) -> None:
    """Follow an action of a file, in its menu or beside it."""
    menu_opens(page, name)
    page.get_by_role("link", name=name).first.click()


def tab(page: Page, name: str) -> None:
    """Open a tab of a file."""
    page.get_by_role("navigation", name="Onglets de la fiche").get_by_role("link", name=name).click()


class KeptStatics(StaticFilesHandler):
    """Style sheets and scripts are kept by the browser, as in production: asked once a person, not at each page."""

    def serve(self, request: HttpRequest) -> HttpResponseBase:
        response = super().serve(request)
        response["Cache-Control"] = "public, max-age=3600"
        return response


@pytest.fixture
def server(committed, settings) -> Iterator[str]:
    """Address of a server whose database is a copy for this test alone: nothing is flushed, nothing is shared."""
    live = LiveServer("localhost", start=False)
    live.thread.static_handler = KeptStatics
    live.start()
    settings.WAGTAILADMIN_BASE_URL = live.url
    yield live.url
    live.stop()


@pytest.fixture
def watch(server) -> Iterator[Watch]:
    watch = Watch(server)
    yield watch
    assert not watch.faults, "\n".join(watch.faults)


@pytest.fixture
def open_context(browser, server, watch) -> Iterator[Callable[..., BrowserContext]]:
    """A browser of its own for each person: `open_context(width=PHONE, java_script_enabled=False)`."""
    contexts = []

    def open_one(*, width: int = DESK, **options) -> BrowserContext:
        context = browser.new_context(
            base_url=server,
            viewport={"width": width, "height": HEIGHTS[width]},
            locale="fr-FR",
            timezone_id="Europe/Paris",
            reduced_motion="reduce",
            **options,
        )
        context.set_default_timeout(20_000)
        context.add_init_script(f"({SHIFT_DATES})({clock.shift() * 1000})")
        watch.follow(context)
        contexts.append(context)
        return context

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture
def sign_in(open_context) -> Callable[..., Page]:
    """`sign_in("gendarme", width=PHONE)` goes through the form, as everybody does."""

    def enter(key: str, **options) -> Page:
        page = open_context(**options).new_page()
        page.goto("/compte/login/")
        page.get_by_label("Adresse électronique").fill(f"{key.replace('_', '-')}@havre.example")
        page.get_by_label("Mot de passe").fill(PASSWORD)
        page.get_by_role("button", name="Se connecter").click()
        page.wait_for_url(lambda url: "/compte/login/" not in url)
        return page

    return enter
