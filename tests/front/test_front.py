"""The public site is built from the API alone, and read once the office is stopped."""

import ast
import os
import re
import socket
import subprocess
import sys
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from cms.documents.enums import VisibilityLevel
from cms.documents.models import ArticlePage, Document, DocumentPage
from cms.documents.versions.services.pages import document_publish
from cms.documents.visibility.services import visibility_agree, visibility_change
from cms.events.models import Channel
from cms.events.webhooks.rules import headers_of, secret_new
from cms.events.webhooks.services.deliveries import webhooks_send
from cms.events.webhooks.services.subscriptions import subscription_agree, subscription_ask
from cms.home.models import TextPage
from cms.users.models import User
from cms.wall import scope
from tests.browser.look import accessibility
from tests.wall.expectations import MARKERS
from tools.paths import CLONE

BUILD = CLONE / "front" / "build.py"
URL = "https://www.example"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        """Say nothing."""


@pytest.fixture
def office(committed, settings):
    """The office on a database of its own, and what builds the site from it."""
    live = LiveServer("localhost")
    settings.WAGTAILADMIN_BASE_URL = settings.WAGTAILAPI_BASE_URL = live.url
    yield live
    live.stop()


@pytest.fixture
def people(office):
    """By the name of the cast, read where the office stands: `cast` reads another database."""
    return {key: User.objects.get(email=f"{key}@havre.example") for key in ("coordination", "direction", "editor")}


@pytest.fixture
def opened_documents(office, people):
    """Two versions of the protocol and the catalogue, opened by two people."""
    with scope.acting(people["coordination"]):
        article = ArticlePage.objects.child_of(DocumentPage.objects.get(kind="fsi-protocol")).get(code="2")
        article.text += "\nUne ligne de plus."
        article.save_revision().publish()
        document_publish(
            kind="fsi-protocol", number="1.1", effective_on=timezone.localdate(), is_major=False,
            change_note="Une ligne.", published_by=people["coordination"],
        )  # fmt: skip
    for kind, older in (("fsi-protocol", True), ("curriculum", False)):
        with scope.acting(people["editor"]):
            row = visibility_change(
                target=Document.objects.get(kind=kind), level=VisibilityLevel.PUBLIC, with_older=older,
                reason="Pour les familles.", by=people["editor"],
            )  # fmt: skip
        with scope.acting(people["direction"]):
            visibility_agree(row=row, by=people["direction"])


def build(office, out: Path) -> Path:
    command = [sys.executable, "-I", str(BUILD), "--api", f"{office.url}/api/content/v2/", "--url", URL]
    subprocess.run([*command, "--out", str(out)], check=True, cwd=out.parent, capture_output=True, timeout=240)
    return out


def files_of(out: Path) -> dict[str, bytes]:
    return {str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}


def test_it_imports_nothing_of_ours_and_is_short():
    tree = ast.parse(BUILD.read_text())
    names = {
        (node.module if isinstance(node, ast.ImportFrom) else node.names[0].name).split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    assert names <= set(sys.stdlib_module_names)
    assert len(BUILD.read_text().splitlines()) <= 200


@pytest.mark.browser
def test_the_site_is_read_once_the_office_is_stopped(office, opened_documents, browser, tmp_path, people):
    site = build(office, tmp_path / "site")
    files = files_of(site)
    assert {
        "index.html", "tes-droits/index.html", "information-famille/index.html", "404.html", "sitemap.xml",
        "documents/fsi-protocol/1.0/index.html", "documents/fsi-protocol/1.1/changements/index.html",
        "documents/fsi-protocol/clauses/2/index.html", "documents/curriculum/index.html",
    } <= files.keys()  # fmt: skip
    assert not [name for name in files if "referentiel" in name or "charter" in name]
    assert files_of(build(office, tmp_path / "again")) == files, "deux constructions, octet pour octet"
    text = b"".join(files.values()).decode(errors="ignore")
    assert not [marker for marker in MARKERS if marker in text]
    assert office.url not in text, "aucune adresse du bureau"
    change_then_build_again(office, site, files, people)
    office.stop()
    server = ThreadingHTTPServer(("localhost", 0), partial(Quiet, directory=str(site)))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        read(f"http://localhost:{server.server_port}", browser, site)
    finally:
        server.shutdown()
        server.server_close()


def change_then_build_again(office, site: Path, files: dict[str, bytes], people) -> None:
    """One page published changes one file; a document closed leaves the site."""
    page = TextPage.objects.get(slug="tes-droits")
    page.body += "<p>Une phrase ajoutée.</p>"
    page.save_revision().publish()
    after = files_of(build(office, site))
    assert [name for name in files if after[name] != files[name]] == ["tes-droits/index.html"]
    with scope.acting(people["editor"]):
        visibility_change(
            target=Document.objects.get(kind="curriculum"), level=VisibilityLevel.NETWORK, reason="Une erreur.",
            by=people["editor"],
        )  # fmt: skip
    assert not [name for name in files_of(build(office, site)) if "curriculum" in name]


def read(address: str, browser, site: Path) -> None:
    page = browser.new_context(viewport={"width": 375, "height": 800}).new_page()
    faults = []
    for path in ("/", "/tes-droits/", "/documents/fsi-protocol/", "/documents/fsi-protocol/1.1/changements/"):
        page.goto(f"{address}{path}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        faults += [f"{path}: {fault}" for fault in accessibility(page)]
    assert not faults, "\n".join(faults)
    page.context.close()
    links = {link for path in site.rglob("*.html") for link in re.findall(r' href="(/[^"#]*)', path.read_text())}
    broken = [link for link in links if urlopen(f"{address}{link}").status != 200]  # noqa: S310
    assert broken == []


def test_a_build_that_fails_leaves_the_site_as_it_was(tmp_path):
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("d’avant")
    command = [sys.executable, "-I", str(BUILD), "--api", "http://localhost:9/", "--url", URL, "--out", str(site)]
    assert subprocess.run(command, check=False, capture_output=True, timeout=60).returncode != 0
    assert files_of(site) == {"index.html": "d’avant".encode()}


@pytest.fixture
def builder(office, tmp_path):
    """The program that builds again, as somebody else runs it: a process of its own, which knows one key."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    key, out = secret_new(), tmp_path / "site"
    command = [sys.executable, "-I", str(BUILD.with_name("rebuild.py")), "--port", str(port), "--wait", "0.2"]
    command += ["--api", f"{office.url}/api/content/v2/", "--url", URL, "--out", str(out)]
    process = subprocess.Popen(command, env=os.environ | {"HAVRE_KEY": key})
    wait_for(lambda: is_open(port))
    yield f"http://127.0.0.1:{port}/", key, out
    process.terminate()
    process.wait(20)


def is_open(port: int) -> bool:
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0


def wait_for(condition) -> None:
    end = time.monotonic() + 120
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.1)


def test_a_publication_builds_the_site_again(office, people, builder, settings):
    settings.HAVRE_CALLS_LOOPBACK = True
    address, key, out = builder
    asker, agreeing = people["coordination"], people["direction"]
    with scope.acting(asker):
        row = subscription_ask(
            name="Site", address=address, kinds=["content.page.published"], sees="public", reason="x", by=asker
        )
    with scope.acting(agreeing):
        subscription_agree(row=row, by=agreeing)
        Channel.objects.filter(subscription=row).update(secret=key)
    with scope.acting(people["editor"]):
        page = TextPage.objects.get(slug="accessibilite")
        page.body = "<p>Une phrase neuve.</p>"
        page.save_revision().publish()
    assert webhooks_send() == 1
    wait_for((out / "accessibilite" / "index.html").exists)
    assert "Une phrase neuve." in (out / "accessibilite" / "index.html").read_text()
    for headers in ({}, headers_of("1", b"{}", timezone.now(), [secret_new()])):
        with pytest.raises(HTTPError) as refused:
            urlopen(Request(address, data=b"{}", headers=headers))  # noqa: S310 (ours)
        assert refused.value.code == 401
