"""A director reads, signs, keeps the receipt; nobody else signs or sees it."""

import datetime as dt
import re
import uuid

import pytest

from cms.documents.models import Acknowledgement
from cms.journal.models import JournalLine
from cms.partners.models import Partner
from tests.costs import counted

READ = "/referentiel/"
SIGN = "/referentiel/signer/"
READERS = ["director_a", "educator_a", "gendarme", "ase", "transmitter", "trainee", "state_reader", "coordination"]


@pytest.mark.parametrize("key", READERS)
def test_every_professional_reads_the_version_in_force(client_of, version, key):
    html = client_of(key).get(READ).content.decode()
    assert "Version 1.0, en vigueur depuis le 1er janvier 2025" in html
    assert version.content_hash[:12] in html
    assert html.count("<article") == 36
    assert 'id="E1.3"' in html
    assert 'href="#E1.3"' in html


def test_anonymous_people_sign_in_first(client_of):
    assert client_of("anonymous").get(READ).url.startswith("/compte/")


def test_a_draft_or_a_page_online_is_not_read_before_it_is_frozen(client_of, exigence):
    exigence.text = "Un texte pas encore figé."
    exigence.save_revision().publish()
    assert "Un texte pas encore figé." not in client_of("director_a").get(READ).content.decode()


def test_a_law_that_nobody_has_read_is_not_shown(client_of, version, acting_as):
    with acting_as("coordination"):
        contents = list(version.clauses.values_list("content", flat=True))
    hidden = {content["law"] for content in contents if content["law"] and not content["is_law_verified"]}
    shown = {content["law"] for content in contents if content["is_law_verified"]}
    html = client_of("director_a").get(READ).content.decode()
    assert hidden
    assert shown
    assert not [law for law in hidden - shown if f"Texte&nbsp;: {law}" in html]
    assert all(f"Texte&nbsp;: {law}" in html for law in shown)


def test_reading_is_light(client_of, django_assert_max_num_queries):
    client = client_of("director_a")
    client.get(READ)
    with django_assert_max_num_queries(30) as queries:
        response = client.get(READ)
    assert len(counted(queries.captured_queries)) <= 10
    assert len(response.content) <= 60_000


def test_a_late_signature_names_the_version_that_asked_for_it(client_of, publish_next, version):
    publish_next(number="1.1", is_major=False)
    home = client_of("director_a").get("/").content.decode()
    assert f"n’a pas signé la version {version.number}, en vigueur depuis le" in home
    assert "La version 1.1 la précise et la remplace" in home
    assert "à signer au plus tard le" in home


def test_a_director_signs_and_keeps_a_receipt(client_of, sign_portal, version, acting_as):
    client = client_of("director_a")
    assert "Référentiel à régulariser" in client.get("/").content.decode()
    assert "À lire avant de signer" in client.get(SIGN).content.decode()
    response = sign_portal("director_a")
    assert response.status_code == 302
    html = client.get(response.url).content.decode()
    assert "Alice Martin, Directrice" in html
    assert "Les Tilleuls" in html
    assert version.content_hash in re.sub(r"\s", "", html)
    home = client.get("/").content.decode()
    assert "à régulariser" not in home
    assert response.url in home
    with acting_as("director_a"):
        row = Acknowledgement.objects.get()
    assert len(row.clause_hashes) == 36


def test_signing_twice_is_refused_beside_the_form(sign_portal, client_of, acting_as):
    first = sign_portal("director_a")
    second = sign_portal("director_a")
    assert second.status_code == 422
    assert "Les Tilleuls a déjà signé la version 1.0" in second.content.decode()
    assert client_of("director_a").get(SIGN).url == first.url
    with acting_as("director_a"):
        assert Acknowledgement.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"is_committed": ""}, "Cochez cette case"),
        ({"position": ""}, "Indiquez votre fonction."),
        ({"partner": "pas-un-identifiant"}, "Cette structure n’existe pas"),
        ({"partner": str(uuid.uuid4())}, "signez que pour une structure"),
        ({"version": str(uuid.uuid4())}, "Une nouvelle version vient d’entrer en vigueur"),
    ],
)
def test_a_form_that_is_wrong_says_so_and_writes_nothing(sign_portal, acting_as, changes, sentence):
    response = sign_portal("director_a", **changes)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    with acting_as("coordination"):
        assert not Acknowledgement.objects.exists()


def test_a_forged_structure_writes_a_refusal_and_nothing_else(sign_portal, acting_as):
    with acting_as("coordination"):
        foreign = Partner.objects.get(code_name="Aubépine").pk
    response = sign_portal("director_a", partner=str(foreign))
    assert response.status_code == 422
    assert "Aubépine" not in response.content.decode()
    with acting_as("direction"):
        assert not Acknowledgement.objects.exists()
        refusal = JournalLine.objects.get(action="documents.acknowledgement.sign")
    assert (refusal.outcome, refusal.object_id) == ("refused", foreign)


def test_a_version_that_changed_meanwhile_is_not_signed_unread(sign_portal, publish_next):
    publish_next()
    response = sign_portal("director_a")
    assert response.status_code == 422
    assert "Une nouvelle version vient d’entrer en vigueur" in response.content.decode()


@pytest.mark.parametrize("key", ["educator_a", "gendarme", "trainee", "coordination", "former_member"])
def test_whoever_has_no_signature_finds_no_form(client_of, sign_portal, key):
    assert client_of(key).get(SIGN).status_code == 404
    assert sign_portal(key).status_code == 404


def test_a_receipt_is_for_its_structure_and_the_coordination(client_of, sign_portal, acting_as):
    url = sign_portal("director_a").url
    for key in ("director_a", "educator_a", "coordination"):
        assert client_of(key).get(url).status_code == 200
    for key in ("director_b", "gendarme", "trainee", "state_reader", "trainer", "former_member"):
        assert client_of(key).get(url).status_code == 404
    assert client_of("anonymous").get(url).status_code == 302
    with acting_as("direction"):
        assert JournalLine.objects.filter(action="documents.acknowledgement.read", outcome="refused").count() == 6


def test_a_major_version_is_signed_again(client_of, sign_portal, publish_next):
    sign_portal("director_a")
    version = publish_next()
    client = client_of("director_a")
    assert "La nuit est mieux tenue." in client.get(SIGN).content.decode()
    response = sign_portal("director_a", version=str(version.pk))
    assert "Engagement précédent" in client.get(response.url).content.decode()


def test_a_minor_version_leaves_signatures_as_they_are(client_of, sign_portal, publish_next):
    sign_portal("director_a")
    publish_next(number="1.1", is_major=False)
    client = client_of("director_a")
    assert "À signer" not in client.get("/").content.decode()
    assert "Version 1.1" in client.get(READ).content.decode()


def test_a_version_to_come_is_not_read_yet(client_of, publish_next):
    publish_next(effective_on=dt.date.today() + dt.timedelta(days=5))
    assert "Version 1.0" in client_of("director_a").get(READ).content.decode()
