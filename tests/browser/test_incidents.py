"""An educator declares in confidence, on a phone, in two minutes: the direction of the structure sees nothing."""

import datetime as dt

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE
from tests.browser.look import look

MOST = 1800
"""Height of a screen of the declaration on a telephone, where the whole form took 3,188."""
FACTS = "MARQUEUR-CONFIANCE : ce que j’ai vu hier soir."


def moment(hours_ago: float) -> str:
    return (dt.datetime.now() - dt.timedelta(hours=hours_ago)).strftime("%Y-%m-%dT%H:%M")


def step(page: Page, title: str) -> None:
    """Go on, on a screen that is short; the focus is on the heading of the next one."""
    assert page.evaluate("document.documentElement.scrollHeight") <= MOST
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_role("heading", name=title)).to_be_focused()


def declare(page: Page) -> str:
    page.get_by_role("link", name="Déclarer").first.click()
    expect(page.get_by_role("heading", name="Un enfant est-il en danger maintenant ?")).to_be_visible()
    page.get_by_role("link", name="Oui, maintenant").click()
    expect(page.get_by_role("link", name="114")).to_be_visible()
    look(page, "incident-danger", "Déclarer une situation préoccupante")
    page.get_by_role("link", name="Les secours sont prévenus, je déclare").click()
    page.get_by_label("Que s’est-il passé ?").select_option("type_incident:CONT")
    page.get_by_role("textbox", name="Les faits").fill(FACTS)
    step(page, "Quand et qui")
    page.get_by_label("Survenu le").fill(moment(4))
    page.get_by_label("Constaté le").fill(moment(3))
    step(page, "Qui lit, qui sait")
    page.get_by_label("La coordination et moi seulement").check()
    look(page, "incident-confidence", "Déclarer une situation préoccupante")
    page.get_by_role("button", name="Envoyer la déclaration").click()
    expect(page.get_by_role("heading", name="Votre déclaration est reçue")).to_be_visible()
    look(page, "incident-receipt", "Votre déclaration est reçue")
    return page.locator(".hv-stat-value.hv-ref").inner_text()


def test_declared_in_confidence_on_a_phone_the_direction_sees_nothing(sign_in, watch):
    watch.expected.add(404)  # what the direction tries to open
    educator = sign_in("educator_a", width=PHONE)
    reference = declare(educator)
    assert reference.startswith("IC-")
    address = educator.url
    educator.get_by_role("link", name="Ouvrir la déclaration").click()
    expect(educator.get_by_text(FACTS)).to_be_visible()
    page_of_it = educator.url

    director = sign_in("director_a", width=PHONE)
    for path in ("/", "/situations/incidents/", "/situations/sejours/", "/mon-compte/"):
        director.goto(path)
        expect(director.locator("body")).not_to_contain_text(reference)
        expect(director.locator("body")).not_to_contain_text("MARQUEUR-CONFIANCE")
    for hidden in (address, page_of_it):
        assert director.goto(hidden).status == 404

    coordination = sign_in("coordination")
    coordination.goto("/admin/incidents/")
    coordination.locator("#listing-results").get_by_role("link", name=reference).click()
    expect(coordination.get_by_text(FACTS)).to_be_visible()
    look(coordination, "incident-admin", reference)
