"""« Demander un accueil », as the requester and the transmitter live it."""

import re
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.models import Sollicitation, SollicitationDetail, SollicitationForm, SollicitationMessage
from cases.requests.messages.services import sollicitation_ask_more, sollicitation_reply
from cases.requests.services.sollicitations import sollicitation_close
from cases.requests.tonight.forms import NAMES
from cms.values.services import setting_change
from tests.cases import scenes
from tests.cases.steps import refused_on, walled

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


def on_screen(number: int, *names: str, **changes) -> dict:
    """What « Continuer » posts from a screen, once the fields of the earlier ones are filled in."""
    typed = {name: value for name, value in filled().items() if name in names}
    return {"step": "next", "screen": str(number), "key": str(uuid.uuid4())} | typed | changes


def test_a_gendarme_sends_in_three_screens_and_reads_the_receipt(client_of, acting_as, count):
    browser, before = client_of("gendarme"), count()
    you = ("callback_name", "callback_phone", "urgency")
    second = text_of(browser.post(NEW, on_screen(1, *you)))
    assert 'name="sex"' in second
    assert 'type="hidden" name="callback_phone" value="01 99 00 12 34"' in second
    third = text_of(browser.post(NEW, on_screen(2, *you, "sex", "age")))
    for told in ("Envoyer la demande", "Dans la nuit", "15", "R425-1", "Accueil de 72 heures", "pas précisé"):
        assert told in third, told
    assert count() == before

    sent = browser.post(NEW, filled(screen="3", rights_told="on"))
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
    assert sollicitation.rights_told
    assert sollicitation.exploitation_place_id == "93"
    assert detail.callback_phone == "01 99 00 12 34"


def test_the_short_form_asks_the_protocol_and_five_fields_alone_must_be_filled(client_of, acting_as):
    """Counted on the screens themselves, with the number of the on-call in sight on each; what the network adds is its
    own, and never compulsory here.
    """
    browser, asked, needed = client_of("gendarme"), set(), set()
    with acting_as("coordination"):
        setting_change(key="cases.on_call_phone", value="01 99 00 00 17", changed_by_id=None)
    for number in (1, 2, 3):
        page = browser.post(NEW, filled(step=f"screen-{number}", key=""))
        form = page.context["form"]
        asked |= set(form.names_of(number))
        needed |= {name for name in form.names_of(number) if form.fields[name].required}
        assert "tel:0199000017" in text_of(page)
    added = {name for name in asked if name.startswith("extra_")}
    assert (len(asked - added - set(NAMES)), len(needed)) == (12, 5)
    assert set(NAMES) <= asked - needed
    assert len(added) == 1
    assert not added & needed


def test_going_back_says_nothing_and_keeps_every_word(client_of):
    page = client_of("gendarme").post(
        NEW, filled(step="screen-1", callback_phone="demain", narrative="Mot à reprendre")
    )
    assert page.status_code == 200
    assert "Mot à reprendre" in text_of(page)
    assert "hv-errors" not in text_of(page)


def test_a_screen_is_checked_when_it_is_left(client_of):
    browser = client_of("gendarme")
    page = browser.post(NEW, on_screen(1, "callback_name"))
    assert page.status_code == 422
    assert "Indiquez un numéro où vous rappeler" in text_of(page)
    assert "Choisissez un délai" in text_of(page)
    assert "Cochez au moins une forme" not in text_of(page)


def test_a_lost_connection_brings_back_to_the_screen_that_was_reached(client_of, count):
    """Without script: each screen is kept, with the key, so that what is sent twice stays one request."""
    browser, before, key = client_of("gendarme"), count(), str(uuid.uuid4())
    browser.post(NEW, on_screen(1, "callback_name", "callback_phone", "urgency", key=key))
    browser.post(NEW, on_screen(2, "callback_name", "callback_phone", "urgency", "sex", "age", key=key))
    assert "Reprendre votre saisie" in text_of(browser.get(NEW))
    resumed = browser.get(f"{NEW}?saisie=reprendre")
    assert 'name="forms"' in text_of(resumed)
    assert resumed.context["number"] == 3
    assert f'name="key" value="{key}"' in text_of(resumed)
    first, second = (browser.post(NEW, filled(key=key)) for _ in range(2))
    assert first.url == second.url
    assert count() == before + 1
    assert "Reprendre votre saisie" not in text_of(browser.get(NEW))


def test_brothers_and_sisters_leave_in_one_go(client_of, acting_as, count):
    browser, before, key = client_of("gendarme"), count(), str(uuid.uuid4())
    page = browser.post(NEW, on_screen(2, "sex", step="add", siblings="1"))
    assert 'name="sibling_2_sex"' in text_of(page)
    assert "hv-errors" not in text_of(page)
    family = {
        "siblings": "2",
        "sibling_1_sex": "sexe:M",
        "sibling_1_age": "9",
        "sibling_2_sex": "sexe:F",
        "sibling_2_age": "",
    }
    refused = browser.post(NEW, filled(**family | {"sibling_1_sex": ""}))
    assert refused.status_code == 422
    assert 'name="sibling_1_sex"' in text_of(refused)
    receipt = browser.post(NEW, filled(key=key, **family)).url
    assert browser.post(NEW, filled(key=key, **family)).url == receipt
    assert count() == before + 3
    with acting_as("gendarme"):
        rows = list(Sollicitation.objects.order_by("-received_at")[:3])
        assert len({row.group_id for row in rows}) == 1
        assert {(row.sex_id, row.age_at_reception) for row in rows} == {
            ("sexe:F", 15),
            ("sexe:M", 9),
            ("sexe:F", None),
        }
        assert all(row.forms.filter(is_main=True).get().form_id == "forme:SEX" for row in rows)
    for address in (receipt, receipt.replace("accuse/", "")):
        shown = text_of(browser.get(address))
        assert "Ses frères et sœurs" in shown
        assert all(row.reference in shown for row in rows)
    office = text_of(client_of("coordination").get(reverse("cases_sollicitation:inspect", args=[rows[0].pk])))
    assert "Fratrie" in office
    assert rows[1].reference in office


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
        ({"safe_until": "2099-01-01T10:00"}, "dans plus de trois mois"),
        ({"key": "pas-une-clé"}, "UUID"),
    ],
)
def test_bad_input_is_said_beside_the_field_and_writes_nothing(client_of, count, changes, sentence):
    before = count()
    page = client_of("gendarme").post(NEW, filled(**changes))
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
    assert "comptée à part" in text_of(browser.post(NEW, filled(age="19", step="next", screen="2")))
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
    assert "Son parcours" in text_of(browser.get(NEW))
    assert "Son parcours" not in text_of(client_of("gendarme").get(NEW))
    known = {"origin": "62", "is_unaccompanied": "true", "prior_follow_up": "suivi_anterieur:PJJ"}
    check = text_of(browser.post(NEW, filled(step="next", screen="4", **known)))
    assert "Vérifier et envoyer" in check
    assert "Protection judiciaire de la jeunesse" in check or "PJJ" in check
    wrong = browser.post(NEW, filled(birth_year="2012", **known))
    assert wrong.status_code == 422
    assert wrong.context["number"] == 2
    assert "ne concordent pas" in text_of(wrong)
    browser.post(NEW, filled(**known))
    with acting_as("ase"):
        sollicitation = Sollicitation.objects.latest("received_at")
    assert (sollicitation.origin_id, sollicitation.is_unaccompanied) == ("62", True)
    assert browser.post(NEW, filled(origin="999")).status_code == 422


def test_no_page_of_the_requester_asks_for_a_name(client_of):
    browser = client_of("ase")
    page = "".join(text_of(browser.post(NEW, filled(step=f"screen-{number}"))) for number in range(1, 6))
    assert 'name="last_name"' not in page
    assert 'name="first_name"' not in page
    assert "72 heures" in page


def test_the_sheet_of_paper_asks_what_the_screens_ask(client_of):
    for who in ("gendarme", "transmitter", "coordination"):
        page = text_of(client_of(who).get(reverse("cases:request_paper")))
        for label in ("Ligne directe", "Dans la nuit", "Exploitation sexuelle", "R425-1", "Féminin"):
            assert label in page, label


def test_the_service_and_the_coordination_write_to_each_other(client_of, acting_as, cast):
    sollicitation = scenes.request_sent()
    with acting_as("coordination"):
        sollicitation_ask_more(sollicitation=sollicitation, text="A-t-elle vu un médecin ?", by=cast["coordination"])
    address = reverse("cases:request", args=[sollicitation.pk])
    browser, board = client_of("gendarme"), reverse("havre_board")
    assert "A-t-elle vu un médecin" in text_of(browser.get(address))
    assert "Le service a répondu" not in text_of(client_of("coordination").get(board))
    assert browser.post(address, {"text": " "}).status_code == 422
    assert browser.post(address, {"text": "Oui, hier soir."}).status_code == 302
    assert "Message de votre service" in text_of(browser.get(address))
    assert "Le service a répondu" in text_of(client_of("coordination").get(board))
    file = text_of(client_of("coordination").get(reverse("cases_sollicitation:inspect", args=[sollicitation.pk])))
    assert "Oui, hier soir." in file
    with acting_as("coordination"):
        sollicitation_close(sollicitation=sollicitation, outcome_id="decision:APPUI", by=cast["coordination"])
    browser.post(address, {"text": "Trop tard."})
    assert "Trop tard." not in text_of(browser.get(address))


def test_who_only_transmitted_writes_no_message(client_of, acting_as, cast):
    sollicitation = scenes.request_sent(by="transmitter", service="Collège 7")
    address = reverse("cases:request", args=[sollicitation.pk])
    assert 'name="text"' not in text_of(client_of("transmitter").get(address))
    with acting_as("transmitter"), refused_on(match="votre compte"):
        sollicitation_reply(sollicitation=sollicitation, text="Alors ?", by=cast["transmitter"])
    told = {"sollicitation": sollicitation, "kind": "reply", "text": "x", "written_at": timezone.now()}
    for key in ("transmitter", "director_a"):
        with acting_as(key), walled():
            SollicitationMessage.objects.create(**told, written_by=cast[key])


def test_a_transmitter_sends_the_short_form_and_reads_the_outcome_alone(client_of, acting_as):
    browser = client_of("transmitter")
    assert "Son parcours" not in text_of(browser.get(NEW))
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
