"""Pages where the référentiel is written: drafts, publication, autosave."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from wagtail.models import GroupPagePermission, Page, Revision, Site

from cms.documents.models import DocumentVersion
from cms.documents.pages.selectors import pages_pending
from cms.home.models import TextPage
from referentiel.models import ChapterPage, ExigencePage, ReferentielIndexPage


def test_the_first_version_holds_the_36_exigences(version, acting_as):
    assert (version.number, version.is_major, version.published_by_id) == ("1.0", True, None)
    with acting_as("coordination"):
        clauses = list(version.clauses.order_by("position").values_list("code", "chapter", "content__level"))
    assert len(clauses) == ExigencePage.objects.live().count() == 36
    assert [chapter["code"] for chapter in version.content["chapters"]] == ["E", "P", "S"]
    assert (clauses[0][0], clauses[-1][0]) == ("E1.1", "S3.12")
    assert {level for _, _, level in clauses} == {"imperative", "standard"}


def test_loading_again_changes_nothing(db):
    before = (Page.objects.count(), Revision.objects.count(), GroupPagePermission.objects.count())
    call_command("load_reference", stdout=io.StringIO())
    assert (Page.objects.count(), Revision.objects.count(), GroupPagePermission.objects.count()) == before


def test_the_site_opens_on_the_home_page(db):
    assert Site.objects.get().root_page.slug == "accueil"
    assert ReferentielIndexPage.objects.get().get_parent().slug == "accueil"
    assert not Page.objects.filter(slug="home").exists()


def test_a_page_has_its_place_in_the_tree(db):
    assert ReferentielIndexPage.allowed_subpage_models() == [ChapterPage]
    assert ChapterPage.allowed_subpage_models() == [ExigencePage]
    assert ExigencePage.allowed_subpage_models() == []


def test_a_draft_changes_neither_the_page_online_nor_the_version(exigence, version):
    exigence.text = "Un brouillon."
    exigence.save_revision()
    assert ExigencePage.objects.get(pk=exigence.pk).text != "Un brouillon."
    index = ReferentielIndexPage.objects.get()
    assert [page.state for page in pages_pending(index)] == ["modifiée, pas encore en ligne"]


def test_a_page_online_is_not_yet_what_partners_sign(exigence, version, acting_as):
    exigence.text = "Un nouveau texte."
    exigence.save_revision().publish()
    with acting_as("coordination"):
        clause = version.clauses.get(code="E1.3")
    assert ExigencePage.objects.get(pk=exigence.pk).text == "Un nouveau texte."
    assert clause.content["text"] != "Un nouveau texte."


def test_the_title_comes_from_the_code_and_the_text(exigence):
    exigence.text = "Un adulte veille."
    exigence.save_revision().publish()
    exigence.refresh_from_db()
    assert (exigence.title, exigence.slug) == ("E1.3 – Un adulte veille.", "e1-3")


def test_a_code_serves_one_exigence_online(exigence):
    other = ExigencePage.objects.get(code="E1.4")
    other.code = "E1.3"
    with pytest.raises(ValidationError, match="porte déjà ce code"):
        other.full_clean()


@pytest.mark.parametrize("code", ["", "e1.1", "1.1", "E", "E1.", "E1.1 bis"])
def test_a_code_has_one_way_of_being_written(exigence, code):
    exigence.code = code
    with pytest.raises(ValidationError) as refusal:
        exigence.full_clean()
    assert "code" in refusal.value.error_dict


@pytest.mark.parametrize("model", [ExigencePage, TextPage])
def test_autosave_never_overwrites_what_is_online(cast, model):
    page = model.objects.first()
    revision = page.save_revision(user=cast["editor"])
    revision.publish()
    revision.refresh_from_db()
    online = dict(revision.content)
    saved = page.save_revision(user=cast["editor"], overwrite_revision=revision)
    revision.refresh_from_db()
    assert saved.pk != revision.pk
    assert revision.content == online


def test_autosave_overwrites_a_draft(cast, exigence):
    draft = exigence.save_revision(user=cast["editor"])
    exigence.text = "Encore mieux."
    assert exigence.save_revision(user=cast["editor"], overwrite_revision=draft).pk == draft.pk


def test_only_versions_frozen_by_the_action_exist(version, exigence, acting_as):
    exigence.text = "Un nouveau texte."
    exigence.save_revision().publish()
    with acting_as("coordination"):
        assert DocumentVersion.objects.filter(document__kind="referentiel").count() == 1
