"""« Demander un accueil », as the requester and the transmitter live it."""

import re
import uuid

import pytest
from django.urls import reverse

from cases.models import Sollicitation, SollicitationDetail, SollicitationForm
from tests.cases import scenes

NEW = reverse("cases:request_new")


def filled(**changes) -> dict:
    return {
        "step": "send",
        "key": str(uuid.uuid4()),
        "callback_name": "Gaëlle Roche",
        "callback_phone": "01 99 00 12 34",
        "urgency": "urgence:U1",
        "sex": "sexe:F",
        "age": "15",
        "age_precision": "precision_age:EST",
        "current_place": "59",
        "forms": ["forme:SEX", "forme:DEL"],
        "main_form": "forme:SEX",
        "exploitation_place": "93",
        "narrative": "Menacée par téléphone.",
    } | changes


@pytest.fixture
def count(acting_as):
    def read() -> int:
        with acting_as("coordination"):
            return Sollicitation.objects.count()

    return read


def text_of(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode().replace("&nbsp;", " "))


def test_a_gendarme_checks_then_sends_and_reads_the_receipt(client_of, acting_as, count):
    browser, before = client_of("gendarme"), count()
    checked = browser.post(NEW, filled(step="check"))
    assert "Envoyer la demande" in text_of(checked)
    assert "Exploitation sexuelle" in text_of(checked)
    assert count() == before

    sent = browser.post(NEW, filled())
    assert sent.status_code == 302
    receipt = browser.get(sent.url)
    with acting_as("gendarme"):
        sollicitation = Sollicitation.objects.latest("received_at")
        detail = SollicitationDetail.objects.get(sollicitation=sollicitation)
        forms = SollicitationForm.objects.filter(sollicitation=sollicitation)
        assert {form.form_id: form.is_main for form in forms} == {"forme:SEX": True, "forme:DEL": False}
    assert sollicitation.reference in text_of(receipt)
    assert "vous répond <strong>avant le" in text_of(receipt)
    assert sollicitation.age_at_reception == 15
    assert sollicitation.exploitation_place_id == "93"
    assert detail.callback_phone == "01 99 00 12 34"


def test_correcting_brings_the_same_words_back(client_of):
    page = client_of("gendarme").post(NEW, filled(step="edit", narrative="Mot à reprendre"))
    assert page.status_code == 200
    assert "Mot à reprendre" in text_of(page)


def test_the_same_form_sent_twice_writes_one_request(client_of, count):
    browser, data, before = client_of("gendarme"), filled(), count()
    first, second = browser.post(NEW, data), browser.post(NEW, data)
    assert first.url == second.url
    assert count() == before + 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"main_form": ""}, "Vous avez coché plusieurs formes"),
        ({"main_form": "forme:MEN"}, "La forme principale doit être l’une des formes cochées"),
        ({"forms": []}, "Cochez au moins une forme"),
        ({"forms": ["forme:PIRE"]}, "Sélectionnez un choix valide"),
        ({"forms": ["sexe:F"], "main_form": ""}, "Sélectionnez un choix valide"),
        ({"current_place": "999"}, "Sélectionnez un choix valide"),
        ({"exploitation_place": "999"}, "Sélectionnez un choix valide"),
        ({"urgency": ""}, "Choisissez un délai"),
        ({"urgency": "sexe:F"}, "Sélectionnez un choix valide"),
        ({"age": "-1"}, "supérieure ou égale à 0"),
        ({"age": "40"}, "inférieure ou égale à 25"),
        ({"callback_phone": "demain"}, "Écrivez un numéro de téléphone"),
        ({"safe_until": "2020-01-01T10:00"}, "Cette heure est déjà passée"),
        ({"safe_until": "hier"}, "Indiquez le jour et l’heure"),
        ({"key": "pas-une-clé"}, "UUID"),
    ],
)
@pytest.mark.parametrize("step", ["check", "send"])
def test_bad_input_is_said_beside_the_field_and_writes_nothing(client_of, count, changes, sentence, step):
    before = count()
    page = client_of("gendarme").post(NEW, filled(step=step, **changes))
    assert page.status_code == 422
    assert sentence in text_of(page)
    assert count() == before


def test_one_form_alone_is_the_principal_one(client_of, acting_as):
    client_of("gendarme").post(NEW, filled(forms=["forme:MEN"], main_form=""))
    with acting_as("gendarme"):
        assert SollicitationForm.objects.get(sollicitation=Sollicitation.objects.latest("received_at")).is_main


def test_a_young_adult_and_an_unknown_age_are_taken(client_of, acting_as):
    browser = client_of("gendarme")
    for age in ("19", ""):
        assert browser.post(NEW, filled(age=age)).status_code == 302
    with acting_as("gendarme"):
        latest = Sollicitation.objects.order_by("-received_at")[:2]
        ages = [(sollicitation.age_at_reception, sollicitation.age_precision_id) for sollicitation in latest]
    assert ages == [(None, "precision_age:INC"), (19, "precision_age:EST")]


def test_the_service_is_the_actors_own_whatever_is_posted(client_of, acting_as):
    with acting_as("coordination"):
        other = scenes.partner("ASE du Nord")
    client_of("gendarme").post(NEW, filled(requester=str(other.pk)))
    with acting_as("coordination"):
        assert Sollicitation.objects.latest("received_at").requester.code_name == "Brigade 12"


def test_an_inspector_has_the_complete_form(client_of, acting_as):
    browser = client_of("ase")
    assert "Suivi antérieur" in text_of(browser.get(NEW))
    assert "Suivi antérieur" not in text_of(client_of("gendarme").get(NEW))
    browser.post(NEW, filled(origin="62", is_unaccompanied="true", prior_follow_up="suivi_anterieur:PJJ"))
    with acting_as("ase"):
        sollicitation = Sollicitation.objects.latest("received_at")
    assert (sollicitation.origin_id, sollicitation.is_unaccompanied) == ("62", True)
    assert browser.post(NEW, filled(origin="999")).status_code == 422


def test_no_page_of_the_requester_asks_for_a_name(client_of):
    page = text_of(client_of("ase").get(NEW))
    assert 'name="last_name"' not in page
    assert 'name="first_name"' not in page
    assert "72 heures" in page


def test_a_transmitter_sends_the_short_form_and_reads_the_outcome_alone(client_of, acting_as):
    browser = client_of("transmitter")
    assert "Suivi antérieur" not in text_of(browser.get(NEW))
    sent = browser.post(NEW, filled(narrative="MARQUEUR-TRANSMIS"))
    assert "Le dossier lui-même ne vous sera pas montré" in text_of(browser.get(sent.url))
    with acting_as("transmitter"):
        sollicitation = Sollicitation.objects.latest("received_at")
    scenes.proposed(sollicitation)
    for address in (reverse("cases:request", args=[sollicitation.pk]), reverse("cases:requests"), "/"):
        page = text_of(browser.get(address))
        assert "Orientation décidée" not in page
        assert "Première réponse" not in page
        assert "MARQUEUR-TRANSMIS" not in page
    assert "Votre transmission est bien arrivée" in text_of(browser.get(f"/situations/demandes/{sollicitation.pk}/"))


def test_a_requester_follows_to_the_arrival_without_any_place(client_of, cast):
    sollicitation = scenes.request_sent()
    stay = scenes.arrived(scenes.proposed(sollicitation)[0])
    address = reverse("cases:request", args=[sollicitation.pk])
    browser = client_of("gendarme")
    assert "Accueil effectif" not in text_of(browser.get(address))
    with_structure = client_of("director_a")
    with_structure.post(reverse("cases:stay_arrival", args=[stay.pk]))
    for page in (browser.get(address), browser.get(reverse("cases:requests")), browser.get("/")):
        shown = text_of(page)
        assert "Accueil effectif" in shown
        for secret in ("Tilleuls", "Dordogne", "MARQUEUR-NOM-REEL-A", "MARQUEUR-ADRESSE-A"):
            assert secret not in shown


@pytest.mark.parametrize("name", ["cases:request", "cases:request_receipt"])
@pytest.mark.parametrize("who", ["ase", "transmitter", "director_a", "former_member", "state_reader", "trainee"])
def test_a_request_of_another_service_does_not_exist(client_of, acting_as, name, who):
    sollicitation = scenes.request_sent()
    assert client_of(who).get(reverse(name, args=[sollicitation.pk])).status_code == 404


def test_a_refused_request_leaves_a_line_in_the_journal(client_of, cast):
    sollicitation = scenes.request_sent()
    client_of("ase").get(reverse("cases:request", args=[sollicitation.pk]))
    assert scenes.refusals(sollicitation.pk) == ["cases.sollicitation.read"]


@pytest.mark.parametrize("who", ["director_a", "educator_a", "state_reader", "trainee", "former_member", "dpo"])
def test_who_asks_for_nobody_has_no_form(client_of, count, who):
    browser, before = client_of(who), count()
    assert browser.get(NEW).status_code == 404
    assert browser.post(NEW, filled()).status_code == 404
    assert count() == before
