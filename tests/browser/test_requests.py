"""What the coordination enters on the telephone and reads of a unit without an account; the sheet, printed."""

import io

import pikepdf
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, follow
from tests.browser.look import look
from tests.cast.everything import all_rows


def test_the_coordination_enters_a_call_then_calls_a_switchboard(sign_in):
    page = sign_in("coordination")
    page.goto("/admin/astreinte/")
    look(page, "calls-0-board", "Astreinte")
    page.get_by_role("link", name="Saisir un appel").click()
    look(page, "calls-1-form", "Saisir un appel")
    page.get_by_label("Service qui appelle").select_option(label="Brigade 12")
    page.get_by_label("Ligne directe").fill("01 99 00 12 34")
    page.get_by_label("Quand faut-il une réponse").select_option(label="Dans la nuit")
    page.get_by_label("Sexe").select_option(label="Féminin")
    page.get_by_role("checkbox", name="Exploitation sexuelle").check()
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("status")).to_contain_text("La demande est enregistrée.")
    follow(page, "Ajouter un frère ou une sœur")
    page.get_by_label("Sexe").select_option(label="Masculin")
    page.get_by_role("button", name="Ajouter").click()
    expect(page.get_by_role("heading", name="Fratrie")).to_be_visible()
    look(page, "calls-2-file", "S-")

    page.goto(reverse("cases_unverified:list"))
    look(page, "calls-3-unverified", "Demandes non vérifiées")
    page.get_by_role("link", name="N-").click()
    look(page, "calls-4-unverified-file", "N-")
    page.get_by_role("link", name="Noter un appel au standard").click()
    look(page, "calls-5-switchboard", "Noter un appel au standard")
    page.get_by_label("Numéro du standard appelé").fill("01 99 00 90 00")
    page.get_by_role("radio", name="L’unité connaît").check()
    page.get_by_label("Unité, dans le carnet").select_option(label="Brigade 12")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("status")).to_contain_text("L’appel est noté.")
    look(page, "calls-6-verified", "S-")


def test_the_sheet_of_paper_prints_on_one_page(sign_in, server):
    page = sign_in("gendarme", width=PHONE)
    page.goto(reverse("cases:request_paper"))
    look(page, "paper", "feuille à remplir")
    printed = page.pdf(prefer_css_page_size=True)
    with pikepdf.open(io.BytesIO(printed)) as document:
        assert len(document.pages) == 1
    page.goto(reverse("cases:request", args=[all_rows()["sollicitation_a"].pk]))
    page.get_by_label("Votre message").fill("Elle a vu un médecin.")
    page.get_by_role("button", name="Envoyer à la coordination").click()
    expect(page.get_by_role("status")).to_contain_text("envoyé à la coordination")
    look(page, "thread", "Demande")


def test_a_call_of_a_service_that_nobody_knows_is_entered_with_it(sign_in):
    """The link beside the list is a link, the service is added with its call, and the next call finds it."""
    page = sign_in("coordination")
    page.goto(reverse("havre_call"))
    expect(page.get_by_role("main")).not_to_contain_text("<a")
    page.get_by_role("link", name="Le service n’est pas au carnet").click()
    look(page, "calls-7-new-service", "Saisir un appel")
    page.get_by_label("Type de service").select_option(label="Brigade territoriale de gendarmerie")
    page.get_by_label("Ligne directe").fill("01 99 00 77 77")
    page.get_by_label("Quand faut-il une réponse").select_option(label="Dans la nuit")
    page.get_by_label("Sexe").select_option(label="Féminin")
    page.get_by_role("checkbox", name="Exploitation sexuelle").check()
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Nommez le service qui appelle.")).to_be_visible()
    page.get_by_label("Service qui appelle").fill("Brigade des Essarts")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("status")).to_contain_text("La demande est enregistrée.")
    expect(page.get_by_role("main")).to_contain_text("Brigade des Essarts")
    look(page, "calls-8-new-service-file", "S-")
    page.goto(reverse("havre_call"))
    page.get_by_label("Service qui appelle").select_option(label="Brigade des Essarts")
