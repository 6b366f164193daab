"""The system's Chromium for tests marked `browser`: skipped in one visible line without it, failed when CI is set."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.missing import tool_missing
from tools import clock

NAMES = ("chromium", "chromium-browser", "google-chrome")
MISSING = "Chromium introuvable : installez le paquet chromium, ou donnez son chemin dans CHROMIUM"


def find_chromium() -> str | None:
    """Path of the browser: `CHROMIUM` when it is set, whatever it holds, or the first of the usual names."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    return next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    path = find_chromium()
    assert path, MISSING
    return path


@pytest.fixture(scope="session")
def browser(chromium_path) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path, args=["--disable-dev-shm-usage"], env=clock.real_time()
        )
        yield browser
        browser.close()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("browser") is None or find_chromium():
        return
    tool_missing(MISSING)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = [report for report in terminalreporter.stats.get("skipped", []) if MISSING in str(report.longrepr)]
    if skipped:
        terminalreporter.write_line(f"Tests de navigateur ignorés : {len(skipped)}. {MISSING}.", yellow=True)
