"""Pages of the site in other languages: their address, the side from which they are read, what is late."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale

from cms.documents.enums import VisibilityLevel
from cms.home.enums import TranslationState
from cms.home.models import HomePage, TextPage
from cms.home.selectors import translations_standing
from cms.home.services import pages_load, translation_start

PAGES = "/api/content/v2/pages/"
SCREEN = reverse("home_translations")
EASY = "fr-x-facile"


@pytest.fixture
def arabic(acting_as, cast):
    """The page of the rights of minors, in Arabic, online."""
    with acting_as("editor"):
        page = translation_start(page=TextPage.objects.get(slug="tes-droits").page_ptr, code="ar", by=cast["editor"])
        page.get_parent().specific.save_revision(user=cast["editor"]).publish()
        page.title, page.body = "حقوقك", "<p>هذه الصفحة لك</p>"
        page.save_revision(user=cast["editor"]).publish()
        page.refresh_from_db()
        return page


def standing(slug, code):
    [found] = [rows for page, rows in translations_standing() if page.slug == slug]
    [state] = [row.state for row in found if row.code == code]
    return state


def test_the_page_for_minors_ships_in_plain_french(db):
    page = Client().get(f"/pages/{EASY}/tes-droits-{EASY}/").content.decode()
    assert f'lang="{EASY}"' in page
    assert "119" in page
    assert 'hreflang="fr"' in page
    assert f'hreflang="{EASY}"' in Client().get("/pages/tes-droits/").content.decode()
    assert pages_load() == 0, "une seule fois"


def test_plain_french_is_in_short_sentences(db):
    body = TextPage.objects.get(slug=f"tes-droits-{EASY}").body
    words = [len(sentence.split()) for sentence in body.replace("</", ".</").split(".")]
    assert max(words) < 25


def test_a_translation_is_read_at_its_own_address_from_its_side(arabic):
    address = "/pages/ar/tes-droits-ar/"
    assert arabic.url == address
    page = Client().get(address).content.decode()
    assert 'lang="ar" dir="rtl"' in page
    assert 'lang="fr" dir="ltr"' in Client().get("/pages/tes-droits/").content.decode()
    for other in ("/pages/ar/tes-droits/", "/pages/en/tes-droits/", "/pages/ar/rien/", "/pages/xx/"):
        assert Client().get(other).status_code == 404, other


def test_the_api_gives_each_language(arabic, settings):
    settings.HAVRE_PUBLIC_URL = "https://front.example/"
    [found] = Client().get(f"{PAGES}?locale=ar&type=home.TextPage&fields=body").json()["items"]
    assert (found["id"], found["meta"]["locale"]) == (arabic.pk, "ar")
    assert found["meta"]["html_url"] == "https://front.example/ar/tes-droits-ar/"
    source = TextPage.objects.get(slug="tes-droits")
    others = Client().get(f"{PAGES}?translation_of={source.pk}").json()["items"]
    assert {item["meta"]["locale"] for item in others} == {"ar", EASY}
    assert Client().get(f"{PAGES}{arabic.pk}/")["Content-Language"] == "ar"
    assert Client().get(f"{PAGES}{source.pk}/")["Content-Language"] == "fr"


def test_a_draft_of_a_translation_is_nowhere(acting_as, cast):
    with acting_as("editor"):
        page = translation_start(page=TextPage.objects.get(slug="tes-droits").page_ptr, code="ar", by=cast["editor"])
    assert Client().get(f"{PAGES}{page.pk}/").status_code == 404
    assert Client().get("/pages/ar/tes-droits-ar/").status_code == 404
    assert standing("tes-droits", "ar") == TranslationState.DRAFT


def test_each_translation_says_where_it_stands(arabic, acting_as):
    assert standing("tes-droits", "ar") == TranslationState.CURRENT
    assert standing("accessibilite", "ar") == TranslationState.MISSING
    with acting_as("editor"):
        TextPage.objects.get(slug="tes-droits").save_revision().publish()
    assert standing("tes-droits", "ar") == TranslationState.LATE


def test_whoever_writes_the_site_translates_it(client_of, acting_as, cast):
    client = client_of("editor")
    page = TextPage.objects.get(slug="information-famille")
    assert "Français facile" in client.get(SCREEN).content.decode()
    answer = client.post(SCREEN, {"page": page.pk, "language": "uk"})
    assert answer.status_code == 302, answer.content
    assert client.get(answer.url).status_code == 200, "la branche de la langue lui est ouverte"
    assert client.post(SCREEN, {"page": page.pk, "language": "uk"}).status_code == 422
    for wrong in ({}, {"page": page.pk, "language": "fr"}, {"page": page.pk, "language": "xx"}, {"page": 999999}):
        assert client.post(SCREEN, {"language": "uk"} | wrong).status_code == 422, wrong
    assert Locale.objects.filter(language_code="uk").exists()


@pytest.mark.parametrize("key", ["trainer", "dpo", "tech_admin"])
def test_others_translate_nothing(client_of, acting_as, cast, key):
    assert client_of(key).get(SCREEN).status_code == 404
    page = TextPage.objects.get(slug="tes-droits").page_ptr
    with acting_as(key), pytest.raises(PermissionDenied):
        translation_start(page=page, code="ar", by=cast[key])


def test_an_unknown_language_is_refused(acting_as, cast):
    page = TextPage.objects.get(slug="tes-droits").page_ptr
    for code in ("fr", "xx", ""):
        with acting_as("editor"), pytest.raises(ValidationError):
            translation_start(page=page, code=code, by=cast["editor"])


def test_a_translation_may_be_kept_to_the_network(arabic, change):
    change(arabic.page_ptr, VisibilityLevel.NETWORK)
    assert Client().get(f"{PAGES}{arabic.pk}/").status_code == 404
    assert Client().get("/pages/ar/tes-droits-ar/").status_code == 302
    assert HomePage.objects.filter(locale__language_code="ar").exists()
