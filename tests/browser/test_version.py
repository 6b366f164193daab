"""A major version from draft to publication; then a director, from the reminder by the difference to the receipt."""

import datetime as dt
import json
import re

from django.core import mail
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from cms.documents.enums import VALIDATION
from cms.documents.signatures.services.reminders import signatures_follow
from cms.documents.signatures.services.signatures import acknowledgement_sign
from cms.documents.versions.selectors import version_in_force, version_to_read
from cms.notify.inbox.services.messages import notifications_send
from cms.partners.models import Partner
from cms.users.models import User
from cms.values.services import setting_change
from cms.wall import scope
from referentiel.models import ExigencePage
from tests.browser.conftest import PHONE
from tests.browser.look import look
from tests.cast.readings import read_whole
from tests.cast.visits import confirmed, sent_assessment

OLD = "Un adulte éveillé et formé est présent chaque nuit"
COMMENT = "Deux adultes partout, ou selon la taille du lieu ?"
NEW = "Deux adultes éveillés et formés sont présents chaque nuit"


def sign_first_version() -> None:
    director = User.objects.get(email="director-a@havre.example")
    with scope.acting(director):
        version, house = version_in_force("referentiel"), Partner.objects.get(code_name="Les Tilleuls")
        read_whole(director, version, house)
        acknowledgement_sign(version=version, partner=house, signed_by=director, position="Directrice")


def validation_ask_for() -> None:
    """From now on, somebody else validates each version."""
    coordination = User.objects.get(email="coordination@havre.example")
    with scope.acting(coordination):
        setting_change(key=VALIDATION, value=True, changed_by_id=coordination.pk)


def kept(page: Page):
    """What is typed is kept by itself: publishing meanwhile would race with it."""
    return page.expect_response(lambda answer: "/edit/" in answer.url and answer.request.method == "POST")


def comment_add(page: Page) -> None:
    """Said beside the text, for whoever will validate it."""
    text = page.locator("[data-contentpath='text']").last
    text.hover()
    text.get_by_role("button", name="Ajouter un commentaire").click()
    page.get_by_placeholder("Entrez votre commentaire…").fill(COMMENT)
    with kept(page) as answer:
        page.locator("#comments").get_by_role("button", name="Commenter").click()
    assert answer.value.ok


def comment_resolve(page: Page) -> None:
    """The validator reads it, resolves it, and comes back to the proposal: nothing of the version has changed."""
    page.get_by_role("link", name="1 commentaire").click()
    page.get_by_role("button", name="Afficher/masquer les commentaires").click()
    comment = page.locator("#comments").get_by_text(COMMENT)
    expect(comment).to_be_visible()
    comment.click()
    page.locator("#comments").get_by_role("button", name="Plus d'actions").click()
    with kept(page) as answer:
        page.locator("#comments").get_by_role("menuitem", name="Archiver").click()
    assert answer.value.ok
    expect(comment).to_have_count(0)
    page.goto("/admin/")
    page.get_by_role("link", name="Référentiel, version 2.0").click()
    expect(page.get_by_role("link", name="1 commentaire")).to_have_count(0)


def write_and_propose(page: Page) -> None:
    """The editor changes a sentence, puts it online, then proposes the whole as a major version."""
    exigence = ExigencePage.objects.get(code="E1.3")
    page.goto(f"/admin/pages/{exigence.pk}/edit/")
    comment_add(page)
    field = page.get_by_role("textbox", name=re.compile("^Exigence"))
    with kept(page):
        field.fill(field.input_value().replace(OLD, NEW))
    page.get_by_role("button", name="Plus d’actions").or_(
        page.locator("[data-w-dropdown-target='toggle']").last
    ).click()
    page.get_by_role("button", name="Publier", exact=True).click()
    expect(page.get_by_text("a été publiée")).to_be_visible()
    page.goto("/admin/referentiel/publier/")
    page.get_by_role("link", name="Voir ce qu’on lira, et ce qui changera").click()
    expect(page.get_by_role("insertion").first).to_contain_text("Deux adultes éveillés")
    look(page, "version-0-preview", "Aperçu de la prochaine version")
    page.get_by_role("link", name="Revenir à la publication").click()
    page.get_by_label("Numéro").fill("2.0")
    page.get_by_role("radio", name=re.compile("^Majeure")).check()
    page.get_by_label("Ce qui change").fill("Deux adultes veillent désormais chaque nuit.")
    page.get_by_label("Qui valide").select_option(label="Claire Vasseur")
    page.get_by_role("button", name="Demander la validation").click()
    expect(page.get_by_text("La version 2.0 est proposée à Claire Vasseur.")).to_be_visible()
    look(page, "version-0-proposed", "Version proposée")
    expect(page.get_by_role("button", name="Valider cette version")).to_have_count(0)
    expect(page.get_by_role("button", name="Publier cette version")).to_have_count(0)


def validate(page: Page) -> None:
    """The coordinator finds the version on the home page, reads what changes, and validates."""
    page.goto("/admin/")
    page.get_by_role("link", name="Référentiel, version 2.0").click()
    expect(page.get_by_role("insertion").first).to_contain_text("Deux adultes éveillés")
    comment_resolve(page)
    page.get_by_role("button", name="Valider cette version").click()
    expect(page.get_by_text("Votre validation est enregistrée.")).to_be_visible()
    look(page, "version-0-validated", "Version proposée")


def publish(page: Page) -> None:
    page.goto("/admin/")
    page.get_by_role("link", name="Référentiel, version 2.0").click()
    page.get_by_role("button", name="Publier cette version").click()
    expect(page.get_by_text("La version 2.0 est publiée.")).to_be_visible()


def test_a_major_version_goes_from_draft_to_the_receipt_of_a_director(sign_in):
    sign_first_version()
    validation_ask_for()
    editor, validator = sign_in("editor"), sign_in("coordination")
    write_and_propose(editor)
    validate(validator)
    publish(editor)
    with scope.acting(User.objects.get(email="direction@havre.example")):
        version = version_to_read("referentiel")
        frozen = json.dumps([version.content, [clause.content for clause in version.ordered_clauses]])
    assert "deux adultes partout" not in frozen.lower()
    day = dt.date.today() + dt.timedelta(days=30)
    signatures_follow(day)
    notifications_send(at=dt.datetime.combine(day, dt.time(12), dt.UTC))
    assert "director-a@havre.example" in [message.to[0] for message in mail.outbox]

    director = sign_in("director_a", width=PHONE)
    look(director, "version-1-home", "Bonjour Alice")
    director.get_by_role("link", name="Lire et signer").click()
    look(director, "version-2-to-read", "Signer le référentiel")
    director.get_by_role("link", name="Ce qui a changé pour vous").click()
    expect(director.get_by_role("article")).to_have_count(1)
    expect(director.get_by_role("article").get_by_role("insertion").first).to_contain_text("Deux adultes éveillés")
    look(director, "version-3-changes", "Ce qui a changé pour vous")
    director.get_by_role("button", name="J’ai lu ce qui change").click()
    director.get_by_role("link", name=re.compile("^Chapitre 1|Encadrement")).click()
    look(director, "version-4-read", "Référentiel du réseau")
    for _ in range(3):
        director.get_by_role("button", name=re.compile("^J’ai lu ce chapitre")).first.click()
    expect(director.get_by_role("heading", level=1)).to_have_text("Signer le référentiel")
    director.get_by_role("checkbox", name="J’ai lu le référentiel et j’engage ma structure").check()
    director.get_by_role("button", name="Signer").click()
    look(director, "version-5-receipt", "Reçu d’engagement")
    expect(director.get_by_role("main")).to_contain_text("Version 1.0, le")
    with director.expect_download() as download:
        director.get_by_role("link", name="Télécharger le reçu").click()
    assert re.fullmatch(r"recu-[0-9a-f]{8}\.pdf", download.value.suggested_filename)

    coordination = sign_in("coordination")
    coordination.goto("/admin/referentiel/engagements/")
    row = coordination.get_by_role("row", name="Les Tilleuls")
    expect(row).to_contain_text("Signé")
    expect(row).to_contain_text("1 sur 2 a tout lu")
    look(coordination, "version-6-adherence", "Engagements")
    row.get_by_role("link", name=re.compile("^Enregistrer")).click()
    look(coordination, "version-7-paper", "Enregistrer un engagement sur papier")


def test_the_heat_map_its_workbook_and_the_page_of_the_partner_agree(sign_in, tmp_path):
    assessment = sent_assessment()
    confirmed("E1.3", "2")
    page = sign_in("coordination")
    page.goto("/admin/referentiel/pilotage/")
    look(page, "steering-1-map", "Pilotage du référentiel")
    columns = page.locator(".st-map thead th").all_inner_texts()
    rank = next(number for number, text in enumerate(columns) if text.startswith("E1.3"))
    cells = page.locator(".st-map tbody tr", has_text="Les Tilleuls").locator("th, td")
    expect(cells.nth(rank)).to_have_text("3 C2")
    with page.expect_download() as download:
        page.get_by_role("link", name="Exporter (classeur Excel)").click()
    path = tmp_path / "pilotage.xlsx"
    download.value.save_as(path)
    headings, *rows = load_workbook(path).active.iter_rows(values_only=True)
    line = dict(zip(headings, next(row for row in rows if row[0] == "Les Tilleuls"), strict=True))
    assert (line["E1.3 (structure)"], line["E1.3 (confirmée)"]) == (3, 2)
    director = sign_in("director_a", width=PHONE)
    director.goto(f"/referentiel/evaluations/{assessment.pk}/")
    expect(director.locator("tr[id='E1.3']")).to_contain_text(re.compile(r"3\s?: plutôt oui"))
