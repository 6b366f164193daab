"""A visit, from the marks of the coordination to its letter; the structure answers on a phone."""

import re

from playwright.sync_api import Page, expect

from cms.wall import scope
from referentiel.models import Visit
from tests.browser.conftest import PHONE, follow
from tests.browser.look import look
from tests.cast.visits import person, sent_assessment


def prepare_and_send(page: Page) -> None:
    page.goto("/admin/referentiel/visites/")
    look(page, "visit-0-board", "Visites")
    follow(page, "Préparer une visite")
    page.locator("select[name='partner']").select_option(label="Les Tilleuls")
    page.get_by_role("radio", name="Visite sur place").check()
    page.get_by_role("button", name="Préparer").click()
    page.get_by_role("link", name="Coter E").click()
    look(page, "visit-1-marks", "Encadrement")
    page.locator("select[name='E1.3']").select_option(value="2")
    page.locator("select[name='E1.4']").select_option(value="4")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Dites ce que vous avez constaté.").first).to_be_visible()
    page.locator("[name='E1.3_comment']").fill("Deux nuits sans veilleuse.")
    page.get_by_role("button", name="Enregistrer").click()
    look(page, "visit-2-draft", "Visite, Les Tilleuls")
    page.get_by_role("link", name="Envoyer à la structure").click()
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_text("la structure a la parole")).to_be_visible()


def answer_on_a_phone(page: Page) -> None:
    look(page, "visit-3-home", "Bonjour Alice")
    page.get_by_role("link", name="Répondre à la visite de la coordination").click()
    look(page, "visit-4-read", "Visite sur place")
    page.get_by_role("link", name=re.compile("^Répondre")).click()
    look(page, "visit-5-answer", "Encadrement")
    page.locator("input[name='E1.3'][value='no']").check()
    page.get_by_role("button", name="Garder et revenir").click()
    expect(page.get_by_text("Dites pourquoi vous n’êtes pas d’accord.").first).to_be_visible()
    page.locator("[name='E1.3_text']").fill("Une veilleuse est recrutée.")
    page.get_by_role("button", name="Garder et revenir").click()
    page.get_by_role("button", name="Envoyer à la coordination").click()
    expect(page.get_by_text("Répondez à chaque exigence impérative : E1.4.")).to_be_visible()
    page.get_by_role("link", name=re.compile("^Répondre")).click()
    page.locator("input[name='E1.4'][value='yes']").check()
    page.get_by_role("button", name="Garder et revenir").click()
    page.get_by_role("button", name="Envoyer à la coordination").click()
    look(page, "visit-6-sent", "Visite sur place")


def decide_and_close(page: Page, pk) -> None:
    page.goto(f"/admin/referentiel/visites/{pk}/")
    look(page, "visit-7-answered", "Visite, Les Tilleuls")
    page.get_by_role("link", name=re.compile("^Confirmer les accords")).click()
    page.get_by_role("button", name="Confirmer").click()
    page.get_by_role("link", name="Décider").click()
    look(page, "visit-8-decide", "Décider de E1.3")
    page.locator("[name='reply']").fill("Le contrat n’est pas encore signé.")
    page.get_by_role("button", name="Confirmer").click()
    page.get_by_role("link", name="Clore").click()
    page.locator("[name='closing']").fill("Nous revenons sur les nuits dans un mois.")
    page.get_by_role("button", name="Clore").click()
    look(page, "visit-9-closed", "Visite, Les Tilleuls")


def test_the_structure_is_heard_before_anything_holds(sign_in):
    sent_assessment()
    coordination = sign_in("coordination")
    prepare_and_send(coordination)
    director = sign_in("director_a", width=PHONE)
    answer_on_a_phone(director)
    with scope.acting(person("coordination")):
        row = Visit.objects.get(partner__code_name="Les Tilleuls", state="answered")
    decide_and_close(coordination, row.pk)
    director.reload()
    expect(director.get_by_role("main")).to_contain_text("Nouvelles arrivées suspendues")
    expect(director.get_by_role("main")).to_contain_text("Le contrat n’est pas encore signé.")
    look(director, "visit-10-letter", "Visite sur place")
    with director.expect_download() as download:
        director.get_by_role("link", name="Télécharger la lettre").click()
    assert re.fullmatch(r"visite-[0-9a-f]{8}\.pdf", download.value.suggested_filename)
    director.goto("/")
    expect(director.get_by_role("main")).to_contain_text("Exigence impérative E1.3 notée 2")
