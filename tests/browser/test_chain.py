"""A gendarme asks at night, the coordination looks for a place, a structure opens its door, and the figure moves."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE
from tests.browser.look import look, picture

LEGAL_FRAME = "Ordonnance de placement provisoire du procureur (urgence)"
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


def placed(page: Page) -> int:
    """Indicator 3, as the page of figures shows it."""
    page.goto("/admin/chiffres/")
    card = page.get_by_role("listitem").filter(has=page.get_by_text("I3", exact=True))
    return int(card.get_by_role("strong").first.inner_text())


def act(page: Page, link: str, button: str, done: str) -> None:
    """An action of the admin: its link, its form as it comes, its button, what is said of it."""
    page.get_by_role("link", name=link).first.click()
    look(page, f"chain-5-{link.split()[0].lower()}", link)
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.get_by_role("status")).to_contain_text(done)


def orient(page: Page, reference: str) -> None:
    """Take the request, open a file, ask two structures."""
    page.get_by_role("link", name="Ouvrir l’administration").click()
    page.get_by_role("link", name=reference).click()
    look(page, "chain-4-request", reference)
    act(page, "Prendre en charge", "Prendre en charge", f"Vous suivez {reference}")
    act(page, "Rattacher à une situation", "Rattacher", "rattachée à une situation")
    page.get_by_role("link", name="Chercher un lieu").click()
    for name in ("Les Tilleuls", "Aubépine"):
        page.get_by_role("checkbox", name=name).check()
    page.get_by_label("Niveau d’identification").select_option(label="Victime présumée (faisceau d’indices)")
    page.get_by_label("Réponse attendue sous (heures)").fill("6")
    look(page, "chain-7-search", "Chercher un lieu")
    page.get_by_role("button", name="Envoyer la fiche anonyme", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("ont reçu la fiche anonyme")
    look(page, "chain-8-request", reference)


def open_stay(page: Page, reference: str) -> None:
    """Keep the structure that accepted, note the arrival."""
    page.goto("/admin/sollicitations/")
    page.get_by_role("link", name=reference).click()
    page.get_by_role("link", name=re.compile("^Orientation du")).click()
    expect(page.get_by_role("row", name="Les Tilleuls")).to_contain_text("Acceptée")
    look(page, "chain-c-orientation", "Orientation du")
    page.get_by_role("row", name="Les Tilleuls").get_by_role("link", name="Retenir").click()
    page.get_by_role("button", name="Retenir cette structure").click()
    expect(page.get_by_role("status")).to_contain_text("Les Tilleuls est retenue.")
    look(page, "chain-d-kept", "Orientation du")
    page.get_by_role("link", name="Ouvrir le séjour").click()
    page.get_by_role("combobox", name="Cadre juridique*").select_option(label=LEGAL_FRAME)
    look(page, "chain-e-stay", "Ouvrir un séjour")
    page.get_by_role("button", name="Ouvrir le séjour").click()
    expect(page.get_by_role("status")).to_contain_text("Le séjour est ouvert.")
    look(page, "chain-f-opened", "M-")


def test_from_the_request_to_the_arrival(sign_in):
    gendarme = sign_in("gendarme", width=PHONE)
    look(gendarme, "chain-0-home", "Bonjour Gaëlle")
    gendarme.get_by_role("main").get_by_role("link", name="Demander un accueil").click()
    fill_request(gendarme)
    look(gendarme, "chain-1-request", "Demander un accueil")
    reference = send_request(gendarme)
    look(gendarme, "chain-3-receipt", "Votre demande est reçue")

    coordination = sign_in("coordination")
    orient(coordination, reference)
    before = placed(coordination)

    director_a, director_b = sign_in("director_a", width=PHONE), sign_in("director_b", width=PHONE)
    director_a.get_by_role("listitem").filter(has_text="15 ans").get_by_role("link").click()
    expect(director_a.get_by_role("main")).to_contain_text("15 ans")
    director_a.get_by_role("radio", name="Acceptée", exact=True).check()
    look(director_a, "chain-9-proposal", "Proposition d’accueil")
    address_of_a = director_a.url
    director_a.get_by_role("button", name="Envoyer la réponse").click()
    expect(director_a.get_by_role("status")).to_contain_text("Votre réponse est envoyée")
    look(director_a, "chain-a-answered", "Proposition d’accueil")
    expect(director_b.get_by_text("Les Tilleuls")).to_have_count(0)
    assert director_b.request.get(address_of_a).status == 404
    look(director_b, "chain-b-other-structure", "Bonjour Bruno")

    open_stay(coordination, reference)
    assert placed(coordination) == before

    director_a.goto("/")
    look(director_a, "chain-g-home", "Bonjour Alice")
    director_a.get_by_role("link", name="Confirmer l’arrivée").click()
    director_a.get_by_role("link", name="Confirmer l’arrivée").click()
    look(director_a, "chain-h-arrival", "Confirmer l’arrivée")
    director_a.get_by_role("button", name="Confirmer l’arrivée").click()
    expect(director_a.get_by_role("status")).to_contain_text("L’arrivée est confirmée.")
    look(director_a, "chain-i-stay", "Séjour")
    assert placed(coordination) == before + 1

    gendarme.get_by_role("link", name="Suivre ma demande").click()
    expect(gendarme.get_by_role("main")).to_contain_text("Accueil effectif")
    expect(gendarme.get_by_role("main")).not_to_contain_text("Tilleuls")
    look(gendarme, "chain-j-followed", reference)


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
