"""`/api/content/v2/`: what is public, without account; nothing else, whoever asks."""

import json
import re
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import ReferenceIndex

from cms.documents.enums import VisibilityLevel
from cms.documents.models import ArticlePage, Document, DocumentPage, DocumentVersion
from cms.documents.versions.services.pages import document_publish
from cms.home.models import HomePage, TextPage
from cms.home.services import page_add
from cms.wall import scope
from tests.cast.session import token_header
from tests.costs import counted
from tests.plugins.extent import sampled
from tests.wall.expectations import MARKERS

API = "/api/content/v2/"
PAGES, DOCUMENTS = f"{API}pages/", f"{API}documents/"
PROTOCOL = f"{DOCUMENTS}fsi-protocol/"
KINDS = ("referentiel", "curriculum", "fsi-protocol", "charter", "training-strategy", "incident-circuit")


@pytest.fixture
def anybody(db):
    return Client()


def get(client, path, status=200, **headers):
    answer = client.get(path, **headers)
    assert answer.status_code == status, (path, answer.status_code)
    return answer


@pytest.fixture
def public_protocol(acting_as, cast, opened, protocol):
    """Versions 1.0 and 1.1 of the protocol, both public."""
    with acting_as("coordination"):
        article = ArticlePage.objects.child_of(DocumentPage.objects.get(kind="fsi-protocol")).get(code="2")
        article.text += "\nUne ligne de plus."
        article.save_revision().publish()
        document_publish(
            kind="fsi-protocol", number="1.1", effective_on=timezone.localdate(), is_major=False,
            change_note="Une ligne.", published_by=cast["coordination"],
        )  # fmt: skip
    opened(protocol, with_older=True)
    return protocol


def test_pages_are_read_without_account_and_without_cookie(anybody, client_of):
    answer = get(anybody, PAGES)
    slugs = {item["meta"]["slug"] for item in answer.json()["items"]}
    assert {"accueil", "accessibilite", "tes-droits", "information-famille"} <= slugs
    assert "Cookie" not in answer["Vary"]
    assert answer["Cache-Control"].startswith("public, max-age=60")
    assert answer["X-Robots-Tag"] == "noindex"
    signed_in = get(client_of("direction"), PAGES)
    assert signed_in.content == answer.content, "une session n’y change rien"
    assert signed_in["Cache-Control"] == answer["Cache-Control"]


def test_no_page_of_a_document_nor_draft_is_listed(anybody):
    TextPage.objects.get(slug="mentions-legales").unpublish()
    found = get(anybody, f"{PAGES}?limit=100&fields=*").json()
    assert {item["meta"]["type"] for item in found["items"]} == {"home.HomePage", "home.TextPage"}
    assert "mentions-legales" not in json.dumps(found)
    frozen = DocumentPage.objects.first()
    get(anybody, f"{PAGES}{frozen.pk}/", 404)
    for kind in ("documents.DocumentPage", "formation.ModulePage", "users.User", "rien"):
        get(anybody, f"{PAGES}?type={kind}", 400)


def test_a_draft_of_a_page_online_stays_a_draft(anybody):
    page = TextPage.objects.get(slug="mentions-legales")
    page.body = "<p>MARQUEUR-BROUILLON</p>"
    page.save_revision()
    assert "MARQUEUR-BROUILLON" not in get(anybody, f"{PAGES}{page.pk}/?fields=*").content.decode()


def test_each_type_gives_its_own_fields(anybody):
    items = get(anybody, f"{PAGES}?fields=*&limit=100").json()["items"]
    assert all("introduction" in item or "body" in item for item in items)
    [page] = get(anybody, f"{PAGES}?type=home.TextPage&fields=body&slug=accessibilite").json()["items"]
    assert "non conforme" in page["body"]
    assert page["meta"]["locale"] == "fr"


@pytest.mark.parametrize("query", ["limit=101", "inconnu=1", "locale=xx", "order=random", "fields=rien", "offset=-1"])
def test_what_is_asked_wrongly_is_refused(anybody, query):
    answer = get(anybody, f"{PAGES}?{query}", 400)
    assert answer["Cache-Control"] == "no-store"


def test_pages_are_searched_and_filtered(anybody):
    found = get(anybody, f"{PAGES}?search=accessibilité").json()
    assert [item["meta"]["slug"] for item in found["items"]] == ["accessibilite"]
    assert get(anybody, f"{PAGES}?search=accessibilité&type=home.TextPage").json() == found
    assert get(anybody, f"{PAGES}?slug=tes-droits").json()["meta"]["total_count"] == 1
    answer = anybody.get(f"{PAGES}find/?html_path=/tes-droits/")
    assert answer.status_code == 302
    assert answer.url.startswith(settings.WAGTAILADMIN_BASE_URL)


@pytest.mark.sampled
def test_a_hundred_pages_cost_eight_statements(anybody, django_assert_max_num_queries):
    count = sampled([100], [20])[0]
    home = HomePage.objects.get(slug="accueil")
    target = TextPage.objects.get(slug="tes-droits")
    for number in range(count):
        body = f'<p>Lire <a id="{target.pk}" linktype="page">la page</a></p>'
        page_add(home, TextPage(title=f"Page {number}", slug=f"page-{number}", body=body))
    for query in ("type=home.TextPage&fields=body", "fields=*", "type=home.TextPage&fields=*"):
        get(anybody, f"{PAGES}?limit={count}&{query}")
        with django_assert_max_num_queries(20) as queries:
            items = get(anybody, f"{PAGES}?limit={count}&{query}").json()["items"]
        assert len(items) == count
        assert len(counted(queries.captured_queries)) <= 8, query


def test_links_of_rich_texts_are_addresses_that_the_reader_may_open(anybody, change):
    public, closed = TextPage.objects.get(slug="tes-droits"), TextPage.objects.get(slug="mentions-legales")
    change(closed.page_ptr, VisibilityLevel.NETWORK)
    page = TextPage.objects.get(slug="accessibilite")
    page.body = (
        f'<p><a id="{public.pk}" linktype="page">ouverte</a> <a id="{closed.pk}" linktype="page">fermée</a> '
        '<a href="/dire/">ici</a> <a href="https://ailleurs.example/">ailleurs</a></p>'
    )
    page.save_revision().publish()
    body = get(anybody, f"{PAGES}{page.pk}/").json()["body"]
    base = settings.WAGTAILADMIN_BASE_URL
    assert "linktype" not in body
    assert re.findall('href="([^"]*)"', body) == [
        f"{base}/pages/tes-droits/", f"{base}/dire/", "https://ailleurs.example/",
    ]  # fmt: skip
    assert "fermée" in body
    assert str(closed.pk) not in body


def test_addresses_do_not_follow_the_header_of_whoever_asks(anybody):
    text = get(anybody, f"{PAGES}?fields=*", HTTP_HOST="127.0.0.1").content.decode()
    hosts = {urlsplit(found).netloc for found in re.findall(r'"(?:detail_url|html_url)": ?"([^"]+)"', text)}
    assert hosts == {urlsplit(settings.WAGTAILADMIN_BASE_URL).netloc}


def test_what_has_not_changed_is_not_sent_again(anybody):
    first = get(anybody, PAGES)
    assert get(anybody, PAGES, 304, HTTP_IF_NONE_MATCH=first["ETag"]).content == b""
    page = TextPage.objects.get(slug="tes-droits")
    page.title = "Tes droits, autrement"
    page.save_revision().publish()
    again = get(anybody, PAGES, HTTP_IF_NONE_MATCH=first["ETag"])
    assert again["ETag"] != first["ETag"]


def test_the_date_of_an_answer_follows_what_moved(anybody, monkeypatch):
    monkeypatch.setattr("cms.documents.content.selectors.SETTLED", -timezone.timedelta(days=1))
    first = get(anybody, PAGES)
    assert get(anybody, PAGES, 304, HTTP_IF_MODIFIED_SINCE=first["Last-Modified"])
    get(anybody, PAGES, 200, HTTP_IF_MODIFIED_SINCE="Thu, 01 Jan 2015 00:00:00 GMT")


def test_what_just_moved_has_no_date(anybody):
    page = TextPage.objects.get(slug="tes-droits")
    page.save_revision().publish()
    assert "Last-Modified" not in get(anybody, PAGES)


def test_a_token_reads_for_its_owner_alone(anybody, cast):
    header = token_header(cast["gendarme"])
    answer = get(anybody, DOCUMENTS, **header)
    assert answer["Cache-Control"] == "private, no-store"
    assert "ETag" not in answer
    assert "referentiel" in {item["document"] for item in answer.json()["items"]}
    read = get(anybody, f"{DOCUMENTS}referentiel/", **header).json()
    assert len(read["clauses"]) > 30
    refused = get(anybody, DOCUMENTS, 401, HTTP_AUTHORIZATION="Token hvj_rien")
    assert refused["WWW-Authenticate"] == 'Bearer realm="havre", error="invalid_token"'
    get(anybody, DOCUMENTS, 403, **token_header(cast["state_reader"]))


def test_origins_are_those_of_the_setting(anybody, settings):
    settings.CORS_ALLOWED_ORIGINS = ["https://front.example"]
    asked = {"HTTP_ORIGIN": "https://front.example", "HTTP_ACCESS_CONTROL_REQUEST_METHOD": "GET"}
    answer = get(anybody, PAGES, HTTP_ORIGIN="https://front.example")
    assert answer["Access-Control-Allow-Origin"] == "https://front.example"
    assert "origin" in answer["Vary"].lower()
    assert "Access-Control-Allow-Origin" not in get(anybody, PAGES, HTTP_ORIGIN="https://autre.example")
    preflight = anybody.options(PAGES, **asked)
    assert preflight["Access-Control-Max-Age"] == "86400"
    assert "authorization" not in preflight["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Credentials" not in preflight
    for path in ("/", "/api/v1/schema/"):
        assert "Access-Control-Allow-Origin" not in anybody.get(path, HTTP_ORIGIN="https://front.example")


def test_without_a_decision_no_document_is_read(anybody):
    assert get(anybody, DOCUMENTS).json() == {"meta": {"total_count": 0}, "items": []}
    for kind in KINDS:
        for path in ("", "versions/", "versions/1.0/", "versions/1.0/difference/", "clauses/1/"):
            get(anybody, f"{DOCUMENTS}{kind}/{path}", 404)


def test_a_public_document_gives_its_versions_by_number_and_hash(anybody, cast, acting_as, public_protocol):
    [item] = get(anybody, DOCUMENTS).json()["items"]
    assert (item["document"], item["number"]) == ("fsi-protocol", "1.1")
    read = get(anybody, PROTOCOL).json()
    assert [clause["code"] for clause in read["clauses"]] == [str(number) for number in range(1, 11)]
    second = read["clauses"][1]
    assert "Une ligne de plus." in second["text"]["Texte"]
    assert "<p>Une ligne de plus.</p>" in second["html"]
    first = get(anybody, f"{PROTOCOL}versions/1.0/")
    assert first["Cache-Control"] == "public, max-age=3600"
    assert get(anybody, f"{PROTOCOL}by-hash/{first.json()['content_hash']}/").json() == first.json()
    get(anybody, f"{PROTOCOL}by-hash/{'0' * 64}/", 404)
    assert [row["number"] for row in get(anybody, f"{PROTOCOL}versions/").json()["items"]] == ["1.1", "1.0"]
    text = json.dumps(read)
    assert "CESEDA" not in text, "un texte de loi non vérifié ne se montre pas"
    with acting_as("coordination"):
        names = {person.last_name for person in cast.values()}
    assert not [name for name in names if name and name in text]


def test_the_difference_between_two_versions_is_read(anybody, public_protocol):
    found = get(anybody, f"{PROTOCOL}versions/1.1/difference/?since=1.0").json()
    assert [row["code"] for row in found["clauses"] if row["change"] == "changed"] == ["2"]
    assert found == get(anybody, f"{PROTOCOL}versions/1.1/difference/").json()
    get(anybody, f"{PROTOCOL}versions/1.0/difference/", 404)
    get(anybody, f"{PROTOCOL}versions/1.0/difference/?since=1.1", 400)
    get(anybody, f"{PROTOCOL}versions/1.1/difference/?depuis=1.0", 400)


def test_a_clause_has_a_lasting_address(anybody, public_protocol):
    found = get(anybody, f"{PROTOCOL}clauses/2/").json()["items"]
    assert [row["version"]["number"] for row in found] == ["1.1", "1.0"]
    get(anybody, f"{PROTOCOL}clauses/99/", 404)


def test_closing_a_document_closes_every_address_at_once(anybody, change, public_protocol):
    addresses = [
        f"{PROTOCOL}{path}" for path in ("", "versions/", "versions/1.0/", "versions/1.1/difference/", "clauses/2/")
    ]
    kept = {path: get(anybody, path)["ETag"] for path in addresses}
    change(public_protocol, VisibilityLevel.NETWORK)
    for path, etag in kept.items():
        get(anybody, path, 404, HTTP_IF_NONE_MATCH=etag)
    assert "fsi-protocol" not in get(anybody, "/sitemap.xml").content.decode()
    assert "Une ligne." not in get(anybody, "/flux/publications.atom").content.decode()


def test_the_catalogue_never_gives_the_answers_of_its_questions(anybody, opened, acting_as):
    opened(Document.objects.get(kind="curriculum"))
    read = get(anybody, f"{DOCUMENTS}curriculum/")
    with acting_as("trainer"):
        version = DocumentVersion.objects.filter(document__kind="curriculum").latest("sequence")
        contents = list(version.clauses.values_list("content", flat=True))
    asked = [question["text"] for content in contents for question in content.get("questions", ())]
    assert asked
    text = json.dumps(read.json(), ensure_ascii=False)
    assert not [words for words in asked if words in text]
    assert "questions" not in text.replace("Des questions", "")
    for words in asked[:3]:
        assert anybody.get(f"{API}search/", {"q": words[:90]}).json()["items"] == []


def test_search_reads_what_is_visible_and_nothing_else(anybody, public_protocol):
    def found(words):
        return [
            item.get("code") or item["html_url"] for item in anybody.get(f"{API}search/", {"q": words}).json()["items"]
        ]

    assert found("ligne de plus") == ["2"]
    assert any("accessibilite" in address for address in found("defenseur DES droits"))
    assert found("exigence") == []
    for query in ({}, {"q": "a"}, {"q": "droits", "limit": "0"}, {"q": "droits", "x": "1"}):
        assert anybody.get(f"{API}search/", query).status_code == 400


def test_the_map_and_the_feed_name_what_is_public(anybody, public_protocol, settings):
    settings.HAVRE_PUBLIC_URL = "https://front.example/"
    places = re.findall("<loc>([^<]+)</loc>", get(anybody, "/sitemap.xml").content.decode())
    assert "https://front.example/" in places
    assert "https://front.example/documents/fsi-protocol/1.1/" in places
    assert all(place.startswith("https://front.example/") for place in places)
    feed = get(anybody, "/flux/publications.atom").content.decode()
    assert "version 1.1" in feed
    assert "urn:sha256:" in feed
    assert "referentiel" not in feed


# Wagtail leaves the spooled file of a rendition to the collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_image_is_read_only_where_a_public_page_holds_it(anybody, change, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    image = get_image_model().objects.create(title="Logo", description="Un phare", file=get_test_image_file())
    assert get(anybody, f"{API}images/").json()["items"] == []
    get(anybody, f"{API}images/{image.pk}/", 404)
    get(anybody, f"{API}images/{image.pk}/400-webp/", 404)
    page = TextPage.objects.get(slug="accessibilite")
    page.body += f'<embed alt="Un phare" embedtype="image" format="fullwidth" id="{image.pk}"/>'
    page.save_revision().publish()
    ReferenceIndex.create_or_update_for_object(page)
    [found] = get(anybody, f"{API}images/").json()["items"]
    assert (found["alt"], len(found["renditions"])) == ("Un phare", 6)
    drawn = get(anybody, f"{API}images/{image.pk}/400-webp/")
    assert drawn["Content-Type"] == "image/webp"
    assert drawn.content[8:12] == b"WEBP"
    body = get(anybody, f"{PAGES}{page.pk}/").json()["body"]
    assert f'{API}images/{image.pk}/800-jpeg/" alt="Un phare"' in body
    get(anybody, f"{API}images/{image.pk}/original/", 404)
    change(page.page_ptr, VisibilityLevel.NETWORK)
    get(anybody, f"{API}images/{image.pk}/400-webp/", 404)


def test_nobody_signed_in_finds_a_row_that_is_not_public(anybody, client_of, cast, acting_as, public_protocol):
    """Every address of the content API, with each id that the network knows: the wall gives one document."""
    with scope.acting(cast["direction"]):
        versions = list(DocumentVersion.objects.select_related("document").exclude(document=public_protocol))
        codes = {version.document.kind: version.clauses.values_list("code", flat=True).first() for version in versions}
    addresses = [
        reverse(f"content:{name}", kwargs={"kind": version.document.kind, **more})
        for version in versions
        for name, more in (
            ("document", {}), ("versions", {}), ("version", {"number": version.number}),
            ("difference", {"number": version.number}), ("by_hash", {"content_hash": version.content_hash}),
            ("clause", {"code": codes[version.document.kind]}),
        )
    ]  # fmt: skip
    assert len(addresses) > 10
    for client in (anybody, client_of("direction"), client_of("former_member")):
        for address in addresses:
            get(client, address, 404)
    open_addresses = [PAGES, DOCUMENTS, f"{API}search/?q=mineur", "/sitemap.xml", "/flux/publications.atom", PROTOCOL]
    for address in open_addresses:
        text = get(anybody, address).content.decode()
        assert not [marker for marker in MARKERS if marker in text]
        assert not [version.content_hash for version in versions if version.content_hash in text]
