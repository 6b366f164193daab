"""A draft looked at in a front of the network's choice: signed, short-lived, under the rights of its author."""

import time

import pytest
from django.core import signing
from django.test import Client, RequestFactory
from django.urls import reverse

from cms.documents.enums import VisibilityLevel
from cms.documents.models import DocumentPage
from cms.home.models import TextPage
from cms.home.rules import SALT
from cms.journal.models import JournalLine

ADDRESS = "/api/content/v2/preview/"
FRONT = "https://apercu.example/"


@pytest.fixture
def token(acting_as, cast, settings):
    """`token("editor")`: what the editor of Wagtail sends the front, once a draft was written."""
    settings.HAVRE_PREVIEW_URL = FRONT

    def run(key="editor", body="<p>MARQUEUR-BROUILLON</p>", slug="accessibilite"):
        with acting_as(key):
            page = TextPage.objects.get(slug=slug)
            page.body = body
            page.save_revision(user=cast[key])
            page.refresh_from_db()
            request = RequestFactory().get("/")
            request.user = cast[key]
            answer = page.serve_preview(request, "")
        base, _, held = answer.url.partition("#")
        assert base == FRONT, "rien dans l’adresse qu’un journal garderait"
        return held

    return run


def look(token, **more):
    return Client().post(ADDRESS, f"token={token}", content_type="application/x-www-form-urlencoded", **more)


def test_a_draft_is_read_through_its_link_and_nowhere_else(token, acting_as):
    answer = look(token())
    read = answer.json()
    assert answer.status_code == 200
    assert (read["body"], read["meta"]["is_draft"]) == ("<p>MARQUEUR-BROUILLON</p>", True)
    assert answer["Cache-Control"] == "private, no-store"
    assert "ETag" not in answer
    assert answer["X-Robots-Tag"] == "noindex"
    public = Client().get(f"/api/content/v2/pages/{read['id']}/?fields=*").content.decode()
    assert "MARQUEUR-BROUILLON" not in public
    with acting_as("direction"):
        line = JournalLine.objects.get(action="content.preview.read")
        assert line.details["page"] == read["id"]


def test_a_front_that_asks_for_drafts_by_itself_gets_none(db):
    for token in ("", "x", "1:2:3", signing.dumps([1, 1, "x"], salt="autre")):
        assert look(token).status_code == 403
    assert Client().get(ADDRESS).status_code == 405
    assert Client().post(ADDRESS, "{}", content_type="application/json").status_code == 415
    assert Client().post(f"{ADDRESS}?token=x").status_code == 400


def test_a_forged_or_old_link_is_refused(token, monkeypatch):
    good = token()
    assert look(good[:-1] + ("a" if good[-1] != "a" else "b")).status_code == 403
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + 601)
    assert look(good).status_code == 403


def test_a_right_that_was_lost_meanwhile_closes_the_link(token, cast, acting_as):
    good = token()
    assert look(good).status_code == 200
    with acting_as("coordination"):
        cast["editor"].is_active = False
        cast["editor"].save()
    assert look(good).status_code == 403
    with acting_as("direction"):
        assert JournalLine.objects.filter(action="auth.preview.refused", outcome="refused").exists()


def test_a_link_says_one_revision_of_one_page_of_the_site(token, cast, acting_as):
    page, revision, author = signing.loads(token(), salt=SALT)
    other = TextPage.objects.get(slug="tes-droits")
    frozen = DocumentPage.objects.first()
    with acting_as("coordination"):
        written = frozen.save_revision(user=cast["coordination"])
    stranger = str(cast["gendarme"].pk)
    for forged in ([other.pk, revision, author], [page, revision, stranger], [frozen.pk, written.pk, author]):
        assert look(signing.dumps(forged, salt=SALT)).status_code == 403, forged


def test_links_are_those_that_the_author_may_read(token, change):
    closed = TextPage.objects.get(slug="mentions-legales")
    change(closed.page_ptr, VisibilityLevel.NETWORK)
    read = look(token(body=f'<p><a id="{closed.pk}" linktype="page">fermée</a></p>')).json()
    assert "/mentions-legales/" in read["body"]


def test_an_origin_reads_it_if_it_is_allowed(token, settings):
    settings.CORS_ALLOWED_ORIGINS = ["https://apercu.example"]
    good = token()
    assert look(good, HTTP_ORIGIN="https://apercu.example")["Access-Control-Allow-Origin"] == "https://apercu.example"
    assert "Access-Control-Allow-Origin" not in look(good, HTTP_ORIGIN="https://autre.example")


def test_without_a_front_the_draft_is_shown_here(client_of, acting_as, cast):
    page = TextPage.objects.get(slug="accessibilite")
    client = client_of("editor")
    address = reverse("wagtailadmin_pages:view_draft", args=[page.pk])
    assert client.get(address).status_code == 200


def test_the_editor_leads_to_the_front(client_of, settings, acting_as, cast):
    settings.HAVRE_PREVIEW_URL = FRONT
    page = TextPage.objects.get(slug="accessibilite")
    with acting_as("editor"):
        page.save_revision(user=cast["editor"])
    answer = client_of("editor").get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert answer.status_code == 302
    assert look(answer.url.partition("#")[2]).status_code == 200
