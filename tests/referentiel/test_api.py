"""Versions and acknowledgements by the API: read by whoever may, written by nobody."""

import pytest
from django.test import Client

from cms.documents.models import Acknowledgement
from cms.documents.signatures.services.signatures import acknowledgement_sign
from cms.partners.models import Partner
from tests.cast.assessments import assessment, campaign
from tests.cast.readings import read_whole
from tests.cast.session import token_header

VERSIONS = "/api/v1/referentiel/versions/"
SIGNATURES = "/api/v1/referentiel/acknowledgements/"


def test_versions_are_listed_and_read_with_their_clauses(client_of, version):
    client = client_of("educator_a")
    listed = client.get(VERSIONS).json()["results"]
    assert [row["number"] for row in listed] == ["1.0"]
    assert "clauses" not in listed[0]
    read = client.get(f"{VERSIONS}{version.pk}/").json()
    assert len(read["clauses"]) == 36
    assert read["content_hash"] == version.content_hash
    assert read["clauses"][0]["content"]["text"]


def test_versions_cannot_be_written(client_of, version):
    client = client_of("coordination")
    assert client.post(VERSIONS, {}, content_type="application/json").status_code == 405
    for method in (client.put, client.patch, client.delete):
        assert method(f"{VERSIONS}{version.pk}/", {}, content_type="application/json").status_code == 405


def test_anonymous_people_read_nothing(client_of):
    for path in (VERSIONS, SIGNATURES):
        assert client_of("anonymous").get(path).status_code == 401


@pytest.fixture
def signature(version, acting_as, cast):
    with acting_as("director_a"):
        partner = Partner.objects.get(code_name="Les Tilleuls")
        read_whole(cast["director_a"], version, partner)
        return acknowledgement_sign(
            version=version, partner=partner, signed_by=cast["director_a"], position="Directrice"
        )


def test_a_signature_is_read_with_its_hashes(client_of, signature, version):
    row = client_of("director_a").get(f"{SIGNATURES}{signature.pk}/").json()
    assert (row["signer_name"], row["version_hash"]) == ("Alice Martin", version.content_hash)
    assert len(row["clause_hashes"]) == 36


def test_nobody_signs_by_the_api(client_of, version, acting_as, cast):
    with acting_as("director_a"):
        partner = Partner.objects.get(code_name="Les Tilleuls")
        read_whole(cast["director_a"], version, partner)
    asked = {"version": str(version.pk), "partner": str(partner.pk), "position": "Directrice"}
    for key in ("director_a", "director_b", "coordination", "former_member"):
        assert client_of(key).post(SIGNATURES, asked, content_type="application/json").status_code in (403, 404, 405)
    with acting_as("coordination"):
        assert not Acknowledgement.objects.exists()


def test_structure_b_does_not_see_the_signature_of_a(client_of, signature):
    client = client_of("director_b")
    assert client.get(SIGNATURES).json()["results"] == []
    assert client.get(f"{SIGNATURES}{signature.pk}/").status_code == 404
    assert client_of("educator_a").get(f"{SIGNATURES}{signature.pk}/").status_code == 200
    assert len(client_of("coordination").get(SIGNATURES).json()["results"]) == 1


def test_the_content_api_gives_the_frozen_text_to_the_network(cast, exigence):
    before = exigence.text
    exigence.text = "Un texte pas encore figé."
    exigence.save_revision().publish()
    path = "/api/content/v2/documents/referentiel/"
    read = Client().get(path, **token_header(cast["educator_a"])).json()
    texts = {clause["code"]: clause["text"]["Exigence"] for clause in read["clauses"]}
    assert texts["E1.3"] == before
    assert Client().get(path).status_code == 404


ASSESSMENTS, STANDINGS = "/api/v1/referentiel/assessments/", "/api/v1/referentiel/standings/"


def test_a_team_reads_its_own_self_assessment_and_no_other(client_of, db):
    row = assessment(campaign())
    client = client_of("educator_a")
    assert [found["id"] for found in client.get(ASSESSMENTS).json()["results"]] == [str(row.pk)]
    read = client.get(f"{ASSESSMENTS}{row.pk}/").json()
    assert {mark["code"]: mark["value"] for mark in read["marks"]} == {"E1.3": "2", "E1.7": "nc"}
    assert read["steps"][0]["pilot"] == "Chef de service"
    for key in ("director_b", "state_reader", "gendarme"):
        assert client_of(key).get(ASSESSMENTS).json()["results"] == []
        assert client_of(key).get(f"{ASSESSMENTS}{row.pk}/").status_code == 404


def test_a_self_assessment_is_not_written_by_the_api(client_of, db):
    row = assessment(campaign())
    for method in ("post", "put", "patch", "delete"):
        call = getattr(client_of("director_a"), method)
        assert call(f"{ASSESSMENTS}{row.pk}/", {}, content_type="application/json").status_code == 405


def test_standings_say_where_my_structure_is(client_of, sign_portal):
    [before] = client_of("director_a").get(STANDINGS).json()
    assert (before["signed_version"], before["readers"], before["people"]) == (None, 0, 2)
    assert sign_portal("director_a").status_code == 302
    [after] = client_of("director_a").get(STANDINGS).json()
    assert (after["state"], after["readers"], after["people"]) == ("signed", 1, 2)
    # An educator sees what they read themselves: a rate made of that would be wrong, and none is given.
    [seen] = client_of("educator_a").get(STANDINGS).json()
    assert (seen["state"], seen["readers"], seen["people"]) == ("signed", None, None)
    assert client_of("gendarme").get(STANDINGS).json() == []
    assert len(client_of("coordination").get(STANDINGS).json()) == 2


def test_documents_are_read_with_their_articles(client_of, db):
    client = client_of("gendarme")
    [row] = client.get("/api/v1/documents/versions/?document__kind=fsi-protocol").json()["results"]
    read = client.get(f"/api/v1/documents/versions/{row['id']}/").json()
    assert [clause["code"] for clause in read["clauses"]] == [str(number) for number in range(1, 11)]
    assert client.get(f"/api/v1/documents/versions/{row['id']}/difference/").status_code == 404
    assert client_of("anonymous").get("/api/v1/documents/versions/").status_code == 401
