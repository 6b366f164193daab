"""Publishing: what is frozen, what is refused, and that nothing changes afterwards."""

import datetime as dt
import threading

import psycopg
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, connections, transaction

from cms.documents.models import ClauseVersion, Document, DocumentVersion
from cms.documents.versions.selectors import version_in_force
from cms.documents.versions.services.versions import ClauseContent, version_publish
from cms.journal.models import JournalLine
from cms.users.models import User
from cms.wall import scope
from tests import database

TODAY = dt.date.today()


def test_a_version_keeps_content_hashes_and_author(acting_as, cast, publish):
    with acting_as("coordination"):
        version = publish()
        assert (version.sequence, version.number, version.published_by) == (1, "1.0", cast["coordination"])
        assert [clause.code for clause in version.clauses.order_by("position")] == ["C1", "C2"]
        assert len(version.content_hash) == 64
    with acting_as("direction"):
        assert JournalLine.objects.filter(action="documents.version.publish", object_id=version.pk).count() == 1


def test_the_editor_publishes(acting_as, cast, publish):
    with acting_as("editor"):
        assert publish(published_by=cast["editor"]).published_by == cast["editor"]


@pytest.mark.parametrize("key", ["director_a", "trainer", "dpo", "tech_admin", "state_reader"])
def test_nobody_else_publishes(acting_as, cast, publish, key):
    with acting_as(key), pytest.raises(PermissionDenied):
        publish(published_by=cast[key])


def test_nobody_publishes_under_another_name(acting_as, cast, publish):
    with acting_as("coordination"), pytest.raises(PermissionDenied):
        publish(published_by=cast["direction"])


def test_the_database_refuses_a_version_from_a_structure(acting_as, document):
    row = DocumentVersion(
        document=document, sequence=1, number="1.0", is_major=True, change_note="x", effective_on=TODAY,
        published_at="2026-01-01T00:00Z", content={}, content_hash="0" * 64,
    )  # fmt: skip
    with acting_as("director_a"), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.parametrize("number", ["1.0", "1", "0.9", "1.0.0"])
def test_a_number_must_grow(acting_as, publish, number):
    with acting_as("coordination"):
        publish()
        with pytest.raises(ValidationError, match="dépasser celui de la version 1.0"):
            publish(number=number, text="Autre texte.")


def test_ten_comes_after_nine(acting_as, publish):
    with acting_as("coordination"):
        publish(number="1.9")
        assert publish(number="1.10", text="Autre texte.").sequence == 2


@pytest.mark.parametrize("number", ["", "un", "1.", "1.0.0.0", "-1", "1,0"])
def test_a_number_is_made_of_figures(acting_as, publish, number):
    with acting_as("coordination"), pytest.raises(ValidationError, match="numéro comme 1.0"):
        publish(number=number)


def test_the_same_words_are_not_published_twice(acting_as, publish):
    with acting_as("coordination"):
        publish()
        with pytest.raises(ValidationError, match="Rien n’a changé depuis la version 1.0"):
            publish(number="1.1")


def test_a_date_of_effect_is_neither_past_nor_before_the_previous_one(acting_as, publish):
    with acting_as("coordination"):
        publish(effective_on=TODAY + dt.timedelta(days=10))
        for day in (TODAY - dt.timedelta(days=1), TODAY + dt.timedelta(days=9)):
            with pytest.raises(ValidationError, match="date d’effet"):
                publish(number="1.1", text="Autre texte.", effective_on=day)


def test_a_version_says_what_changes(acting_as, publish):
    with acting_as("coordination"), pytest.raises(ValidationError, match="ce qui change"):
        publish(change_note="  ")


def test_codes_are_used_once(acting_as, publish):
    clauses = [ClauseContent("C1", {"text": "a"}), ClauseContent("C1", {"text": "b"})]
    with acting_as("coordination"), pytest.raises(ValidationError, match="Un code ne sert qu’une fois"):
        publish(clauses=clauses)
    with acting_as("coordination"), pytest.raises(ValidationError, match="rien à publier"):
        publish(clauses=[])


def test_the_version_in_force_is_the_last_to_take_effect(acting_as, document, publish):
    with acting_as("coordination"):
        first = publish(effective_on=dt.date(2026, 1, 1))
        later = publish(number="2.0", text="Autre texte.", effective_on=TODAY + dt.timedelta(days=30))
        assert version_in_force("charter", dt.date(2025, 12, 31)) is None
        assert version_in_force("charter") == first
        assert version_in_force("charter", TODAY + dt.timedelta(days=30)) == later


@pytest.mark.parametrize("write", ["update", "delete"])
def test_the_application_changes_no_version(acting_as, publish, write):
    with acting_as("coordination"):
        version = publish()
    rows = (DocumentVersion.objects.filter(pk=version.pk), ClauseVersion.objects.filter(version=version))
    for row in rows:
        with acting_as("coordination"), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            row.update(content={}) if write == "update" else row._raw_delete(row.db)


def test_the_application_saves_no_version_again(acting_as, publish):
    with acting_as("coordination"):
        version = publish()
        version.number = "9.0"
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            version.save()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE documents_documentversion SET number = '9.0'",
        "UPDATE documents_clauseversion SET code = 'X'",
        "DELETE FROM documents_clauseversion",
    ],
)
def test_the_owner_is_stopped_by_a_trigger(committed, statement):
    refused = pytest.raises(psycopg.DatabaseError, match="modifient pas")
    with psycopg.connect(database.owner_url(committed)) as owner, refused:
        owner.execute(statement)


def _publish_apart(number, text, barrier, results):
    """In a thread: a connection, a transaction and a scope of its own."""
    try:
        actor = User.objects.get(email="coordination@havre.example")
        barrier.wait(timeout=20)
        with scope.acting(actor):
            version = version_publish(
                document=Document.objects.get(kind="charter"),
                clauses=[ClauseContent("C1", {"text": text})],
                content={},
                number=number,
                effective_on=TODAY,
                is_major=True,
                change_note="Deux à la fois",
                published_by=actor,
            )
        results.append(version.sequence)
    except ValidationError as error:
        results.append(error.messages[0])
    finally:
        connections.close_all()


def _both(*jobs):
    barrier, results = threading.Barrier(len(jobs)), []
    threads = [threading.Thread(target=_publish_apart, args=(*job, barrier, results)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return results


def test_two_publications_at_once_give_one_version_and_one_clear_refusal(committed):
    results = _both(("1.0", "Premier texte."), ("1.0", "Second texte."))
    assert sorted(results, key=str) == [1, "Le numéro doit dépasser celui de la version 1.0."]
    assert _frozen() == (1, 1)


def test_two_publications_that_do_not_contradict_follow_each_other(committed):
    """Whichever comes first: 1.0 then 2.0 are both kept, 2.0 then 1.0 leaves 2.0 alone. Nothing is half frozen."""
    results = _both(("1.0", "Premier texte."), ("2.0", "Second texte."))
    versions, clauses = _frozen()
    assert versions == clauses == sum(isinstance(result, int) for result in results)
    assert sorted(result for result in results if isinstance(result, int)) == list(range(1, versions + 1))
    assert all("2.0" in result for result in results if isinstance(result, str))


def _frozen():
    with scope.acting(scope.FIGURES):
        versions = DocumentVersion.objects.filter(document__kind="charter")
        return versions.count(), ClauseVersion.objects.filter(version__in=versions).count()


def test_no_scope_reads_no_version(db, acting_as, publish):
    with acting_as("coordination"):
        publish()
    assert not DocumentVersion.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM documents_clauseversion")
        assert cursor.fetchone() == (0,)
