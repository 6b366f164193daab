"""A version of two hundred exigences is read on a phone: few queries, few bytes."""

import datetime as dt
import re

import pytest

from benchmarks.standards import EXIGENCES, content_of
from cms.documents.models import Document
from cms.documents.versions.services.versions import version_publish
from tests.costs import counted

TODAY = dt.date.today()


@pytest.fixture
def large(cast, acting_as):
    content, clauses = content_of("formés")
    with acting_as("coordination"):
        return version_publish(
            document=Document.objects.get(kind="referentiel"), clauses=clauses, content=content, number="9.0",
            effective_on=TODAY, is_major=True, change_note="Deux cents exigences.", published_by=cast["coordination"],
        )  # fmt: skip


@pytest.mark.parametrize("query", ["", "?chapitre=P", "?chapitre=rien"])
def test_a_page_of_a_large_version_is_light(client_of, large, django_assert_max_num_queries, query):
    client = client_of("educator_a")
    client.get("/referentiel/")
    with django_assert_max_num_queries(20) as queries:
        response = client.get(f"/referentiel/{query}")
    assert len(counted(queries.captured_queries)) <= 10
    assert len(response.content) <= 60_000


def test_every_exigence_of_a_large_version_is_reached(client_of, large):
    client, found = client_of("educator_a"), set()
    address = "/referentiel/?chapitre=E"
    while address:
        html = client.get(address).content.decode()
        found |= set(re.findall(r'<article class="hv-card" id="([^"]+)"', html))
        after = re.search(r'href="(\?chapitre=[^"#]+)#[^"]*">Chapitre suivant', html)
        address = f"/referentiel/{after[1]}" if after else ""
    assert len(found) == EXIGENCES


def test_once_a_chapter_is_read_the_next_unread_one_is_shown(client_of, large):
    client = client_of("educator_a")
    response = client.post("/referentiel/chapitres/E/lu/", {"version": str(large.pk)})
    assert response.url == "/referentiel/?chapitre=P#chapitre-p"
    assert '<h2 id="chapitre-p">' in client.get("/referentiel/").content.decode()


def test_a_small_version_stays_one_page(client_of, version):
    html = client_of("educator_a").get("/referentiel/?chapitre=P").content.decode()
    assert html.count('<article class="hv-card"') == 36
