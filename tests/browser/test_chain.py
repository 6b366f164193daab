"""Asking for a place: three screens on a phone, without JavaScript, through a lost connection, without an account."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE
from tests.browser.look import look, picture

REFERENCE = re.compile(r"S-\d{4}-\d{4}")


def fill_request(page: Page) -> None:
    page.get_by_label("Ligne directe").fill("01 99 00 12 34")
    page.get_by_role("radio", name="Dans la nuit").check()
    following(page, "Le mineur")
    page.get_by_role("radio", name="Féminin").check()
    page.get_by_label("Âge", exact=False).first.fill("15")
    page.get_by_label("Département où se trouve le mineur").select_option(label="59 – Nord")
    following(page, "Le danger")
    page.get_by_role("checkbox", name="Exploitation sexuelle").check()
    page.get_by_label("Ce qu’il faut savoir").fill("L’exploiteur attend devant la gare.")


def following(page: Page, title: str) -> None:
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_role("heading", level=2).first).to_have_text(title)


def send_request(page: Page) -> str:
    """Send from the last screen, which shows the first two again; answer the reference of the receipt."""
    expect(page.get_by_role("main")).to_contain_text("01 99 00 12 34")
    picture(page, "chain-2-check")
    page.get_by_role("button", name="Envoyer la demande").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Votre demande est reçue")
    return page.get_by_text(REFERENCE).inner_text()


def test_a_request_is_sent_without_javascript(sign_in):
    gendarme = sign_in("gendarme", width=PHONE, java_script_enabled=False)
    gendarme.get_by_role("main").get_by_role("link", name="Demander un accueil").click()
    fill_request(gendarme)
    reference = send_request(gendarme)
    gendarme.get_by_role("link", name="Suivre ma demande").click()
    expect(gendarme.get_by_role("main")).to_contain_text(reference)
    picture(gendarme, "chain-without-script")


def test_three_screens_on_a_phone_survive_a_lost_connection_and_a_double_sending(sign_in, watch):
    gendarme = sign_in("gendarme", width=PHONE, java_script_enabled=False)
    gendarme.goto("/situations/demander/")
    gendarme.get_by_label("Ligne directe").fill("01 99 00 12 34")
    gendarme.get_by_role("radio", name="Dans la nuit").check()
    following(gendarme, "Le mineur")
    picture(gendarme, "asking-2-minor")
    gendarme.get_by_role("radio", name="Féminin").check()
    watch.also.add("chrome-error:")
    gendarme.context.set_offline(True)
    gendarme.get_by_role("button", name="Continuer").click()
    gendarme.context.set_offline(False)

    gendarme.goto("/situations/demander/")
    gendarme.get_by_role("link", name="Reprendre votre saisie").click()
    expect(gendarme.get_by_role("heading", level=2).first).to_have_text("Le mineur")
    gendarme.get_by_role("radio", name="Féminin").check()
    following(gendarme, "Le danger")
    gendarme.get_by_role("checkbox", name="Exploitation sexuelle").check()
    picture(gendarme, "asking-3-danger")
    with gendarme.expect_request(lambda sent: sent.method == "POST" and "demander" in sent.url) as posted:
        reference = send_request(gendarme)
    again = gendarme.request.post(
        posted.value.url,
        data=posted.value.post_data,
        headers={"Content-Type": "application/x-www-form-urlencoded", "Referer": posted.value.url},
    )
    assert reference in again.text()
    gendarme.goto("/situations/demandes/")
    expect(gendarme.get_by_role("main").get_by_role("link", name=REFERENCE)).to_have_count(2)  # and that of the cast


def test_a_unit_without_an_account_asks_on_a_phone(open_context):
    page = open_context(width=PHONE).new_page()
    page.goto("/")
    page.get_by_role("link", name="sans compte").click()
    look(page, "front-door-1", "sans compte")
    page.get_by_label("Votre unité").fill("Brigade de Valmont")
    page.get_by_label("Type d’unité").select_option(label="Brigade territoriale de gendarmerie")
    page.get_by_label("Qui rappeler").fill("Gaëlle Roche")
    page.get_by_label("Ligne directe").fill("01 99 00 12 34")
    page.get_by_role("radio", name="Dans la nuit").check()
    following(page, "Le mineur")
    page.get_by_role("button", name="Ajouter un frère ou une sœur").click()
    page.get_by_role("group", name="Sexe", exact=True).get_by_role("radio", name="Féminin").check()
    page.get_by_role("group", name="Frère ou sœur 1").get_by_role("radio", name="Masculin").check()
    look(page, "front-door-2", "sans compte")
    following(page, "Le danger")
    page.get_by_role("checkbox", name="Exploitation sexuelle").check()
    look(page, "front-door-3", "sans compte")
    page.get_by_role("button", name="Envoyer la demande").click()
    look(page, "front-door-4", "Votre demande est reçue")
    card = page.get_by_role("main").inner_text()
    reference, code = re.search(r"N-\d{4}-\d{4}", card)[0], re.search(r"[A-Z2-7]{4}(-[A-Z2-7]{4}){2}", card)[0]
    page.get_by_role("link", name="Suivre ma demande").click()
    page.get_by_label("Référence").fill(reference)
    page.get_by_label("Code de suivi").fill(code)
    page.get_by_role("button", name="Voir où elle en est").click()
    expect(page.get_by_role("main")).to_contain_text("va appeler le standard")
    look(page, "front-door-5", "Suivre une demande")
