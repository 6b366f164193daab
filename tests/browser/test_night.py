"""The whole night: a gendarme asks, two structures accept, one is kept, three parties agree, the minor arrives, the
figures move. Five people, each in their own browser; the structure that was not kept is told kindly.
"""

import re

from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, follow, tab
from tests.browser.look import look
from tests.browser.test_chain import fill_request, send_request

LEGAL_FRAME = "Ordonnance de placement provisoire du procureur (urgence)"


def counted(page: Page) -> tuple[int, ...]:
    """Indicators 1 to 3, as the page of figures shows them; the workbook says the same, `test_figures` reads it."""
    page.goto("/admin/chiffres/")
    cards = page.get_by_role("listitem")
    found = [cards.filter(has=page.get_by_text(code, exact=True)) for code in ("I1", "I2", "I3")]
    return tuple(int(card.get_by_role("strong").first.inner_text()) for card in found)


def act(page: Page, link: str, button: str, done: str) -> None:
    """An action of the admin: its link, its form as it comes, its button, what is said of it."""
    follow(page, link)
    look(page, f"chain-5-{link.split()[0].lower()}", link)
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.get_by_role("status")).to_contain_text(done)


def orient(page: Page, reference: str) -> None:
    """Take the request, open a file, ask two structures."""
    page.goto("/admin/")
    page.locator("main").get_by_role("link", name=reference, exact=True).first.click()
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


def accept(page: Page, name: str) -> str:
    """A director answers from the phone; answer the address of the proposal."""
    page.get_by_role("listitem").filter(has_text="15 ans").get_by_role("link").click()
    page.get_by_role("radio", name="Acceptée", exact=True).check()
    page.get_by_label("À partir de quelle heure").fill(f"{timezone.localtime():%Y-%m-%dT%H:%M}")
    look(page, f"night-proposal-{name}", "Pouvez-vous accueillir")
    address = page.url
    page.get_by_role("button", name="Envoyer la réponse").click()
    expect(page.get_by_role("status")).to_contain_text("Votre réponse est envoyée")
    return address


def keep(page: Page, reference: str) -> None:
    """Keep the first structure; a second window, opened before, then wants the other one and is told why not."""
    page.goto("/admin/sollicitations/")
    page.get_by_role("link", name=reference).click()
    tab(page, "Orientation")
    page.get_by_role("link", name=re.compile("^Orientation du")).click()
    look(page, "night-answers", "Fille")
    late = page.context.new_page()
    late.goto(page.url)
    late.get_by_role("row", name="Aubépine").get_by_role("link", name="Retenir").click()
    page.get_by_role("row", name="Les Tilleuls").get_by_role("link", name="Retenir").click()
    page.get_by_role("button", name="Retenir cette structure").click()
    expect(page.get_by_role("status")).to_contain_text("Les Tilleuls est retenue.")
    late.get_by_role("button", name="Retenir cette structure").click()
    expect(late.get_by_role("main")).to_contain_text("n’a plus cours")
    late.close()


def agree(page: Page, name: str) -> None:
    page.goto("/")
    page.get_by_role("link", name="Donner votre accord à un accueil").first.click()
    page.get_by_role("checkbox").check()
    look(page, f"night-agreement-{name}", "Mise en lien")
    page.get_by_role("button", name="Donner l’accord").click()
    expect(page.get_by_role("status")).to_contain_text("Votre accord est donné.")


def prepare(page: Page) -> None:
    """What the coordination brings: the decision, its own agreement, the security protocol, who pays, the journey."""
    page.get_by_role("link", name=re.compile("^Mise en lien du")).click()
    look(page, "night-linking", "Fille")
    settle(page)
    follow(page, "Acheminement")
    page.get_by_label("Qui conduit le mineur").select_option(index=1)
    page.get_by_label("Point de rencontre").fill("Devant la mairie de Valmont, porte B")
    page.get_by_label("Personne relais").fill("Adam, 01 99 00 45 67")
    look(page, "night-journey", "Acheminement")
    page.get_by_role("button", name="Enregistrer").click()
    act(page, "Transmettre l’acheminement", "Transmettre", "transmis")


def settle(page: Page) -> None:
    """The decision, the protocol, the money and the agreement of the network, from the page of a linking."""
    follow(page, "Noter la décision")
    page.get_by_role("combobox", name="Cadre juridique*").select_option(label=LEGAL_FRAME)
    page.get_by_label("Qui a décidé").select_option("decideur:PARQUET")
    page.get_by_label("Juridiction, ou département").fill("Tribunal judiciaire de Valmont")
    page.get_by_label("Numéro de la décision").fill("P-26-118")
    look(page, "night-decision", "Noter la décision")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("status")).to_contain_text("La décision est notée.")
    follow(page, "Protocole de sécurité")
    expect(page.get_by_role("textbox").first).to_be_visible()
    for box in page.locator("main textarea").all():
        box.fill(box.input_value() or "Convenu avec l’équipe.")
    look(page, "night-protocol", "Protocole de sécurité")
    page.get_by_role("button", name="Enregistrer").click()
    follow(page, "Accord financier")
    page.get_by_label("Qui paie").select_option("payeur:ASE")
    page.get_by_label("Autorité chargée de l’ASE").select_option("59")
    page.get_by_label("Prix de journée (euros)").fill("185,50")
    look(page, "night-finance", "Accord financier")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("status")).to_contain_text("L’accord financier est écrit.")
    follow(page, "Noter un accord reçu")
    page.get_by_label("Qui a répondu").select_option("network")
    look(page, "night-answer", "Noter un accord reçu")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("status")).to_contain_text("La réponse est notée.")


def arrive(page: Page) -> None:
    page.reload()
    look(page, "night-ready", "Fille")
    page.get_by_role("link", name="Ouvrir le séjour").click()
    page.get_by_role("combobox", name="Cadre juridique*").select_option(label=LEGAL_FRAME)
    page.get_by_role("button", name="Ouvrir le séjour").click()
    expect(page.get_by_role("status")).to_contain_text("Le séjour est ouvert.")


def confirm(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Confirmer l’arrivée").click()
    page.get_by_role("link", name="Confirmer l’arrivée").click()
    look(page, "night-arrival", "Confirmer l’arrivée")
    page.get_by_role("button", name="Confirmer l’arrivée").click()
    expect(page.get_by_role("status")).to_contain_text("L’arrivée est confirmée.")


def validate_price(page: Page) -> None:
    page.get_by_role("region", name="Mineurs de votre autorité").get_by_role(
        "link", name=re.compile("^M-")
    ).first.click()
    page.get_by_role("checkbox").check()
    look(page, "night-price", "Accord financier")
    page.get_by_role("button", name="Valider l’accord financier").click()
    expect(page.get_by_role("status")).to_contain_text("L’accord financier est validé.")


def test_the_night_from_the_request_to_the_arrival(sign_in, watch):
    watch.expected.add(422)  # the second structure kept, a moment too late
    coordination = sign_in("coordination")
    asked, oriented, placed = counted(coordination)
    gendarme = sign_in("gendarme", width=PHONE)
    gendarme.get_by_role("main").get_by_role("link", name="Demander un accueil").click()
    fill_request(gendarme)
    reference = send_request(gendarme)

    assert counted(coordination) == (asked + 1, oriented, placed)
    coordination.goto("/")
    orient(coordination, reference)
    assert counted(coordination) == (asked + 1, oriented + 1, placed)

    director_a, director_b = sign_in("director_a", width=PHONE), sign_in("director_b", width=PHONE)
    address_of_a = accept(director_a, "a")
    address_of_b = accept(director_b, "b")
    assert director_b.request.get(address_of_a).status == 404
    keep(coordination, reference)
    director_b.goto(address_of_b)
    look(director_b, "night-not-kept", "Pouvez-vous accueillir")
    expect(director_b.get_by_role("main")).to_contain_text("elle redevient libre. Merci")
    expect(director_b.get_by_text("Les Tilleuls")).to_have_count(0)

    gendarme.goto("/")
    expect(gendarme.get_by_role("link", name="Donner votre accord à un accueil")).to_have_count(0)
    prepare(coordination)
    agree(director_a, "structure")  # once all that it signs is written
    ase = sign_in("ase", width=PHONE)
    look(ase, "night-authority", "Bonjour Sonia")
    agree(ase, "guardian")
    ase.goto("/")
    validate_price(ase)
    gendarme.goto("/")
    arrive(coordination)
    assert counted(coordination) == (asked + 1, oriented + 1, placed)
    confirm(director_a)
    assert counted(coordination) == (asked + 1, oriented + 1, placed + 1)

    gendarme.goto("/situations/demandes/")
    gendarme.get_by_role("main").get_by_role("link", name=reference).click()
    expect(gendarme.get_by_role("main")).to_contain_text("Accueil effectif")
    expect(gendarme.get_by_role("main")).not_to_contain_text("Tilleuls")
    look(gendarme, "night-followed", reference)
