"""Who reads a document or a page: opened by two people, closed by one, held by the database."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from cms.documents.enums import VisibilityLevel
from cms.documents.models import ArticlePage, ClauseVersion, Document, DocumentPage, DocumentVersion, Visibility
from cms.documents.versions.services.pages import document_publish
from cms.documents.visibility.selectors import pages_readable, reach_of, shown_hash, shown_parts
from cms.documents.visibility.services import CHANGED, visibility_agree, visibility_dismiss
from cms.home.models import HomePage, TextPage
from cms.journal.models import JournalLine
from cms.wall import scope

PROTOCOL = "fsi-protocol"
PUBLIC, NETWORK, ROLES = VisibilityLevel.PUBLIC, VisibilityLevel.NETWORK, VisibilityLevel.ROLES


@pytest.fixture
def second_version(acting_as, cast):
    """Publish 1.1 of the protocol, in force today."""
    with acting_as("coordination"):
        article = ArticlePage.objects.child_of(DocumentPage.objects.get(kind=PROTOCOL)).get(code="2")
        article.text += "\nUne ligne de plus."
        article.save_revision().publish()
        return document_publish(
            kind=PROTOCOL, number="1.1", effective_on=timezone.localdate(), is_major=False, change_note="Une ligne.",
            published_by=cast["coordination"],
        )  # fmt: skip


def read_by(acting_as, key, document=None):
    rows = DocumentVersion.objects.filter(document=document) if document else DocumentVersion.objects.all()
    with scope.acting(AnonymousUser()) if key == "anonymous" else acting_as(key):
        return set(rows.values_list("number", flat=True))


def test_a_document_starts_for_the_network_and_a_page_for_everybody(acting_as, protocol):
    assert reach_of(protocol).level == NETWORK
    with scope.acting(AnonymousUser()):
        assert not DocumentVersion.objects.exists()
        assert not ClauseVersion.objects.exists()
        pages = pages_readable(TextPage.objects.all())
        assert set(pages.values_list("slug", flat=True)) >= {"accessibilite", "tes-droits", "information-famille"}


def test_public_takes_two_people(acting_as, cast, change, protocol):
    row = change(protocol, PUBLIC)
    assert read_by(acting_as, "anonymous") == set(), "une personne seule n’ouvre rien"
    with acting_as("editor"), pytest.raises(PermissionDenied):
        visibility_agree(row=row, by=cast["editor"])
    with acting_as("direction"):
        visibility_agree(row=row, by=cast["direction"])
    assert read_by(acting_as, "anonymous") == {"1.0"}
    with scope.acting(AnonymousUser()):
        assert ClauseVersion.objects.count() == 10
        assert set(DocumentVersion.objects.values_list("document__kind", flat=True)) == {PROTOCOL}
    with acting_as("direction"):
        actions = JournalLine.objects.filter(object_id=row.pk).order_by("at").values_list("action", flat=True)
        assert list(actions) == ["documents.visibility.ask", "documents.visibility.agree"]


def test_who_asked_does_not_agree_even_from_the_direction(acting_as, cast, change, protocol):
    row = change(protocol, PUBLIC, "direction")
    with acting_as("direction"), pytest.raises(ValidationError):
        visibility_agree(row=row, by=cast["direction"])


@pytest.mark.parametrize("key", ["trainer", "director_a", "gendarme", "tech_admin"])
def test_who_publishes_nothing_opens_nothing(change, protocol, key):
    with pytest.raises(PermissionDenied):
        change(protocol, PUBLIC, key)


def test_the_trainer_opens_the_catalogue_and_no_other(change, protocol):
    assert change(Document.objects.get(kind="curriculum"), PUBLIC, "trainer").is_widening


def test_closing_takes_one_person_at_once_and_sets_aside_what_waited(acting_as, change, opened, protocol):
    opened(protocol)
    waiting = change(protocol, PUBLIC, with_older=True)
    change(protocol, NETWORK)
    assert read_by(acting_as, "anonymous") == set()
    with acting_as("editor"):
        assert Visibility.objects.get(pk=waiting.pk).dismissed_at
    assert "1.0" in read_by(acting_as, "gendarme", protocol)


def test_the_database_refuses_to_widen_alone(acting_as, cast, protocol):
    """Whatever the code above does."""
    facts = {"document": protocol, "level": PUBLIC, "reason": "x", "shown": "", "asked_at": timezone.now()}
    with acting_as("direction"):
        for forged in (
            {"is_widening": False},
            {"is_widening": True, "agreed_by": cast["coordination"], "agreed_at": timezone.now()},
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                Visibility.objects.create(asked_by=cast["direction"], **facts, **forged)
    assert read_by(acting_as, "anonymous") == set()


def test_nobody_forges_the_agreement_of_somebody_else(acting_as, cast, change, protocol):
    row = change(protocol, PUBLIC)
    for key in ("editor", "coordination"):
        with acting_as(key), pytest.raises(DatabaseError), transaction.atomic():
            Visibility.objects.filter(pk=row.pk).update(agreed_by=cast["direction"], agreed_at=timezone.now())
    with acting_as("gendarme"):
        assert not Visibility.objects.exists()


def test_some_roles_read_and_others_do_not(acting_as, change, protocol):
    change(protocol, ROLES, roles=["requester"])
    assert read_by(acting_as, "gendarme", protocol) == {"1.0"}
    assert read_by(acting_as, "editor", protocol) == {"1.0"}
    assert read_by(acting_as, "director_a", protocol) == set()
    with acting_as("director_a"):
        assert not ClauseVersion.objects.filter(version__document=protocol).exists()
    assert change(protocol, NETWORK).is_widening, "rouvrir au réseau demande deux personnes"
    with pytest.raises(ValidationError):
        change(protocol, ROLES, roles=[])


def test_older_versions_show_only_when_asked_for(acting_as, change, opened, protocol, second_version):
    opened(protocol)
    assert read_by(acting_as, "anonymous", protocol) == {"1.1"}
    opened(protocol, with_older=True)
    assert read_by(acting_as, "anonymous", protocol) == {"1.0", "1.1"}
    assert not change(protocol, PUBLIC).is_widening
    assert read_by(acting_as, "anonymous", protocol) == {"1.1"}


def test_what_is_agreed_to_is_what_was_shown(acting_as, cast, change, protocol, second_version):
    row = change(protocol, PUBLIC)
    with acting_as("coordination"):
        document_publish_again(cast)
    with acting_as("direction"), pytest.raises(ValidationError, match=CHANGED):
        visibility_agree(row=row, by=cast["direction"])
    with acting_as("coordination"):
        visibility_dismiss(row=row, by=cast["coordination"])


def document_publish_again(cast):
    article = ArticlePage.objects.child_of(DocumentPage.objects.get(kind=PROTOCOL)).get(code="3")
    article.text += "\nEncore une."
    article.save_revision().publish()
    document_publish(
        kind=PROTOCOL, number="1.2", effective_on=timezone.localdate(), is_major=False, change_note="Encore.",
        published_by=cast["coordination"],
    )  # fmt: skip


def test_a_version_for_everybody_is_validated_by_somebody_else(acting_as, cast, opened, protocol):
    opened(protocol)
    with acting_as("coordination"), pytest.raises(ValidationError):
        document_publish_again(cast)


def test_a_version_to_come_does_not_show_before_its_day(acting_as, cast, opened, protocol):
    with acting_as("coordination"):
        article = ArticlePage.objects.child_of(DocumentPage.objects.get(kind=PROTOCOL)).get(code="2")
        article.text += "\nPlus tard."
        article.save_revision().publish()
        document_publish(
            kind=PROTOCOL, number="1.1", effective_on=timezone.localdate() + dt.timedelta(days=3), is_major=False,
            change_note="Plus tard.", published_by=cast["coordination"],
        )  # fmt: skip
    opened(protocol, with_older=True)
    assert read_by(acting_as, "anonymous", protocol) == {"1.0"}


def test_a_child_page_only_narrows(acting_as, client_of, change, opened):
    home, page = HomePage.objects.get(slug="accueil"), TextPage.objects.get(slug="mentions-legales")
    change(home.page_ptr, NETWORK)
    for path in ("/pages/", "/pages/mentions-legales/", "/mentions-legales/"):
        answer = client_of("anonymous").get(path)
        assert answer.status_code == 302
        assert "/compte/login/" in answer.url
    assert client_of("gendarme").get("/mentions-legales/").status_code == 200
    change(page.page_ptr, ROLES, roles=["trainer"])
    with pytest.raises(ValidationError, match="au-dessus"):
        change(page.page_ptr, PUBLIC)
    opened(home.page_ptr)
    assert client_of("anonymous").get("/accessibilite/").status_code == 200
    assert client_of("gendarme").get("/mentions-legales/").status_code == 404
    assert client_of("anonymous").get("/mentions-legales/").status_code == 302


def test_a_page_of_a_document_is_decided_with_it(change):
    with pytest.raises(ValidationError, match="document entier"):
        change(DocumentPage.objects.get(kind=PROTOCOL).page_ptr, ROLES, roles=["trainer"])


def test_a_document_without_version_has_nothing_to_open(change):
    with pytest.raises(ValidationError, match="en vigueur"):
        change(Document.objects.get(kind="charter"), PUBLIC)


def test_what_shows_never_holds_the_answers_of_a_questionnaire(acting_as):
    with acting_as("editor"):
        words = str(shown_parts(Document.objects.get(kind="curriculum")))
        contents = ClauseVersion.objects.filter(version__document__kind="curriculum").values_list("content", flat=True)
        asked = [question["text"] for content in contents for question in content.get("questions", ())]
        assert asked
        assert "Objectifs" in words
        assert not [text for text in asked if text in words]


def test_the_hash_of_a_page_follows_what_is_online(db):
    page = TextPage.objects.get(slug="mentions-legales")
    before = shown_hash(page.page_ptr)
    page.body = "<p>Un brouillon.</p>"
    revision = page.save_revision()
    assert shown_hash(page.page_ptr) == before
    revision.publish()
    assert shown_hash(page.page_ptr) != before


def test_the_screens_ask_show_and_decide(client_of, acting_as, protocol):
    editor, direction = client_of("editor"), client_of("direction")
    address = reverse("documents_visibility_document", args=[PROTOCOL])
    assert "Le réseau" in editor.get(reverse("documents_visibility")).content.decode()
    page = editor.get(address).content.decode()
    assert "le réseau rappelle sous" in page
    assert "CESEDA" not in page
    assert editor.post(address, {"level": "public"}).status_code == 422
    answer = editor.post(address, {"level": "public", "reason": "Pour les familles."})
    assert editor.get(answer.url).content.decode().count("Accorder l’ouverture") == 0
    shown = direction.get(answer.url).content.decode()
    assert "Accorder l’ouverture" in shown
    assert "le réseau rappelle sous" in shown
    assert editor.post(answer.url, {"verb": "agree"}).status_code == 404
    assert read_by(acting_as, "anonymous") == set()
    assert direction.post(answer.url, {"verb": "agree"}).status_code == 302
    assert read_by(acting_as, "anonymous") == {"1.0"}
    assert editor.post(address, {"level": "network", "reason": "Une erreur."}).status_code == 302
    assert read_by(acting_as, "anonymous") == set()


def test_the_decision_is_owed_to_whoever_may_agree_and_ends_with_it(acting_as, cast, change, opened, protocol):
    change(protocol, PUBLIC)
    asked = "SELECT count(*) FROM notify_obligation WHERE kind = 'visibility' AND closed_at IS NULL"
    with acting_as("direction"), connection.cursor() as cursor:
        cursor.execute(asked)
        assert cursor.fetchone()[0] == 1
        visibility_dismiss(row=Visibility.objects.get(), by=cast["direction"])
        cursor.execute(asked)
        assert cursor.fetchone()[0] == 0
