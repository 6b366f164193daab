"""« Mes données »: a professional reads and takes what the network keeps about them, and nothing of anybody else."""

import json

import pytest
from django.core.cache import caches

from cms.documents.signatures.services.signatures import acknowledgement_sign
from cms.documents.versions.selectors import version_in_force
from cms.journal.models import JournalLine
from cms.partners.models import Partner
from tests.cast.readings import read_whole
from tests.cast.session import signed_in

PATH = "/mon-compte/mes-donnees/"


@pytest.fixture
def signed(cast, acting_as):
    with acting_as("director_a"):
        version, house = version_in_force("referentiel"), Partner.objects.get(code_name="Les Tilleuls")
        read_whole(cast["director_a"], version, house)
        acknowledgement_sign(version=version, partner=house, signed_by=cast["director_a"], position="Directrice")


def test_a_director_reads_what_she_read_and_signed_and_no_colleague(client_of, signed):
    html = client_of("director_a").get(PATH).content.decode()
    for words in ("Alice Martin", "Les Tilleuls", "Ce que vous avez lu", "Ce que vous avez signé", "Directrice"):
        assert words in html, words
    for words in ("Adam", "Aubépine", "M-20"):
        assert words not in html, words
    assert "Ce que vous avez signé" not in client_of("educator_a").get(PATH).content.decode()


def test_a_trainee_finds_their_sessions(client_of):
    html = client_of("trainee").get(PATH).content.decode()
    assert "Vos sessions" in html
    assert "Prévention Nord" in html
    assert "Bensaïd" not in html


def test_the_copy_is_a_tagged_pdf_or_json_and_the_journal_keeps_it(client_of, signed, acting_as, cast):
    client = client_of("director_a")
    response = client.post(PATH, {"format": "json"})
    assert response["Content-Disposition"] == 'attachment; filename="mes-donnees.json"'
    titles = [section["title"] for section in json.loads(response.content)["sections"]]
    assert titles[:4] == ["Votre compte", "Vos rattachements", "Ce que vous avez lu", "Ce que vous avez signé"]
    response = client.post(PATH, {"format": "pdf"})
    assert response.content.startswith(b"%PDF")
    assert b"StructTreeRoot" in response.content
    assert client.post(PATH, {"format": "exe"}).status_code == 422
    with acting_as("direction"):
        lines = JournalLine.objects.filter(action="rights.own_copy.export")
        assert {line.actor_id for line in lines} == {cast["director_a"].pk}
        assert lines.count() == 2


def test_taking_it_asks_for_a_factor_shown_minutes_ago(cast, settings):
    settings.HAVRE_FICTITIOUS = False
    caches["limits"].clear()
    stale = signed_in(cast["director_a"], ago=301)
    assert stale.get(PATH).status_code == 200
    answer = stale.post(PATH, {"format": "json"})
    assert "Content-Disposition" not in answer.headers
    assert "Alice" not in answer.content.decode()
