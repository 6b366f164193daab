"""What a structure answers, confirms and declares in the portal."""

import datetime as dt
import re
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.models import Absence, AuthorityNotice, Incident, IncidentDetail, Placement, Proposal
from cases.proposals.services import proposal_withdraw
from tests.cases import scenes


def text_of(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode().replace("&nbsp;", " "))


def at(hours_ago: float) -> str:
    return f"{timezone.localtime() - dt.timedelta(hours=hours_ago):%Y-%m-%dT%H:%M}"


@pytest.fixture(scope="module")
def proposed(stage):
    with stage():
        return scenes.proposed(scenes.request_sent())[0].pk


@pytest.fixture
def proposal(proposed, acting_as):
    with acting_as("coordination"):
        return Proposal.objects.select_related("partner", "orientation__case").get(pk=proposed)


@pytest.fixture
def address(proposal):
    return reverse("cases:proposal", args=[proposal.pk])


@pytest.fixture
def answer_of(acting_as):
    def read(proposal):
        with acting_as("coordination"):
            return Proposal.objects.values_list("answer_id", "refusal_reason_id").get(pk=proposal.pk)

    return read


def test_home_puts_the_proposal_first_and_the_answer_clears_it(client_of, proposal, address, answer_of):
    browser = client_of("director_a")
    assert address in text_of(browser.get("/"))
    assert address in text_of(browser.get(reverse("cases:proposals")))
    assert "Exploitation sexuelle" in text_of(browser.get(address))
    answers = {"answer": "reponse:ACC-COND", "refusal_reason": ""}
    incomplete = browser.post(address, answers)
    assert incomplete.status_code == 422
    assert 'id="id_condition_error"' in text_of(incomplete)
    assert 'id="id_available_from_error"' in text_of(incomplete)
    answers |= {"condition": "Après le repas du soir.", "available_from": f"{timezone.localtime():%Y-%m-%dT%H:%M}"}
    answered = browser.post(address, answers, follow=True)
    assert "Votre réponse est envoyée" in text_of(answered)
    assert answer_of(proposal) == ("reponse:ACC-COND", None)
    assert address not in text_of(browser.get("/"))


def test_a_refusal_needs_its_reason(client_of, proposal, address, answer_of):
    browser = client_of("director_a")
    page = browser.post(address, {"answer": "reponse:REFUS", "refusal_reason": ""})
    assert page.status_code == 422
    assert 'id="id_refusal_reason_error"' in text_of(page)
    assert answer_of(proposal) == (None, None)
    browser.post(address, {"answer": "reponse:REFUS", "refusal_reason": "motif_refus:PLACE"})
    assert answer_of(proposal) == ("reponse:REFUS", "motif_refus:PLACE")


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"answer": "reponse:SANS-REP"},
        {"answer": "sexe:F"},
        {"answer": "reponse:REFUS", "refusal_reason": "sexe:F"},
    ],
)
def test_a_forged_answer_writes_nothing(client_of, proposal, address, answer_of, data):
    assert client_of("director_a").post(address, data).status_code == 422
    assert answer_of(proposal) == (None, None)


def test_the_first_answer_stays(client_of, proposal, address, answer_of):
    browser = client_of("director_a")
    browser.post(address, {"answer": "reponse:ACC", "available_from": f"{timezone.localtime():%Y-%m-%dT%H:%M}"})
    again = browser.post(address, {"answer": "reponse:ATTENTE"})
    assert again.status_code == 422
    assert "déjà reçu une réponse" in text_of(again)
    assert answer_of(proposal) == ("reponse:ACC", None)


def test_an_answer_after_withdrawal_is_refused_with_thanks(client_of, acting_as, cast, proposal, address, answer_of):
    with acting_as("coordination"):
        proposal_withdraw(proposal=Proposal.objects.get(pk=proposal.pk), by=cast["coordination"])
    browser = client_of("director_a")
    late = browser.post(address, {"answer": "reponse:ACC"})
    assert late.status_code == 422
    assert "Merci à votre équipe" in text_of(late)
    assert "Envoyer la réponse" not in text_of(browser.get(address))
    assert answer_of(proposal) == (None, None)


@pytest.mark.parametrize("who", ["educator_a", "director_b", "gendarme", "ase", "former_member", "coordination"])
def test_nobody_else_reads_nor_answers_a_proposal(client_of, proposal, address, answer_of, who):
    browser = client_of(who)
    assert browser.get(address).status_code == 404
    assert browser.post(address, {"answer": "reponse:ACC"}).status_code == 404
    assert answer_of(proposal) == (None, None)
    if who == "former_member":
        assert scenes.pages_refused_after_leaving(who) == ["cases:proposal", "cases:proposal"]
    elif who != "coordination":
        assert "cases.proposal.read" in scenes.refusals(proposal.pk)


def test_the_sheet_tells_neither_who_nor_where(client_of, address):
    page = text_of(client_of("director_a").get(address))
    for secret in ("S-20", "M-20", "Brigade 12", "MARQUEUR", "Nord"):
        assert secret not in page


@pytest.fixture
def stay(proposal):
    return scenes.arrived(proposal)


def test_the_director_confirms_the_arrival(client_of, acting_as, stay):
    browser, page = client_of("director_a"), reverse("cases:stay", args=[stay.pk])
    assert 'Confirmer l’arrivée de <span class="hv-ref">M-' in text_of(browser.get("/"))
    confirm = reverse("cases:stay_arrival", args=[stay.pk])
    assert browser.get(confirm).status_code == 200
    assert "L’arrivée est confirmée" in text_of(browser.post(confirm, follow=True))
    assert browser.post(confirm).status_code == 422
    assert confirm not in text_of(browser.get(page))
    with acting_as("coordination"):
        assert Placement.objects.get(pk=stay.pk).confirmed_at


def test_an_educator_sees_the_stay_and_leaves_the_confirmation(client_of, acting_as, stay):
    browser = client_of("educator_a")
    assert "La direction confirmera" in text_of(browser.get(reverse("cases:stay", args=[stay.pk])))
    assert browser.post(reverse("cases:stay_arrival", args=[stay.pk])).status_code == 404
    with acting_as("coordination"):
        assert Placement.objects.get(pk=stay.pk).confirmed_at is None


def test_an_absence_then_the_return(client_of, acting_as, proposal):
    stay = scenes.arrived(proposal, is_confirmed=True)
    browser, today = client_of("educator_a"), f"{timezone.localdate():%Y-%m-%d}"
    gone = browser.post(
        reverse("cases:stay_absence", args=[stay.pk]), {"starts_on": today, "is_runaway": "fugue"}, follow=True
    )
    assert "L’absence est déclarée" in text_of(gone)
    assert "En fugue" in text_of(browser.get(reverse("cases:stays")))
    again = browser.post(reverse("cases:stay_absence", args=[stay.pk]), {"starts_on": today, "is_runaway": "autre"})
    assert again.status_code == 422
    told = {"returned_at": at(0), "interview": "accepted", "medical": "refused"}
    back = browser.post(reverse("cases:stay_runaway_return", args=[stay.pk]), told, follow=True)
    assert "Le retour est écrit" in text_of(back)
    with acting_as("educator_a"):
        absence = Absence.objects.get(placement=stay)
    assert (absence.is_runaway, absence.ends_on) == (True, timezone.localdate())
    assert browser.get(reverse("cases:stay_return", args=[stay.pk])).status_code == 404


@pytest.mark.parametrize(
    "data", [{}, {"starts_on": "2099-01-01", "is_runaway": "fugue"}, {"starts_on": "hier", "is_runaway": "fugue"}]
)
def test_a_wrong_absence_writes_nothing(client_of, acting_as, stay, data):
    assert client_of("director_a").post(reverse("cases:stay_absence", args=[stay.pk]), data).status_code == 422
    with acting_as("coordination"):
        assert not Absence.objects.filter(placement=stay).exists()


@pytest.mark.parametrize("name", ["stay", "stay_arrival", "stay_absence"])
@pytest.mark.parametrize("who", ["director_b", "gendarme", "transmitter", "former_member", "state_reader"])
def test_a_stay_of_another_structure_does_not_exist(client_of, stay, name, who):
    browser, url = client_of(who), reverse(f"cases:{name}", args=[stay.pk])
    assert browser.get(url).status_code == 404
    assert browser.post(url, {"starts_on": "2026-01-01", "is_runaway": "fugue"}).status_code == 404


NEW = reverse("cases:incident_new")


def declared(**changes) -> dict:
    return {
        "incident_type": "type_incident:FUG",
        "occurred_at": at(3),
        "noticed_at": at(2),
        "narrative": "Parti par la fenêtre.",
        "key": str(uuid.uuid4()),
    } | changes


@pytest.fixture
def incidents(acting_as):
    def read() -> int:
        with acting_as("coordination"):
            return Incident.objects.count()

    return read


def test_danger_comes_before_the_form(client_of):
    browser = client_of("educator_a")
    assert "Un enfant est-il en danger maintenant ?" in text_of(browser.get(NEW))
    assert "tel:112" in text_of(browser.get(f"{NEW}?danger=oui"))
    assert "gravité proposée : grave" in text_of(browser.get(f"{NEW}?danger=non"))


def test_an_educator_declares_and_the_severity_of_the_type_is_kept(client_of, acting_as, stay):
    browser = client_of("educator_a")
    data = declared(children=[str(stay.pk)], authorities=["autorite:FSI", "autorite:GARDIEN"], told_at=at(1))
    receipt = browser.post(NEW, data, follow=True)
    with acting_as("educator_a"):
        incident = Incident.objects.latest("declared_at")
        assert IncidentDetail.objects.get(incident=incident).narrative == "Parti par la fenêtre."
        assert AuthorityNotice.objects.filter(incident=incident).count() == 2
    assert incident.severity_id == "gravite:G3"
    assert incident.placement_id == stay.pk
    assert incident.reference in text_of(receipt)
    assert "restent à prévenir : Juge des enfants" in text_of(receipt)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"incident_type": ""}, "Choisissez ce qui s’approche le plus"),
        ({"incident_type": "sexe:F"}, "Sélectionnez un choix valide"),
        ({"severity": "sexe:F"}, "Sélectionnez un choix valide"),
        ({"narrative": " "}, "Racontez les faits"),
        ({"occurred_at": at(1)}, "postérieurs au constat"),
        ({"noticed_at": at(-2)}, "postérieur à la déclaration"),
        ({"authorities": ["autorite:FSI"]}, "Indiquez quand ces destinataires"),
        ({"authorities": ["autorite:PIRE"]}, "Sélectionnez un choix valide"),
        ({"authorities": ["autorite:FSI"], "told_at": at(9)}, "avant les faits"),
        ({"children": [str(uuid.uuid4())]}, "Sélectionnez un choix valide"),
    ],
)
def test_a_wrong_declaration_writes_nothing(client_of, incidents, changes, sentence):
    before = incidents()
    page = client_of("director_a").post(NEW, declared(**changes))
    assert page.status_code == 422
    assert sentence in text_of(page)
    assert incidents() == before


def test_the_stay_of_another_structure_is_no_choice(client_of, incidents):
    other = scenes.proposed(scenes.request_sent(), "Aubépine")[0]
    stay, before = scenes.arrived(other), incidents()
    assert client_of("director_a").post(NEW, declared(children=[str(stay.pk)])).status_code == 422
    assert incidents() == before


def test_what_accuses_an_adult_is_seen_by_its_declarant_alone(client_of, acting_as):
    educator, director = client_of("educator_a"), client_of("director_a")
    educator.post(NEW, declared(incident_type="type_incident:MAL"))
    with acting_as("educator_a"):
        incident = Incident.objects.latest("declared_at")
    page, listed = reverse("cases:incident", args=[incident.pk]), reverse("cases:incidents")
    assert incident.is_confidential
    assert incident.reference in text_of(educator.get(listed))
    assert incident.reference not in text_of(director.get(listed))
    assert educator.get(page).status_code == 200
    for name in ("incident", "incident_receipt"):
        assert director.get(reverse(f"cases:{name}", args=[incident.pk])).status_code == 404
    assert "cases.incident.read" in scenes.refusals(incident.pk)


def test_the_team_notes_its_calls_and_reads_them(client_of, acting_as):
    educator, director = client_of("educator_a"), client_of("director_a")
    educator.post(NEW, declared())
    with acting_as("educator_a"):
        page = reverse("cases:incident_authorities", args=[Incident.objects.latest("declared_at").pk])
    call = {"authority": "autorite:PARQUET", "told_at": at(0.5)}
    assert "C’est noté" in text_of(educator.post(page, call, follow=True))
    assert educator.post(page, call | {"authority": "sexe:F"}).status_code == 422
    assert "Procureur, parquet des mineurs" in text_of(director.get(page))
    assert director.post(page, call | {"authority": "autorite:JE"}).status_code == 302
    assert client_of("director_b").post(page, call).status_code == 404


OTHERS = ("gendarme", "ase", "transmitter", "state_reader", "trainee", "former_member")
DECLARE_TOO = ("gendarme", "ase")
"""Requesting services declare about minors that they follow."""


@pytest.mark.parametrize("who", OTHERS)
@pytest.mark.parametrize("name", ["proposals", "stays", "incidents", "incident_new"])
def test_pages_of_structures_do_not_exist_for_the_others(client_of, who, name):
    is_open = name.startswith("incident") and who in DECLARE_TOO
    assert client_of(who).get(reverse(f"cases:{name}")).status_code == (200 if is_open else 404)
