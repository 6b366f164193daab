"""The list of whom to tell, in the portal and in the admin, and the report to the authority read back."""

import io
import re

import pikepdf
import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from cases.models import AuthorityNotice, Incident, Placement
from cms.partners.models import Partner
from cms.partners.people.services import membership_open
from cms.users.roles import Role
from cms.wall import scope
from cms.wall.models import RevealReason
from cms.wall.reveals.services import reveal_open
from tests.cases.incidents.test_authorities import photo
from tests.cases.incidents.test_incident_follow_up import of_service
from tests.cases.incidents.test_services_incidents import declare
from tests.cases.stays.test_portal_structures import at, text_of

REPORT = {
    "format": "pdf",
    "hurt": "1",
    "exposed": "4",
    "protection": "Porte gardée la nuit",
    "prevention": "Rondes doublées",
    "informed": "Le jeune a été reçu",
    "follow_up": "Plainte déposée",
    "media": "Aucune à ce jour",
}


@pytest.fixture
def incident(cast, acting_as, rows):
    with acting_as("director_a"):
        return declare(
            cast["director_a"],
            placement=Placement.objects.get(pk=rows["placement_a"].pk),
            incident_type_id="type_incident:INTRU",
            severity_id="gravite:G4",
            narrative="Un homme est entré par la cour.",
            measures="Appel du 17.",
        )


def page(incident, name="incident_authorities") -> str:
    return reverse(f"cases:{name}", args=[incident.pk])


def test_a_team_reads_whom_to_tell_and_notes_its_calls_with_a_proof(client_of, acting_as, incident):
    educator = client_of("educator_a")
    shown = text_of(educator.get(page(incident)))
    assert "Police ou gendarmerie" in shown
    assert "à prévenir, en retard" in shown
    assert "par la coordination" in shown
    call = {
        "authority": "autorite:FSI",
        "channel": "canal:TEL",
        "told_at": at(0.05),
        "note": "Brigade de nuit",
        "proof": photo(),
    }
    assert educator.post(page(incident), call).status_code == 302
    shown = text_of(client_of("director_a").get(page(incident)))
    assert "téléphone. Justificatif joint" in shown
    with acting_as("director_a"):
        assert AuthorityNotice.objects.get(incident=incident).channel_id == "canal:TEL"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"authority": ""}, "Choisissez qui a été prévenu"),
        ({"authority": "autorite:DGCS"}, "Sélectionnez un choix valide"),
        ({"told_at": ""}, "Indiquez le jour et l’heure"),
        ({"told_at": at(9)}, "avant les faits"),
    ],
)
def test_a_wrong_note_is_said_at_its_field(client_of, incident, change, sentence):
    answer = client_of("director_a").post(page(incident), {"authority": "autorite:FSI", "told_at": at(0.05)} | change)
    assert answer.status_code == 422
    assert sentence in text_of(answer)


def test_the_coordination_sets_one_aside_with_a_reason(client_of, incident):
    browser = client_of("coordination")
    answer = {"authority": "autorite:CD", "reason": "motif_non_information:DEJA", "words": "Appel du service."}
    assert browser.post(reverse("cases_incident:waive", args=[incident.pk]), answer).status_code == 302
    shown = text_of(browser.get(reverse("cases_incident:inspect", args=[incident.pk])))
    assert "Autorités à prévenir" in shown
    assert "écartée" in shown
    assert "Appel du service." in shown
    assert "Type d’incident" in shown
    again = browser.post(reverse("cases_incident:waive", args=[incident.pk]), answer)
    assert again.status_code == 422


def words_of(body: bytes) -> str:
    """What a PDF says, page by page."""
    return re.sub(r"\s+", " ", " ".join(one.extract_text() for one in PdfReader(io.BytesIO(body)).pages))


def test_the_report_holds_what_the_law_asks_and_no_more(client_of, acting_as, cast, incident):
    director = client_of("director_a")
    url = page(incident, "incident_report")
    assert director.post(url, REPORT | {"hurt": ""}).status_code == 422
    answer = director.post(url, REPORT)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="signalement.pdf"'
    with pikepdf.open(io.BytesIO(answer.content)) as document:
        assert document.Root.MarkInfo.Marked
    said = words_of(answer.content)
    for part in (
        "L. 331-8-1",
        "Survenu le",
        "Constaté le",
        "11. Actes de malveillance",
        "Un homme est entré",
        *(words for name, words in REPORT.items() if name != "format"),
    ):
        assert part in said, part
    assert "MARQUEUR" not in said
    assert "à compléter à la main" in said
    with acting_as("director_a"):
        reveal_open(kind="partner", object_id=incident.partner_id, by=cast["director_a"], reason=RevealReason.CONTACT)
    said = words_of(director.post(url, REPORT).content)
    assert "MARQUEUR-NOM-REEL-A" in said
    assert "MARQUEUR-NOM-A" not in said
    assert client_of("director_b").post(url, REPORT).status_code == 404


def test_the_coordination_makes_it_too(client_of, incident):
    url = reverse("cases_incident:report", args=[incident.pk])
    answer = client_of("coordination").post(url, REPORT)
    assert answer["Content-Type"] == "application/pdf"
    assert "Un homme est entré" in words_of(answer.content)
    with scope.acting(scope.FIGURES):
        assert Incident.objects.filter(pk=incident.pk).exists()
        assert Partner.objects.exists()


def test_a_team_elsewhere_opens_no_calls_of_an_incident_that_its_service_declared(client_of, acting_as, cast, rows):
    """Whom the structure spoke to, a police station or a doctor, names the place to the service of the minor."""
    with acting_as("coordination"):
        house = Partner.objects.get(code_name="Les Tilleuls")
        day = timezone.localdate()
        membership_open(user=cast["ase"], partner=house, role=Role.STRUCTURE_EDUCATOR, starts_on=day)
    with acting_as("ase"):
        declared = of_service(cast, rows)
    both = client_of("ase")
    assert both.get(page(declared, "incident")).status_code == 200
    for name in ("incident_authorities", "incident_report"):
        assert both.get(page(declared, name)).status_code == 404
    assert client_of("director_b").get(page(declared)).status_code == 200
