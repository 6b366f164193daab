"""Screens of Wagtail that answered 500 to an address without what they take for granted."""

import pytest
from django.urls import reverse

from cms.home.models import HomePage

NOT_A_NUMBER = ("rien", "-1", "9" * 19, "²", "1e3", "[]", "1 ")


@pytest.fixture
def browser(client_of):
    return client_of("coordination")


@pytest.mark.parametrize("value", NOT_A_NUMBER)
def test_what_should_be_a_number_is_checked(browser, value):
    home = HomePage.objects.get(slug="accueil").pk
    for name, query in (
        ("wagtailadmin_choose_page", {"target_pages[]": value}),
        ("wagtailadmin_choose_page_chosen_multiple", {"id": value}),
        ("wagtailadmin_choose_page_anchor_link", {"parent_page_id": value}),
        ("wagtailadmin_choose_page_email_link", {"parent_page_id": value}),
        ("wagtailadmin_choose_page_phone_link", {"parent_page_id": value}),
        ("wagtailadmin_choose_page_external_link", {"parent_page_id": value}),
        ("wagtailimages_chooser:chosen_multiple", {"id": value}),
        ("wagtaildocs_chooser:chosen_multiple", {"id": value}),
        ("wagtailadmin_api:documents:find", {"id": value}),
        ("content:pages:listing", {"offset": value}),
    ):
        assert browser.get(reverse(name), query).status_code == 400, name
    for name in ("wagtailimages_chooser:chosen", "wagtaildocs_chooser:chosen"):
        assert browser.get(reverse(name, args=[value])).status_code == 400, name
    moved = browser.post(reverse("wagtailadmin_pages:copy", args=[home]), {"new_parent_page": value})
    assert moved.status_code == 400


def test_the_root_of_the_tree_is_no_page_that_one_chooses(browser):
    address = reverse("wagtailadmin_choose_page_chosen_multiple")
    home = HomePage.objects.get(slug="accueil")
    assert browser.get(address, {"id": home.get_root().pk}).status_code == 400
    assert browser.get(address, {"id": home.pk}).json()["result"][0]["id"] == home.pk


def test_a_version_that_is_none_is_not_returned_to(browser):
    home = HomePage.objects.get(slug="accueil")
    for revision in (0, 987654):
        assert browser.get(reverse("wagtailadmin_pages:revisions_revert", args=[home.pk, revision])).status_code == 400
    home.save_revision()
    own = home.latest_revision.pk
    assert browser.get(reverse("wagtailadmin_pages:revisions_revert", args=[home.pk, own])).status_code in (200, 302)


def test_an_empty_link_is_refused(browser):
    assert browser.post(reverse("wagtailadmin_choose_page_external_link"), {}).status_code == 400
    empty = browser.post(reverse("wagtailadmin_choose_page_external_link"), {"external-link-chooser-url": ""})
    assert empty.status_code == 200


def test_images_are_searched_with_the_label_that_was_chosen(browser):
    answer = browser.get(reverse("wagtailimages_chooser:choose_results"), {"q": "port", "tag": "quai"})
    assert answer.status_code == 200


def test_a_copy_goes_under_a_page(browser):
    address = reverse("wagtailadmin_pages:copy", args=[HomePage.objects.get(slug="accueil").pk])
    for fields in ({}, {"new_parent_page": "0"}, {"new_parent_page": "987654"}, {"new_parent_page": ""}):
        assert browser.post(address, fields).status_code == 400


@pytest.mark.parametrize(
    "target", ["accueil", "2026-13", "wagtailadmin_home", "http:ailleurs", "https://ailleurs.example/"]
)
def test_where_to_go_next_is_an_address(browser, target):
    home = HomePage.objects.get(slug="accueil").pk
    for name in ("unpublish", "delete", "move", "copy", "convert_alias", "edit"):
        for method in ("get", "post"):
            answer = getattr(browser, method)(reverse(f"wagtailadmin_pages:{name}", args=[home]), {"next": target})
            assert answer.status_code == 400, name


@pytest.mark.parametrize("text", ["Quelques mots", "[]", '{"blocks": [1]}'])
def test_a_text_that_the_editor_did_not_write_is_refused(browser, text):
    home = HomePage.objects.get(slug="accueil")
    fields = {"title": "Havre", "slug": home.slug, "introduction": text}
    assert browser.post(reverse("wagtailadmin_pages:edit", args=[home.pk]), fields).status_code == 400
    home.refresh_from_db()
    assert home.introduction != text
