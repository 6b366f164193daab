"""Of an incident: numbers to call, no employer in confidence, a report to edit, titles, children by their age."""

import io

import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document

from cases.incidents.authorities.selectors import authority_calls, authority_phones
from cases.incidents.services.declaring import incident_acknowledge
from cases.incidents.services.following import Action, retex_write
from cases.models import Incident, Placement
from cms.documents.models import DocumentKind
from cms.documents.versions.selectors import clauses_in_force
from cms.partners.people.services import contact_add
from cms.wall import scope
from tests.cases.incidents.test_authority_pages import REPORT
from tests.cases.incidents.test_services_incidents import declare
from tests.cases.stays.test_portal_structures import text_of
from tests.cases.steps import partner

EMPLOYER = "Employeur de la personne mise en cause"


@pytest.fixture
def numbers(cast, acting_as):
    with acting_as("coordination"):
        contact_add(
            partner=partner("ASE du Nord"), name="Mme Dupuis", position="Astreinte ASE", phone="03 99 00 12 12"
        )
        contact_add(partner=partner("Brigade 12"), name="Adj. Roche", position="Permanence", phone="03 99 00 17 17")


def of_team(cast, rows, key="director_a", **changes) -> Incident:
    return declare(cast[key], placement=Placement.objects.get(pk=rows["placement_a"].pk), **changes)


def test_the_page_of_a_declaration_gives_the_numbers_to_call(client_of, cast, rows, acting_as, numbers):
    with acting_as("director_a"):
        incident = of_team(cast, rows)
    page = reverse("cases:incident_authorities", args=[incident.pk])
    html = client_of("director_a").get(page).content.decode()
    assert html.index("Qui appeler") < html.index('href="tel:17"')
    assert 'href="tel:0399001212"' in html, "the guardian service stands in the address book"
    assert "Astreinte ASE" in html
    assert "Dupuis" not in html
    assert page in client_of("director_a").get(reverse("cases:incident", args=[incident.pk])).content.decode()
    with acting_as("director_a"):
        calls = authority_calls(incident)
        phones = authority_phones(incident, calls)
        assert set(phones) == {call.name for call in calls if call.is_missing and not call.is_for_coordination}
        assert {name for name, numbers in phones.items() if numbers} > {"Police ou gendarmerie"}


def test_nobody_else_reads_numbers_of_an_incident(cast, rows, acting_as, numbers):
    with acting_as("director_a"):
        incident = of_team(cast, rows)
        calls = authority_calls(incident)
    for key in ("director_b", "gendarme", "ase", "dpo"):
        with scope.acting(cast[key]):
            said = str(authority_phones(incident, calls))
            assert "0399" not in said.replace(" ", ""), key


def test_who_declares_in_confidence_is_never_told_to_warn_the_employer(client_of, cast, rows, acting_as):
    facts = {"incident_type_id": "type_incident:MAL", "severity_id": "gravite:G4"}
    with acting_as("educator_a"):
        hidden = of_team(cast, rows, "educator_a", is_confidential=True, **facts)
        assert EMPLOYER not in [call.authority.label for call in authority_calls(hidden)]
    educator = client_of("educator_a")
    for name in ("incident", "incident_receipt", "incident_authorities"):
        page = educator.get(reverse(f"cases:{name}", args=[hidden.pk]))
        assert page.status_code == 200
        assert EMPLOYER not in text_of(page), name
    with acting_as("director_a"):
        shared = of_team(cast, rows, is_confidential=False, **facts)
        assert EMPLOYER in [call.authority.label for call in authority_calls(shared)]
    with acting_as("coordination"):
        assert EMPLOYER in [call.authority.label for call in authority_calls(Incident.objects.get(pk=hidden.pk))]


REPORTS = [("director_a", "cases:incident_report"), ("coordination", "cases_incident:report")]


@pytest.mark.parametrize(("key", "route"), REPORTS)
def test_the_report_comes_as_a_text_to_edit(client_of, cast, rows, acting_as, key, route):
    with acting_as("director_a"):
        incident = of_team(cast, rows, narrative="Un homme est entré par la cour.")
    answer = client_of(key).post(reverse(route, args=[incident.pk]), REPORT | {"format": "docx"})
    assert answer["Content-Disposition"] == 'attachment; filename="signalement.docx"'
    document = Document(io.BytesIO(answer.content))
    said = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for part in ("L. 331-8-1", "Un homme est entré", *(words for name, words in REPORT.items() if name != "format")):
        assert part in said.replace("\u00a0", " ").replace("\u202f", " "), part
    assert document.paragraphs[0].style.name == "Title"
    assert document.core_properties.language == "fr-FR"
    assert "MARQUEUR" not in said


def test_actions_name_the_exigence_and_the_module_with_their_title(client_of, cast, rows, acting_as):
    with acting_as("coordination"):
        exigence, content = next(iter(clauses_in_force(DocumentKind.REFERENTIEL).items()))
        incident = of_team(cast, rows, "coordination")
        incident_acknowledge(incident=incident, by=cast["coordination"])
        action = Action("Former l’équipe de nuit", cast["director_a"], timezone.localdate(), exigence_code=exigence)
        gone = Action("Relire", cast["director_a"], timezone.localdate(), exigence_code="Z9.99")
        retex_write(
            incident=incident,
            held_on=timezone.localdate(),
            lessons="Ce qui a été compris.",
            causes=["cause_incident:AUTRE"],
            actions=[action, gone],
            by=cast["coordination"],
        )
    client = client_of("coordination")
    page = text_of(client.get(reverse("cases_incident:inspect", args=[incident.pk])))
    words = f"{exigence} : {content['text'][:60]}"
    assert words in page.replace("\u00a0", " ")
    assert words in text_of(client.get(reverse("cases_incident:retex", args=[incident.pk]))).replace("\u00a0", " ")
    assert "Z9.99" in page, "a code that is in force no more stays as it was"


def test_a_service_picks_a_child_by_reference_and_age(client_of, cast, rows, acting_as):
    with acting_as("ase"):
        stay = Placement.objects.get(pk=rows["placement_b"].pk)
    page = text_of(client_of("ase").get(reverse("cases:incident_new") + "?danger=non"))
    assert f"{rows['sollicitation_b'].reference}, {stay.age_at_arrival} ans à l’arrivée" in page


def test_the_file_of_the_coordination_gives_the_numbers_too(client_of, cast, rows, acting_as, numbers):
    with acting_as("director_a"):
        incident = of_team(cast, rows)
    page = text_of(client_of("coordination").get(reverse("cases_incident:inspect", args=[incident.pk])))
    assert "Qui appeler" in page
    assert "03 99 00 12 12 (" in page
    assert "Dupuis" not in page
