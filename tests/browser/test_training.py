"""A trainer publishes a module, plans a session of it, takes attendance; the trainee reads the hours followed."""

from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE
from tests.browser.look import look

TITLE = "Accueillir un jeune la nuit"


def publish_module(page: Page) -> None:
    page.get_by_role("link", name="Ouvrir l’administration").click()
    look(page, "training-1-admin", "Bonjour Farid")
    page.get_by_role("link", name="Rédiger et publier les modules de formation").click()
    look(page, "training-2-pages", "Programme de formation")
    page.get_by_role("link", name="Ajouter une sous-page").click()
    for name, text in {
        "Code*": "N1",
        "Titre*": TITLE,
        "Publics*": "Équipes de nuit",
        "Objectifs*": "Rassurer à l’arrivée\nProtéger le lieu",
        "Programme*": "Les premières heures\nLe téléphone",
    }.items():
        page.get_by_role("textbox", name=name, exact=True).fill(text)
    page.get_by_role("spinbutton", name="Durée en heures*").fill("7")
    look(page, "training-3-editor", "Module de formation")
    page.get_by_role("button", name="Plus d'actions").click()
    page.get_by_role("button", name="Publier", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("publiée")
    look(page, "training-4-published", "Programme de formation")


def plan_session(page: Page, today: str) -> None:
    page.goto("/")
    page.get_by_role("link", name="Planifier une session").click()
    page.get_by_label("Module").select_option(label=f"N1 – {TITLE}")
    page.get_by_label("La session se tient à distance").check()
    page.get_by_label("Jour 1", exact=True).fill(today)
    # Both before dawn: this trainer teaches another session at the usual hours, and presence is noted once it began.
    page.get_by_label("Jour 1, début du matin").fill("00:30")
    page.get_by_label("Jour 1, début de l’après-midi").fill("04:30")
    page.get_by_label("Jour 1, matin (h)").fill("3.5")
    page.get_by_label("Jour 1, après-midi (h)").fill("3.5")
    look(page, "training-5-plan", "Planifier une session")
    page.get_by_role("button", name="Planifier la session").click()
    expect(page.get_by_role("status")).to_contain_text("La session est planifiée.")
    look(page, "training-6-session", TITLE)


def add_person(page: Page, *, last_name: str, first_name: str, email: str = "") -> None:
    page.get_by_role("link", name="Ajouter une personne").click()
    page.get_by_label("Nom", exact=True).fill(last_name)
    page.get_by_label("Prénom", exact=True).fill(first_name)
    page.get_by_label("Adresse électronique").fill(email)
    page.get_by_label("Profession").select_option(label="Éducatrice ou éducateur spécialisé")
    page.get_by_label("Type d’employeur").select_option(label="Association")
    look(page, f"training-7-person-{first_name.lower()}", "Ajouter une personne")
    page.get_by_role("button", name="Ajouter").click()
    expect(page.get_by_role("status")).to_contain_text("est sur la liste")


def take_attendance(page: Page) -> None:
    page.get_by_role("link", name="Feuille de présence").click()
    page.get_by_role("button", name="Tous présents").first.click()
    expect(page.get_by_role("status")).to_contain_text("2 présences enregistrées.")
    afternoon = page.get_by_role("group", name="Faure").last
    afternoon.get_by_role("radio", name="Absent").check()
    look(page, "training-8-attendance", "Feuille de présence")
    page.get_by_role("button", name="Enregistrer les présences").click()
    expect(page.get_by_role("status")).to_contain_text("1 présence enregistrée.")
    look(page, "training-9-recorded", "Feuille de présence")


def test_from_the_module_to_the_hours_of_the_trainee(sign_in):
    today = timezone.localdate().isoformat()
    trainer = sign_in("trainer")
    publish_module(trainer)
    plan_session(trainer, today)
    trainer.set_viewport_size({"width": PHONE, "height": 800})
    add_person(trainer, last_name="Faure", first_name="Yanis", email="trainee@havre.example")
    add_person(trainer, last_name="Diallo", first_name="Aminata")
    look(trainer, "training-7-enrolled", TITLE)
    take_attendance(trainer)

    trainee = sign_in("trainee", width=PHONE)
    look(trainee, "training-a-trainee-home", "Bonjour Yanis")
    trainee.get_by_role("group").filter(has_text="Menu").get_by_text("Menu", exact=True).click()
    trainee.get_by_role("link", name="Formation", exact=True).click()
    trainee.get_by_role("link", name="Ma formation").click()
    line = trainee.get_by_role("listitem").filter(has_text=TITLE)
    expect(line).to_contain_text("3,5 h suivies sur 7 h")
    look(trainee, "training-b-trainee", "Ma formation")
