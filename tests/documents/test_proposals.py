"""A version that somebody else validates before it is published."""

import datetime as dt
import threading

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connections, transaction

from cms.documents.enums import ProposalState
from cms.documents.models import ArticlePage, DocumentPage, DocumentVersion, VersionProposal
from cms.documents.proposals.services import (
    proposal_publish,
    proposal_return,
    proposal_validate,
    proposal_withdraw,
    version_propose,
)
from cms.documents.versions.services.pages import document_publish
from cms.journal.models import JournalLine
from cms.users.models import User
from cms.values.services import setting_change
from cms.wall import scope

TODAY = dt.date.today()
KIND = "fsi-protocol"
FACTS = {"kind": KIND, "number": "2.0", "effective_on": TODAY, "is_major": True, "change_note": "Plus vite."}
FORM = {"number": "2.0", "effective_on": TODAY.isoformat(), "is_major": "major", "change_note": "Plus vite."}
PUBLISH = f"/admin/documents-du-reseau/{KIND}/publier/"


@pytest.fixture
def required(cast, acting_as):
    with acting_as("coordination"):
        setting_change(key="documents.validation_required", value=True, changed_by_id=cast["coordination"].pk)


@pytest.fixture
def article(cast):
    """Changed and put online by the editor."""
    page = ArticlePage.objects.child_of(DocumentPage.objects.get(kind=KIND)).get(code="2")
    page.text = page.text.replace("à toute heure", "jour et nuit")
    page.save_revision(user=cast["editor"]).publish(user=cast["editor"])
    return page


@pytest.fixture
def proposal(cast, acting_as, article, required):
    with acting_as("editor"):
        return version_propose(**FACTS, validator=cast["coordination"], by=cast["editor"])


def test_nothing_is_published_before_somebody_else_validates(acting_as, cast, article, required):
    with acting_as("editor"), pytest.raises(ValidationError, match="doit d’abord valider"):
        document_publish(**FACTS, published_by=cast["editor"])


def test_what_was_validated_is_what_is_frozen(acting_as, cast, proposal):
    with acting_as("editor"), pytest.raises(ValidationError, match="attend encore"):
        proposal_publish(proposal=proposal, by=cast["editor"])
    with acting_as("coordination"):
        proposal = proposal_validate(proposal=proposal, by=cast["coordination"])
    with acting_as("editor"):
        version = proposal_publish(proposal=proposal, by=cast["editor"])
        row = VersionProposal.objects.get()
        assert (row.state, row.version, row.content_hash) == ("published", version, version.content_hash)
        assert version.published_by == cast["editor"]
    with acting_as("direction"):
        actions = set(JournalLine.objects.filter(object_id=row.pk).values_list("action", flat=True))
        assert actions == {"documents.proposal.propose", "documents.proposal.validate"}


@pytest.mark.parametrize(
    "change", [{"number": "3.0"}, {"is_major": False}, {"change_note": "Autre note."},
               {"effective_on": TODAY + dt.timedelta(days=3)}]
)  # fmt: skip
def test_another_number_date_or_note_is_another_version(acting_as, cast, proposal, change):
    with acting_as("coordination"):
        proposal_validate(proposal=proposal, by=cast["coordination"])
    with acting_as("editor"), pytest.raises(ValidationError, match="doit d’abord valider"):
        document_publish(**{**FACTS, **change}, published_by=cast["editor"])


def test_a_word_changed_after_the_validation_is_not_published(acting_as, cast, proposal, article):
    with acting_as("coordination"):
        proposal = proposal_validate(proposal=proposal, by=cast["coordination"])
    article.text = "Un mot de plus."
    article.save_revision(user=cast["editor"]).publish(user=cast["editor"])
    with acting_as("editor"), pytest.raises(ValidationError, match="doit d’abord valider"):
        proposal_publish(proposal=proposal, by=cast["editor"])


def test_a_word_changed_before_is_not_validated(acting_as, cast, proposal, article):
    article.text = "Un mot de plus."
    article.save_revision(user=cast["editor"]).publish(user=cast["editor"])
    with acting_as("coordination"), pytest.raises(ValidationError, match="ont changé depuis"):
        proposal_validate(proposal=proposal, by=cast["coordination"])


def test_nobody_validates_what_they_propose_or_wrote(acting_as, cast, article, required):
    with acting_as("editor"), pytest.raises(ValidationError, match="autre personne"):
        version_propose(**FACTS, validator=cast["editor"], by=cast["editor"])
    with acting_as("coordination"), pytest.raises(ValidationError, match="mis en ligne une partie"):
        version_propose(**FACTS, validator=cast["editor"], by=cast["coordination"])


@pytest.mark.parametrize("key", ["trainer", "dpo", "director_a", "tech_admin"])
def test_a_validator_publishes_documents(acting_as, cast, article, required, key):
    with acting_as("editor"), pytest.raises(ValidationError, match="publie les documents"):
        version_propose(**FACTS, validator=cast[key], by=cast["editor"])


@pytest.mark.parametrize("key", ["trainer", "director_a", "dpo"])
def test_nobody_else_proposes(acting_as, cast, article, key):
    with acting_as(key), pytest.raises(PermissionDenied):
        version_propose(**FACTS, validator=cast["coordination"], by=cast[key])


def test_only_the_person_named_decides(acting_as, cast, proposal):
    with acting_as("direction"), pytest.raises(ValidationError, match="une autre personne"):
        proposal_validate(proposal=proposal, by=cast["direction"])
    with acting_as("direction"), pytest.raises(DatabaseError, match="seule"), transaction.atomic():
        VersionProposal.objects.filter(pk=proposal.pk).update(state=ProposalState.VALIDATED)


def test_the_words_of_a_proposal_do_not_change(acting_as, proposal):
    with acting_as("coordination"), pytest.raises(DatabaseError, match="ne change pas"), transaction.atomic():
        VersionProposal.objects.filter(pk=proposal.pk).update(content_hash="0" * 64, state=ProposalState.VALIDATED)


def test_sent_back_it_says_why_and_another_may_be_proposed(acting_as, cast, proposal, client_of):
    with acting_as("coordination"):
        with pytest.raises(ValidationError, match="ce qui est à reprendre"):
            proposal_return(proposal=proposal, words=" ", by=cast["coordination"])
        proposal_return(proposal=proposal, words="Gardez trente minutes.", by=cast["coordination"])
    assert "à reprendre" in client_of("editor").get("/admin/").content.decode()
    with acting_as("editor"):
        version_propose(**FACTS, validator=cast["direction"], by=cast["editor"])
    assert "à reprendre" not in client_of("editor").get("/admin/").content.decode()


def test_one_proposal_at_a_time(acting_as, cast, proposal):
    with acting_as("editor"):
        with pytest.raises(ValidationError, match="attend déjà"):
            version_propose(**FACTS, validator=cast["coordination"], by=cast["editor"])
        proposal_withdraw(proposal=proposal, by=cast["editor"])
        assert version_propose(**FACTS, validator=cast["coordination"], by=cast["editor"]).is_open


def test_two_people_propose_at_once_and_one_waits(committed):
    barrier, results = threading.Barrier(2), []

    def run(key, other):
        try:
            actor, validator = (User.objects.get(email=f"{name}@havre.example") for name in (key, other))
            barrier.wait(timeout=20)
            with scope.acting(actor):
                results.append(version_propose(**FACTS, validator=validator, by=actor).number)
        except ValidationError as error:
            results.append(error.messages[0])
        finally:
            connections.close_all()

    editor = User.objects.get(email="editor@havre.example")
    with scope.acting(editor):
        page = ArticlePage.objects.child_of(DocumentPage.objects.get(kind=KIND)).get(code="2")
        page.text = "Le réseau rappelle en vingt minutes."
        page.save_revision(user=editor).publish(user=editor)
    pairs = (("coordination", "direction"), ("direction", "coordination"))
    threads = [threading.Thread(target=run, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(result[:3] for result in results) == ["2.0", "Une"]


def test_the_same_proposal_published_twice_makes_one_version(acting_as, cast, proposal):
    with acting_as("coordination"):
        proposal = proposal_validate(proposal=proposal, by=cast["coordination"])
    with acting_as("editor"):
        proposal_publish(proposal=proposal, by=cast["editor"])
        with pytest.raises(ValidationError):
            proposal_publish(proposal=proposal, by=cast["editor"])
        assert DocumentVersion.objects.filter(document__kind=KIND).count() == 2


def test_the_screens_lead_from_the_form_to_the_publication(client_of, acting_as, cast, article, required):
    editor, validator = client_of("editor"), client_of("coordination")
    assert editor.post(PUBLISH, FORM).status_code == 422, "qui valide n’est pas dit"
    response = editor.post(PUBLISH, {**FORM, "validator": str(cast["coordination"].pk)})
    assert response.status_code == 302
    assert "votre validation est attendue" in validator.get("/admin/veille/autour/").content.decode()
    page = validator.get(response.url).content.decode()
    assert "jour et nuit" in page
    assert "Valider cette version" in page
    assert "Valider cette version" not in editor.get(response.url).content.decode()
    assert editor.post(response.url, {"verb": "validate"}).status_code == 422
    assert validator.post(response.url, {"verb": "validate"}).status_code == 302
    assert "vous pouvez la publier" in editor.get("/admin/").content.decode()
    assert editor.post(response.url, {"verb": "publish"}).status_code == 302
    with acting_as("editor"):
        assert DocumentVersion.objects.filter(document__kind=KIND, number="2.0").exists()


@pytest.mark.parametrize("key", ["trainer", "dpo", "tech_admin", "director_a", "anonymous"])
def test_nobody_else_sees_a_proposal(client_of, proposal, key):
    assert client_of(key).get(f"/admin/documents-du-reseau/proposees/{proposal.pk}/").status_code in {302, 404}


def test_without_the_setting_one_publishes_alone(client_of, article, acting_as):
    assert client_of("editor").post(PUBLISH, FORM).status_code == 302
    with acting_as("editor"):
        assert DocumentVersion.objects.get(document__kind=KIND, number="2.0").published_by_id


def test_whoever_takes_the_rule_off_is_still_held_to_it(acting_as, cast, article, required, client_of):
    """Once or twice: nobody takes it off alone to publish alone. Somebody else may."""
    for _ in range(2):
        with acting_as("direction"):
            setting_change(key="documents.validation_required", value=False, changed_by_id=cast["direction"].pk)
        with acting_as("direction"), pytest.raises(ValidationError, match="doit d’abord valider"):
            document_publish(**FACTS, published_by=cast["direction"])
    with acting_as("coordination"):
        assert document_publish(**FACTS, published_by=cast["coordination"]).number == "2.0"


def test_saying_no_to_a_rule_that_never_held_binds_nobody(acting_as, cast, article):
    with acting_as("direction"):
        setting_change(key="documents.validation_required", value=False, changed_by_id=cast["direction"].pk)
        assert document_publish(**FACTS, published_by=cast["direction"]).number == "2.0"
