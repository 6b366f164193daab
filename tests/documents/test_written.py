"""Documents made of articles: written in pages, frozen, read in the portal."""

import datetime as dt
import json

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from cms.documents.enums import OWN_PAGES, DocumentKind
from cms.documents.models import ArticlePage, DocumentPage, DocumentVersion
from cms.documents.pages.rules import blocks_of
from cms.documents.versions.services.pages import DATA, document_publish
from cms.home.services import page_add
from tests.costs import counted

TODAY = dt.date.today()
FORM = {"number": "1.1", "effective_on": TODAY.isoformat(), "is_major": "minor", "change_note": "Une précision."}
PUBLISH = "/admin/documents-du-reseau/fsi-protocol/publier/"


@pytest.fixture
def article(db):
    return ArticlePage.objects.child_of(DocumentPage.objects.get(kind="fsi-protocol")).get(code="2")


def test_every_document_has_its_root_and_the_protocol_its_first_version(db, acting_as):
    assert set(DocumentPage.objects.live().values_list("kind", flat=True)) == set(DocumentKind) - set(OWN_PAGES)
    with acting_as("gendarme"):
        version = DocumentVersion.objects.get(document__kind="fsi-protocol")
        assert list(version.clauses.order_by("position").values_list("code", flat=True)) == [
            str(number) for number in range(1, 11)
        ]


def test_a_line_is_a_paragraph_and_dashes_make_a_list():
    blocks = blocks_of("Un.\n\n- deux ;\n- trois.\nQuatre.")
    assert [(block.is_list, block.lines) for block in blocks] == [
        (False, ("Un.",)), (True, ("deux ;", "trois.")), (False, ("Quatre.",)),
    ]  # fmt: skip


def test_the_portal_reads_what_was_frozen_and_not_the_page(client_of, article):
    article.text = "Autre chose."
    article.save_revision().publish()
    html = client_of("gendarme").get("/documents/fsi-protocol/").content.decode()
    assert "le réseau rappelle sous 30\u00a0minutes" in html
    assert "Autre chose." not in html
    assert "CESEDA" not in html, "un texte de loi non vérifié ne se montre pas"


def test_a_document_costs_the_same_whatever_its_length(client_of, django_assert_max_num_queries):
    client = client_of("gendarme")
    client.get("/documents/fsi-protocol/")
    with django_assert_max_num_queries(25) as queries:
        assert client.get("/documents/fsi-protocol/").status_code == 200
    assert len(counted(queries.captured_queries)) <= 13


def test_publishing_through_the_screen_then_reading_what_changed(client_of, article):
    article.text = article.text.replace("à toute heure", "jour et nuit")
    article.save_revision().publish()
    client = client_of("editor")
    assert "jour et nuit" in client.get("/admin/documents-du-reseau/fsi-protocol/apercu/").content.decode()
    assert client.post(PUBLISH, FORM).status_code == 302
    html = client_of("gendarme").get("/documents/fsi-protocol/changements/").content.decode()
    assert "<ins>" in html
    assert "nuit" in html
    assert client_of("gendarme").get("/documents/fsi-protocol/pdf/")["Content-Type"] == "application/pdf"


def test_publishing_the_same_words_says_so(client_of):
    response = client_of("editor").post(PUBLISH, FORM)
    assert response.status_code == 422
    assert "Rien n’a changé depuis la version 1.0" in response.content.decode()


def test_a_document_without_article_is_not_published_nor_read(acting_as, cast, client_of):
    facts = {"number": "1.0", "effective_on": TODAY, "is_major": True, "change_note": "x"}
    DocumentPage.objects.get(kind="charter").get_children().delete()
    with acting_as("editor"), pytest.raises(ValidationError, match="rien à publier"):
        document_publish(kind="charter", published_by=cast["editor"], **facts)
    assert client_of("ase").get("/documents/charter/").status_code == 404


@pytest.mark.parametrize("kind", ["referentiel", "curriculum", "rien"])
def test_the_other_kinds_have_pages_of_their_own(client_of, kind):
    assert client_of("ase").get(f"/documents/{kind}/").status_code == 404
    assert client_of("editor").get(f"/admin/documents-du-reseau/{kind}/apercu/").status_code == 404


def test_a_second_root_is_not_offered(client_of):
    home = DocumentPage.objects.first().get_parent()
    html = client_of("editor").get(reverse("wagtailadmin_pages:add_subpage", args=[home.pk])).content.decode()
    assert "documentpage" not in html


def test_a_number_serves_once_in_a_document(article):
    twin = ArticlePage(code="2.1", title="Doublon", slug="doublon", text="x")
    page_add(article.get_parent(), twin)
    twin.code = "2"
    with pytest.raises(ValidationError, match="porte déjà ce numéro"):
        twin.full_clean()


def test_the_texts_that_come_with_the_product_say_no_law_as_certain():
    for path in DATA.glob("*.json"):
        for article in json.loads(path.read_text())["articles"]:
            assert not article["is_law_verified"] or article["law"]
