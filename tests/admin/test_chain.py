"""The whole chain from the admin: a call comes in, a minor is sheltered, the stay ends; an incident is followed."""

from django.urls import reverse
from django.utils import timezone

from cases.incidents.services.following import task_done
from cases.models import Case, Incident, Orientation, Placement, Proposal, Sollicitation
from cms.partners.models import Convention, Partner
from cms.wall.models import RevealReason
from cms.wall.reveals.services import reveal_open
from tests.cases.steps import closing_settle

CALL = {
    "channel": "canal:TEL",
    "received_at": "2026-01-12T09:30",
    "nature": "nature:PEC",
    "urgency": "urgence:U2",
    "forms": ["forme:SEX"],
    "main_form": "forme:SEX",
    "age_at_reception": "15",
    "sex": "sexe:F",
    "is_unaccompanied": "unknown",
    "callback_name": "MARQUEUR-APPEL",
}


def post(browser, name, form=None, *pks):
    response = browser.post(reverse(name, args=pks), form or {})
    context = response.context or {}
    assert response.status_code == 302, (name, context["form"].errors if "form" in context else response.status_code)
    return response


def test_from_the_call_to_the_end_of_the_stay(client_of, cast, acting_as):
    browser = client_of("coordination")
    with acting_as("coordination"):
        service = Partner.objects.get(code_name="Brigade 12")
        structure = Partner.objects.get(code_name="Aubépine")
    post(browser, "cases_sollicitation:add", {**CALL, "requester": service.pk})
    with acting_as("coordination"):
        asked = Sollicitation.objects.get(received_on="2026-01-12")
    post(browser, "cases_sollicitation:take", None, asked.pk)
    post(browser, "cases_sollicitation:link", None, asked.pk)
    decision = {
        "identification_level": "niveau_identification:SUSP",
        "structures": [structure.pk],
        "answer_within": "24",
    }
    post(browser, "cases_sollicitation:places", decision, asked.pk)
    with acting_as("coordination"):
        proposal = Proposal.objects.get(orientation__sollicitation=asked)
    pair = (proposal.orientation_id, proposal.pk)
    post(
        browser,
        "cases_orientation:proposal_answer",
        {"answer": "reponse:ACC", "available_from": f"{timezone.localtime():%Y-%m-%dT%H:%M}"},
        *pair,
    )
    post(browser, "cases_orientation:proposal_confirm", None, *pair)
    stay = {"partner": structure.pk, "arrived_at": "2026-01-14T18:00", "legal_frame": "cadre_juridique:OPP-P"}
    refused = browser.post(reverse("cases_orientation:stay", args=[proposal.orientation_id]), stay)
    assert (
        "Avant l’arrivée, il manque la décision du magistrat ou de l’ASE, l’accord du service gardien"
        in refused.content.decode()
    )
    in_a_hurry = {"waiver_reason": "motif_derogation:DANGER", "waiver_words": "MARQUEUR-DEROGATION"}
    post(browser, "cases_orientation:stay", stay | in_a_hurry, proposal.orientation_id)
    with acting_as("coordination"):
        placement = Placement.objects.get(orientation_id=proposal.orientation_id)
        assert placement.convention_id
    post(browser, "cases_placement:confirm", None, placement.pk)
    post(browser, "cases_placement:end", {"ended_on": "2026-03-01", "end_reason": end_reason()}, placement.pk)
    post(browser, "cases_sollicitation:close", {"outcome": "decision:RESEAU"}, asked.pk)
    with acting_as("coordination"):
        case = Case.objects.get(pk=placement.case_id)
        assert Placement.objects.get(pk=placement.pk).ended_on
        assert Orientation.objects.get(pk=proposal.orientation_id).age_at_decision is not None
    text = browser.get(reverse("cases_case:inspect", args=[case.pk])).content.decode()
    assert "Aubépine" in text
    assert "MARQUEUR-APPEL" not in text


def end_reason() -> str:
    from cms.values.selectors import values_of

    return values_of("motif_fin").exclude(pk="motif_fin:FUGUE").first().pk


def test_an_incident_is_followed_to_its_end(client_of, files, acting_as, cast):
    browser = client_of("coordination")
    pk = files["incident_a"].pk
    post(browser, "cases_incident:acknowledge", None, pk)
    assert "Notez qui a été informé" in browser.post(reverse("cases_incident:close", args=[pk])).content.decode()
    with acting_as("coordination"):
        incident = Incident.objects.select_related("partner").get(pk=pk)
        closing_settle(incident, cast["coordination"])
        for task in incident.tasks.filter(done_at=None):
            task_done(task=task, by=cast["coordination"])
    post(browser, "cases_incident:close", None, pk)
    with acting_as("coordination"):
        incident = Incident.objects.get(pk=pk)
    assert incident.state == "closed"
    assert incident.has_analysis


def test_a_step_out_of_order_is_refused_in_words(client_of, files):
    browser = client_of("coordination")
    response = browser.post(reverse("cases_incident:close", args=[files["incident_a"].pk]))
    assert response.status_code == 422
    assert "cette action n’est pas possible" in response.content.decode()


def test_a_partner_enters_the_book_with_its_convention(client_of, cast, acting_as):
    browser = client_of("coordination")
    card = {
        "kind": "structure",
        "code_name": "Glycine",
        "structure_type": "type_structure:MECS",
        "territory": "35",
        "opened_on": "2026-01-05",
        "real_name": "MARQUEUR-NOM",
        "address": "MARQUEUR-ADRESSE",
    }
    post(browser, "partners_partner:add", card)
    with acting_as("coordination"):
        partner = Partner.objects.get(code_name="Glycine")
    post(
        browser,
        "partners_convention:add",
        {"partner": partner.pk, "reference": "CV-GLY", "contacted_on": "2026-01-06"},
    )
    with acting_as("coordination"):
        convention = Convention.objects.get(reference="CV-GLY")
    post(browser, "partners_convention:advance", {"stage": "signed", "on": "2026-02-01"}, convention.pk)
    post(browser, "partners_partner:places", {"count": "2", "starts_on": "2026-02-01"}, partner.pk)
    edit = {**card, "code_name": "Glycine bleue", "real_name": "", "address": ""}
    post(browser, "partners_partner:edit", edit, partner.pk)
    with acting_as("coordination"):
        partner.refresh_from_db()
        assert partner.code_name == "Glycine bleue"
        reveal_open(kind="partner", object_id=partner.pk, by=cast["coordination"], reason=RevealReason.CORRECTION)
        assert partner.identity.address == "MARQUEUR-ADRESSE"
        assert partner.places.count() == 2
    for page in ("inspect", "edit"):
        assert "MARQUEUR" not in browser.get(reverse(f"partners_partner:{page}", args=[partner.pk])).content.decode()


def test_a_structure_without_its_facts_is_refused_beside_the_form(client_of):
    form = {"kind": "structure", "code_name": "Vide", "opened_on": "2026-01-05"}
    text = client_of("coordination").post(reverse("partners_partner:add"), form).content.decode()
    assert "Indiquez le type et le département de la structure." in text
