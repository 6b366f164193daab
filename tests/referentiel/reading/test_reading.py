"""Reading in the portal: what changed, each chapter, one exigence, a search, the PDF, and what the director sees."""

import datetime as dt
import io
import re

import pikepdf
import pytest
from django.urls import reverse

from cms.documents.models import Acknowledgement, Reading
from cms.partners.models import Partner
from tests.cast.files import pdf as paper, upload
from tests.cast.readings import read_whole
from tests.retention.steps import erase_what_is_due, time_passes

READ, CHANGES, SIGN = "/referentiel/", "/referentiel/changements/", "/referentiel/signer/"


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html.replace("&nbsp;", " ")))


def read_chapters(client, version):
    for code in ("E", "P", "S"):
        response = client.post(f"/referentiel/chapitres/{code}/lu/", {"version": version.pk})
    return response


def test_a_director_goes_from_the_new_version_through_the_difference_to_the_receipt(
    client_of, sign_portal, publish_next, acting_as
):
    client = client_of("director_a")
    sign_portal("director_a")
    version = publish_next()
    assert "À signer" in client.get("/").content.decode()
    html = words(client.get(SIGN).content.decode())
    assert "À lire avant de signer" in html
    assert "J’ai lu le référentiel" not in html
    html = client.get(CHANGES).content.decode()
    assert "<ins>" in html
    assert "<del>" in html
    assert "1 exigence modifiée, 0 ajoutée, 0 retirée, 35 sans changement" in words(html)
    assert "ajouté : Deux adultes veillent" in words(html)
    assert client.post(CHANGES, {"version": version.pk}).url == SIGN
    first = client.post("/referentiel/chapitres/E/lu/", {"version": version.pk})
    assert first.url == "/referentiel/?chapitre=P#chapitre-p"
    assert read_chapters(client, version).url == SIGN
    assert "J’ai lu le référentiel et j’engage ma structure" in words(client.get(SIGN).content.decode())
    response = sign_portal("director_a", version=str(version.pk))
    receipt = client.get(f"{response.url}recu/")
    assert receipt["Content-Type"] == "application/pdf"
    assert re.search(r'filename="recu-[0-9a-f]{8}\.pdf"', receipt["Content-Disposition"])
    tagged(receipt.content)
    for key in ("director_b", "gendarme"):
        assert client_of(key).get(f"{response.url}recu/").status_code == 404
    with acting_as("director_a"):
        assert Reading.objects.filter(version=version).count() == 4


def tagged(body: bytes) -> pikepdf.Pdf:
    document = pikepdf.open(io.BytesIO(body))
    assert document.Root.MarkInfo.Marked
    assert document.Root.Lang == "fr"
    return document


def test_signing_unread_is_refused(client_of, version, acting_as, cast):
    with acting_as("director_a"):
        partner = Partner.objects.get(code_name="Les Tilleuls")
    form = {"partner": partner.pk, "position": "Directrice", "version": version.pk, "is_committed": "on"}
    response = client_of("director_a").post(SIGN, form)
    assert response.status_code == 422
    assert "lisez chaque chapitre" in response.content.decode()
    with acting_as("coordination"):
        assert not Acknowledgement.objects.exists()


def test_a_minor_version_is_a_notice_that_one_marks_as_read(client_of, sign_portal, publish_next):
    sign_portal("director_a")
    version = publish_next(number="1.1", is_major=False)
    client = client_of("director_a")
    assert "Le référentiel a été précisé" in client.get("/").content.decode()
    assert client.post(CHANGES, {"version": "autre"}).url == CHANGES
    assert client.post(CHANGES, {"version": version.pk}).url == READ
    home = client.get("/").content.decode()
    assert "Le référentiel a été précisé" not in home
    assert "À signer" not in home


def test_the_director_sees_who_has_read_and_the_coordination_how_many(client_of, version):
    educator = client_of("educator_a")
    assert "Référentiel à lire" in educator.get("/").content.decode()
    assert read_chapters(educator, version).url == READ
    assert "Référentiel à lire" not in educator.get("/").content.decode()
    html = words(client_of("director_a").get("/referentiel/lectures/").content.decode())
    assert "1 sur 2 a tout lu" in html
    assert "Adam Moreau Lu Lu Lu" in html
    assert "1 sur 2 a tout lu" in client_of("coordination").get("/admin/referentiel/engagements/").content.decode()
    assert "Adam" not in client_of("director_b").get("/referentiel/lectures/").content.decode()


@pytest.mark.parametrize(
    ("asked", "code", "marked"),
    [("nuits", "E1.3", "nuit"), ("eveillé", "E1.3", "éveillé"), ("e1.3", "E1.3", ""), ("fugues", "P2.12", "fugue")],
)
def test_a_search_finds_roots_without_accents_and_codes(client_of, asked, code, marked):
    html = client_of("educator_a").get("/referentiel/chercher/", {"q": asked}).content.decode()
    assert f'href="/referentiel/#{code}"' in html
    assert f"<mark>{marked}</mark>" in html or not marked


def test_what_is_searched_is_shown_as_text(client_of):
    html = client_of("educator_a").get("/referentiel/chercher/", {"q": "<b>licorne</b>"}).content.decode()
    assert "Rien ne correspond" in html
    assert "<b>licorne" not in html
    assert client_of("educator_a").get("/referentiel/chercher/", {"q": "x" * 101}).status_code == 422


def test_an_exigence_has_an_address_and_a_past(client_of, publish_next):
    publish_next()
    html = words(client_of("gendarme").get("/referentiel/exigences/E1.3/").content.decode())
    assert html.index("Version 2.0, depuis le") < html.index("Version 1.0, depuis le")
    assert "Première rédaction" in html
    assert client_of("gendarme").get("/referentiel/exigences/Z9/").status_code == 404


def test_the_whole_is_kept_as_a_tagged_pdf_that_says_its_version_on_each_page(client_of):
    response = client_of("educator_a").get("/referentiel/pdf/")
    assert 'filename="referentiel-1.0.pdf"' in response["Content-Disposition"]
    assert len(tagged(response.content).pages) > 3


def test_the_coordination_records_a_paper_and_the_structure_finds_it(client_of, version):
    coordination = client_of("coordination")
    page = coordination.get("/admin/referentiel/engagements/").content.decode()
    url = re.search(r'href="(/admin/referentiel/engagements/[^"]+/papier/)"[^>]*>[^<]*<span[^>]*>[^<]*Tilleuls', page)[
        1
    ]
    form = {"version": version.pk, "signer_name": "Alice Martin", "signer_position": "Directrice"}
    wrong = coordination.post(url, form | {"signed_on": dt.date.today(), "scan": upload("rien.pdf", b"rien")})
    assert wrong.status_code == 422
    done = coordination.post(url, form | {"signed_on": dt.date.today(), "scan": upload("papier.pdf", paper())})
    assert done.status_code == 302
    receipt = re.search(r'href="(/referentiel/engagements/[^"]+)"', coordination.get(done.url).content.decode())[1]
    html = client_of("educator_a").get(receipt).content.decode()
    assert "Sur papier, enregistrée par la coordination" in html
    scan = re.search(r'href="([^"]+/piece/[^"]+)"', html)[1]
    assert client_of("educator_a").get(scan)["Content-Type"] == "application/pdf"
    assert client_of("director_b").get(scan).status_code == 404
    again = coordination.post(url, form | {"signed_on": dt.date.today(), "scan": upload("papier.pdf", paper())})
    assert "a déjà signé la version 1.0" in again.content.decode()
    fiche = (
        client_of("coordination").get(reverse("partners_partner:inspect", args=[url.split("/")[4]])).content.decode()
    )
    assert "Version en vigueur" in words(fiche)
    assert "1.0, le" in words(fiche)


def test_the_difference_is_read_by_the_api(client_of, sign_portal, publish_next, version):
    sign_portal("director_a")
    newer = publish_next()
    client = client_of("educator_a")
    address = f"/api/v1/referentiel/versions/{newer.pk}/difference/"
    found = client.get(address).json()
    assert (found["before"]["number"], found["after"]["number"]) == ("1.0", "2.0")
    changed = [row for row in found["clauses"] if row["change"] != "same"]
    assert [row["code"] for row in changed] == ["E1.3"]
    assert client.get(address, {"since": str(version.pk)}).json() == found
    assert client.get(address, {"since": "x"}).status_code == 400
    assert client.get(f"/api/v1/referentiel/versions/{version.pk}/difference/").status_code == 404


def test_a_reading_leaves_two_years_after_its_version_is_replaced(cast, acting_as, publish_next, version):
    with acting_as("director_a"):
        read_whole(cast["director_a"], version, Partner.objects.get(code_name="Les Tilleuls"))
    publish_next()
    time_passes(3 * 365, tables="documents_documentversion documents_reading")
    erase_what_is_due()
    with acting_as("coordination"):
        assert not Reading.objects.filter(version=version).exists()
