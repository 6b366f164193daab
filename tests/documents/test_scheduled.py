"""What is scheduled is done when its day comes, once, by the rules of a publication by hand; or its author is told."""

import datetime as dt
import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connections, transaction
from django.utils import timezone

from cms.documents.enums import ProposalState
from cms.documents.models import ArticlePage, DocumentPage, DocumentVersion, VersionProposal
from cms.documents.proposals.services import proposal_validate, version_propose
from cms.documents.versions.services.schedule import pages_publish_due, versions_publish_due
from cms.journal.models import JournalLine
from cms.notify.models import Obligation
from cms.users.models import User
from cms.wall import scope
from formation.models import ModulePage

TODAY = dt.date.today()
DAY = TODAY + dt.timedelta(days=3)
KIND = "fsi-protocol"
FACTS = {
    "kind": KIND, "number": "2.0", "effective_on": DAY, "is_major": True, "change_note": "Plus vite.",
    "scheduled_on": DAY,
}  # fmt: skip


def article_change(editor: User, text: str = "Le réseau rappelle en vingt minutes.") -> ArticlePage:
    page = ArticlePage.objects.child_of(DocumentPage.objects.get(kind=KIND)).get(code="2")
    page.text = text
    page.save_revision(user=editor).publish(user=editor)
    return page


@pytest.fixture
def scheduled(cast, acting_as):
    """Proposed by the editor to the coordination, to be published by itself in three days."""
    with acting_as("editor"):
        article_change(cast["editor"])
        return version_propose(**FACTS, validator=cast["coordination"], by=cast["editor"])


@pytest.fixture
def validated(cast, acting_as, scheduled):
    with acting_as("coordination"):
        return proposal_validate(proposal=scheduled, by=cast["coordination"])


def told(person: User) -> list[str]:
    with scope.acting(scope.NOTIFY):
        return list(Obligation.objects.open().filter(person=person).values_list("kind", flat=True))


def test_validated_it_is_frozen_on_its_day_and_not_before(cast, acting_as, validated):
    assert versions_publish_due(DAY - dt.timedelta(days=1)) == []
    assert versions_publish_due(DAY) == [validated.pk]
    assert versions_publish_due(DAY) == []
    with acting_as("editor"):
        version = DocumentVersion.objects.get(document__kind=KIND, number="2.0")
        row = VersionProposal.objects.get()
        assert (row.state, row.version, version.content_hash) == ("published", version, row.content_hash)
        assert (version.published_by, version.effective_on) == (cast["editor"], DAY)
    with acting_as("direction"):
        assert JournalLine.objects.get(action="documents.version.publish", object_id=version.pk).actor_id
    assert "version_missed" not in told(cast["editor"])


def test_not_validated_it_is_refused_and_its_author_is_told(cast, acting_as, scheduled, client_of):
    assert versions_publish_due(DAY) == []
    with acting_as("editor"):
        row = VersionProposal.objects.get()
        assert (row.state, "sans validation" in row.answer) == ("lapsed", True)
        assert not DocumentVersion.objects.filter(document__kind=KIND, number="2.0").exists()
    assert told(cast["editor"]) == ["version_missed"]
    assert "pas publiée le jour prévu" in client_of("editor").get("/admin/").content.decode()
    page = client_of("editor").get(f"/admin/documents-du-reseau/proposees/{row.pk}/").content.decode()
    assert "Le jour prévu est venu sans validation" in page
    with acting_as("editor"):
        another = version_propose(**{**FACTS, "scheduled_on": None}, validator=cast["coordination"], by=cast["editor"])
        assert another.is_open, "un autre jour peut être choisi"


def test_a_word_changed_since_the_validation_is_not_frozen(cast, acting_as, validated):
    with acting_as("editor"):
        article_change(cast["editor"], "Un mot de plus.")
    assert versions_publish_due(DAY) == []
    with acting_as("editor"):
        row = VersionProposal.objects.get()
        assert (row.state, "ont changé depuis" in row.answer) == ("lapsed", True)


def test_an_author_who_publishes_no_more_publishes_nothing(cast, acting_as, validated):
    cast["editor"].is_active = False
    cast["editor"].save()
    assert versions_publish_due(DAY) == []
    with acting_as("coordination"):
        row = VersionProposal.objects.get()
        assert (row.state, row.answer[:11]) == ("lapsed", "La personne")


def test_two_workers_freeze_it_once(committed):
    editor, coordination = (User.objects.get(email=f"{key}@havre.example") for key in ("editor", "coordination"))
    with scope.acting(editor):
        article_change(editor)
        row = version_propose(**FACTS, validator=coordination, by=editor)
    with scope.acting(coordination):
        proposal_validate(proposal=row, by=coordination)
    barrier, done = threading.Barrier(2), []

    def run():
        try:
            barrier.wait(timeout=20)
            done.extend(versions_publish_due(DAY))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert done == [row.pk]
    with scope.acting(editor):
        assert VersionProposal.objects.get().state == ProposalState.PUBLISHED
        assert DocumentVersion.objects.filter(document__kind=KIND, number="2.0").count() == 1


def test_nobody_makes_a_version_lapse_by_hand(acting_as, scheduled):
    with acting_as("coordination"), pytest.raises(DatabaseError, match="jour prévu"), transaction.atomic():
        VersionProposal.objects.filter(pk=scheduled.pk).update(state=ProposalState.LAPSED)


@pytest.mark.parametrize(
    ("change", "words"),
    [({"scheduled_on": TODAY}, "jour à venir"), ({"effective_on": TODAY}, "avant d’être publiée")],
)
def test_a_day_that_cannot_be_is_refused(cast, acting_as, change, words):
    with acting_as("editor"):
        article_change(cast["editor"])
        with pytest.raises(ValidationError, match=words):
            version_propose(**{**FACTS, **change}, validator=cast["coordination"], by=cast["editor"])


def test_a_version_on_a_day_is_always_validated_by_somebody(client_of, cast, acting_as):
    with acting_as("editor"):
        article_change(cast["editor"])
    asked = {
        "number": "2.0", "effective_on": DAY.isoformat(), "is_major": "major", "change_note": "Plus vite.",
        "scheduled_on": DAY.isoformat(),
    }  # fmt: skip
    client, path = client_of("editor"), f"/admin/documents-du-reseau/{KIND}/publier/"
    response = client.post(path, asked)
    assert response.status_code == 422
    assert "elle se publiera sans personne" in response.content.decode()
    assert client.post(path, {**asked, "validator": str(cast["coordination"].pk)}).status_code == 302
    with acting_as("editor"):
        assert VersionProposal.objects.get().scheduled_on == DAY


def schedule(page, person, at):
    """As the page editor does: a revision that waits for its moment."""
    page.go_live_at = at
    page.save_revision(user=person, approved_go_live_at=at)


def test_a_page_goes_online_when_its_moment_comes(cast, acting_as):
    at = timezone.now() + dt.timedelta(hours=1)
    module = ModulePage.objects.live().first()
    module.objectives = "Reconnaître une emprise."
    schedule(module, cast["trainer"], at)
    assert pages_publish_due(at - dt.timedelta(minutes=5)) == 0
    # The clock of Wagtail is that of the machine: the moment is put in the past as time would.
    module.refresh_from_db()
    past = timezone.now() - dt.timedelta(minutes=1)
    revision = module.latest_revision
    revision.content["go_live_at"] = past.isoformat()
    revision.approved_go_live_at = past
    revision.save(update_fields=["content", "approved_go_live_at"])
    assert pages_publish_due(timezone.now()) == 1
    assert pages_publish_due(timezone.now()) == 0
    module.refresh_from_db()
    assert module.objectives == "Reconnaître une emprise."
    with acting_as("trainer"):
        last = DocumentVersion.objects.filter(document__kind="curriculum").order_by("-sequence").first()
        assert last.published_by == cast["trainer"], "le programme est figé sous le nom de qui l’a demandé"


def test_a_page_of_somebody_who_left_stays_a_draft_and_says_so(cast):
    past = timezone.now() - dt.timedelta(minutes=1)
    page = ArticlePage.objects.child_of(DocumentPage.objects.get(kind=KIND)).get(code="2")
    before, page.text = page.text, "Jamais en ligne."
    schedule(page, cast["editor"], past)
    cast["editor"].is_active = False
    cast["editor"].save()
    assert pages_publish_due(timezone.now()) == 0
    page = ArticlePage.objects.get(pk=page.pk)
    assert (page.text, page.has_unpublished_changes) == (before, True)
    assert not page.revisions.filter(approved_go_live_at__isnull=False).exists()
    assert told(cast["editor"]) == [], "à qui ne se connecte plus, rien n’est dit"


def test_a_page_that_its_author_may_not_publish_any_more_is_told(cast):
    past = timezone.now() - dt.timedelta(minutes=1)
    page = ArticlePage.objects.child_of(DocumentPage.objects.get(kind=KIND)).get(code="2")
    page.text = "Jamais en ligne."
    schedule(page, cast["trainer"], past)
    assert pages_publish_due(timezone.now()) == 0
    assert told(cast["trainer"]) == ["page_missed"]
