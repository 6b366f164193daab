import datetime as dt

import psycopg
import pytest

from cms.documents.enums import Signer, VisibilityLevel
from cms.documents.models import Document
from cms.documents.signatures.policies import may_read_for_structure
from cms.documents.signatures.services.signatures import acknowledgement_sign
from cms.documents.versions.services.versions import ClauseContent, version_publish
from cms.documents.visibility.services import visibility_agree, visibility_change
from cms.partners.models import Partner
from cms.wall import scope
from tests import database
from tests.cast.readings import read_whole


@pytest.fixture
def document(db):
    """A document that has no version yet, to be signed."""
    document = Document.objects.get(kind="charter")
    document.signed_by = Signer.STRUCTURES
    with scope.acting(scope.REFERENCE):
        document.save()
    return document


@pytest.fixture
def publish(cast, document):
    """Publish a version of `document`, under the current scope."""

    def run(number="1.0", text="Se taire hors du service.", **changes):
        facts = {
            "document": document,
            "clauses": [ClauseContent("C1", {"text": text}), ClauseContent("C2", {"text": "Fermer sa session."})],
            "content": {"title": "Charte"},
            "effective_on": dt.date.today(),
            "is_major": True,
            "change_note": "Première version",
            "published_by": cast["coordination"],
        }
        return version_publish(number=number, **{**facts, **changes})

    return run


@pytest.fixture
def sign(cast, acting_as):
    """`sign(version, "director_a")` signs for this person's structure, under their own scope."""

    def run(version, key="director_a", partner="Les Tilleuls", position="Directrice", **facts):
        with acting_as(key):
            signed_for = Partner.objects.get(code_name=partner)
            if may_read_for_structure():
                read_whole(cast[key], version, signed_for)
            return acknowledgement_sign(
                version=version,
                partner=signed_for,
                signed_by=cast[key],
                position=position,
                **facts,
            )

    return run


@pytest.fixture
def as_owner(committed):
    """Run SQL as the owner, triggers asleep: what somebody with the keys of the server could do."""

    def run(*statements):
        with psycopg.connect(database.owner_url(committed)) as connection:
            connection.execute("SET session_replication_role = replica")
            for statement in statements:
                connection.execute(statement)

    return run


@pytest.fixture
def protocol(db):
    return Document.objects.get(kind="fsi-protocol")


@pytest.fixture
def change(cast, acting_as):
    def run(target, level, key="editor", **facts):
        with acting_as(key):
            return visibility_change(target=target, level=level, reason="Il le faut.", by=cast[key], **facts)

    return run


@pytest.fixture
def opened(cast, acting_as, change):
    """Make something public, by two people."""

    def run(target, **facts):
        row = change(target, VisibilityLevel.PUBLIC, **facts)
        with acting_as("direction"):
            return visibility_agree(row=row, by=cast["direction"])

    return run
