"""The network adds a question, two people let it be counted, a gendarme answers it on a phone, a table counts it."""

from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.browser.look import look


def test_a_question_of_the_network_from_its_writing_to_its_table(sign_in):
    page = sign_in("coordination")
    page.goto("/admin/reglages/")
    look(page, "settings-0-all", "Réglages")
    page.get_by_role("link", name="Champs ajoutés").last.click()
    look(page, "extra-0-list", "Champs ajoutés")
    page.get_by_role("link", name="Ajouter un champ").click()
    page.get_by_label("champ de", exact=False).select_option(label="la sollicitation")
    page.get_by_role("textbox", name="Question*", exact=True).fill("Interprète demandé")
    page.get_by_label("Nature de la réponse").select_option(label="oui ou non")
    page.get_by_label("Posée à").select_option(label="tous les services")
    look(page, "extra-1-new", "Ajouter un champ")
    page.get_by_role("button", name="Ajouter").click()
    expect(page.get_by_role("status")).to_contain_text("Le champ est ajouté")
    page.get_by_role("row", name="Interprète demandé").get_by_role("link", name="Lever le scellé").click()
    page.get_by_label("Pourquoi").fill("Prévoir les interprètes")
    page.get_by_role("button", name="Demander la levée").click()

    other = sign_in("direction")
    other.goto("/admin/reglages/champs/")
    other.get_by_role("link", name="Accorder la levée").click()
    look(other, "extra-2-agree", "Accorder")
    other.get_by_role("button", name="Accorder").click()
    expect(other.get_by_role("status")).to_contain_text("comptées")

    phone = sign_in("gendarme", width=PHONE)
    phone.goto("/situations/demander/")
    phone.get_by_label("Ligne directe").fill("01 99 00 12 34")
    phone.get_by_role("radio", name="Dans la nuit").check()
    phone.get_by_role("button", name="Continuer").click()
    phone.get_by_role("radio", name="Féminin").check()
    phone.get_by_role("button", name="Continuer").click()
    phone.get_by_role("checkbox", name="Exploitation sexuelle").check()
    phone.get_by_label("Interprète demandé").select_option(label="Oui")
    look(phone, "extra-3-phone", "Demander un accueil")
    phone.get_by_role("button", name="Envoyer").click()
    look(phone, "extra-4-receipt", "emande")

    page.goto("/admin/chiffres/tableaux/nouveau/?data=I1&rows_by=x_interprete_demande&measure=count&span=year")
    expect(page.get_by_role("row", name="Oui 1")).to_be_visible()
    look(page, "extra-5-table", "Nouveau tableau")
