"""A night as it is lived, and what follows: a ring, three structures, one that accepts on condition, one too late, a
waiver, an arrival, the convention the next day, a place to keep away from, a runaway, a return, the end, six months.

At each step: who is told, when, by which way, and what each home says. The coordination is counted: from the ring to
the arrival, so many clicks and so many pages, and no more.
"""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from cases.models import Case, Orientation, Placement
from cases.proposals.silence.services import proposals_silent_tell
from cases.stays.reviews.services import after_stays_follow
from tests.browser.conftest import PHONE, follow
from tests.browser.look import look
from tests.browser.story import (
    LINE,
    Hand,
    Post,
    acting,
    day_breaks,
    days_pass,
    home_says,
    home_silent,
    line_of_the_night,
    night_falls,
    owed,
    third_structure,
    who_is_owed,
)
from tests.browser.test_chain import fill_request, send_request
from tests.browser.test_night import LEGAL_FRAME, act, agree, settle, validate_price
from tests.notify.conftest import gateway, mail_server, mails  # noqa: F401 (fixtures)
from tests.notify.steps import COORDINATION, PHONES

OVER_THE_SIDE = """() => {
  const side = document.querySelector(".hv-night-side").getBoundingClientRect().left;
  const isOver = (each) => each.checkVisibility() && each.getBoundingClientRect().right > side;
  return [...document.querySelectorAll(".hv-steps *")].filter(isOver).map((each) => each.outerHTML.slice(0, 80));
}"""
"""What is written of a step over the column beside it."""
CLICKS, PAGES = 9, 9
HOUSES = ("Les Tilleuls", "Aubépine", "Les Charmes")
ADMIN = "/admin/"
COORDINATOR = "coordination"
READER = "reader"
"""A second window of the coordinator, where the home is read: it is not counted."""


@pytest.fixture
def post(server, mails, gateway) -> Post:  # noqa: F811
    third_structure()
    line_of_the_night()
    night_falls()
    return Post(mails, gateway)


@pytest.fixture
def people(post, sign_in) -> dict[str, Page]:
    phones = ("gendarme", "educator_a", "director_a", "director_b", "director_c", "ase")
    coordination = sign_in(COORDINATOR)
    pages = {COORDINATOR: coordination, READER: coordination.context.new_page()}
    return pages | {key: sign_in(key, width=PHONE) for key in phones}


def taken(people: dict[str, Page], post: Post) -> Hand:
    """The gendarme asks on a phone; the coordinator is called by mail and by text message, and takes the call."""
    gendarme, coordination = people["gendarme"], people[COORDINATOR]
    gendarme.get_by_role("main").get_by_role("link", name="Demander un accueil").click()
    fill_request(gendarme)
    reference = send_request(gendarme)
    home_says(people[READER], reference, address=ADMIN)
    by_mail, by_text = post.rung(COORDINATOR, PHONES[COORDINATION])
    assert by_mail.partition("?")[0] == by_text.partition("?")[0]
    hand = Hand(coordination)
    coordination.goto(by_mail)
    hand.press("Je prends l’appel")
    look(coordination, "story-1-taken", "ans")
    expect(coordination.get_by_role("main")).to_contain_text(reference)
    assert post.is_quiet()
    assert owed("gendarme") == {"request_taken"}
    assert post.mailed() == {}, "nobody is woken to read that a request is followed"
    home_says(gendarme, re.compile("suivie|prise en charge", re.IGNORECASE))
    return hand


def asked(people: dict[str, Page], post: Post, hand: Hand) -> str:
    """Three structures receive the sheet; return the address that the text message gives the line of one."""
    hand.press("Aucun des 3, ouvrir un dossier")
    hand.follow("Aucun lieu connu, continuer")
    for name in HOUSES:
        expect(hand.page.get_by_role("checkbox", name=name)).to_be_checked()
    hand.choose("Niveau d’identification", "Victime présumée (faisceau d’indices)")
    look(hand.page, "story-2-search", "ans")
    assert hand.page.evaluate(OVER_THE_SIDE) == []
    hand.press("Envoyer la fiche anonyme à 3 structures")
    expect(hand.page.get_by_role("status")).to_contain_text("La fiche anonyme est partie à 3 structures.")
    asked = {"director-a", "educator-a", "director-b", "director-c"}
    assert who_is_owed("proposal") == asked
    _, link = post.rung("educator-a", LINE)
    assert post.mailed() == {who: {"Une proposition attend votre réponse"} for who in asked}
    for key in ("director_a", "educator_a", "director_b", "director_c"):
        home_says(people[key], re.compile(r"Répondre à une proposition d’accueil.*avant", re.DOTALL))
    return link


def answered(page: Page, name: str, fields: dict[str, str]) -> None:
    page.get_by_role("radio", name=name, exact=True).check()
    for label, value in fields.items():
        page.get_by_label(label).fill(value)
    page.get_by_role("button", name="Envoyer la réponse").click()


def accepted_on_condition(people: dict[str, Page], post: Post, link: str) -> None:
    """The educator on call opens the link of the message; the coordinator is called again and reads the condition."""
    educator = people["educator_a"]
    educator.goto(link)
    at = timezone.localtime() + dt.timedelta(minutes=40)
    said = {"À partir de quelle heure": f"{at:%Y-%m-%dT%H:%M}", "Votre condition": "Une éducatrice reste la nuit."}
    answered(educator, "Acceptée sous condition", said)
    expect(educator.get_by_role("status")).to_contain_text("Votre réponse est envoyée")
    assert who_is_owed("proposal_conditional") == {COORDINATOR}
    assert who_is_owed("proposal") == {"director-b", "director-c"}, "nothing waits any more of who answered"
    post.rung(COORDINATOR, PHONES[COORDINATION])
    assert post.mailed() == {COORDINATOR: {"Une structure accepte sous condition : à lire"}}
    words = f"Les Tilleuls accepte sous condition, admet à partir de .*{at.hour}\\s+h\\s+{at.minute:02d}"
    home_says(people[READER], re.compile(words), address=ADMIN)
    for key in ("director_a", "educator_a"):
        home_silent(people[key], "15 ans")


def answered_too_late(people: dict[str, Page], post: Post) -> None:
    """The hour of two others passes: the coordination is told; one answers all the same, and reads that it is late."""
    with acting(COORDINATOR):
        late = Orientation.objects.latest("decided_at").proposals.pending().filter(partner__code_name__in=HOUSES[1:])
        assert late.update(answer_by=timezone.now()) == 2
    assert proposals_silent_tell() == 2
    assert who_is_owed("proposal_silent") == {COORDINATOR}
    assert post.mailed()[COORDINATOR] == {"Une structure n’a pas répondu à l’heure dite"}
    home_says(people[READER], "Aubépine n’a pas répondu avant", address=reverse("inbox:list"))
    home_says(people[READER], "Les Tilleuls accepte sous condition", address=ADMIN)
    director = people["director_b"]
    home_says(director, "Délai dépassé")
    director.get_by_role("listitem").filter(has_text="15 ans").get_by_role("link").first.click()
    answered(director, "Acceptée", {"À partir de quelle heure": f"{timezone.localtime():%Y-%m-%dT%H:%M}"})
    expect(director.get_by_role("status")).to_contain_text("L’heure demandée était passée")
    assert who_is_owed("proposal_accepted") == {COORDINATOR}
    assert post.mailed() == {COORDINATOR: {"Une structure accepte : à retenir"}}
    home_says(people[READER], "Aubépine accepte, après l’heure demandée", address=ADMIN)


def kept(people: dict[str, Page], post: Post, hand: Hand) -> None:
    page = hand.page
    night = page.url
    hand.follow("Lire la condition")
    expect(page.get_by_role("main")).to_contain_text("Une éducatrice reste la nuit.")
    look(page, "story-3-answers", "ans")
    page.goto(night)
    hand.press("Retenir Les Tilleuls")
    expect(page.get_by_role("status")).to_contain_text("Les Tilleuls est retenue.")
    assert who_is_owed("proposal_kept") == {"director-a", "educator-a"}
    assert who_is_owed("place_chosen") == {"gendarme"}
    assert who_is_owed("proposal_not_kept") == {"director-b", "director-c"}
    assert owed(COORDINATOR) == set(), "answers and silences are read"
    left = post.mailed()
    assert {"director-a", "educator-a", "director-b", "director-c", "gendarme"} == set(left)
    assert left["director-c"] == {"Une proposition est retirée"}
    assert left["director-a"] == {"Votre structure est retenue", "Votre accord est attendu"}
    assert left["educator-a"] == {"Votre structure est retenue"}, "no delegation signs"
    for key in ("director_b", "director_c"):
        home_silent(people[key], "15 ans")
    home_silent(people["gendarme"], "Tilleuls")


def arrived(people: dict[str, Page], post: Post, hand: Hand) -> None:
    """At night the decision is waived; the team confirms, and the service that asked reads it without the place."""
    page = hand.page
    hand.choose("Cadre juridique*", LEGAL_FRAME)
    look(page, "story-4-arrival", "ans")
    assert page.evaluate(OVER_THE_SIDE) == []
    hand.press("Elle est arrivée")
    expect(page.get_by_role("status")).to_contain_text("L’arrivée à Les Tilleuls est notée.")
    assert who_is_owed("arrival_said") == {"director-a", "educator-a"}
    assert set(post.mailed()) == {"director-a", "educator-a"}
    educator = people["educator_a"]
    home_says(educator, "Confirmer l’arrivée")
    educator.get_by_role("link", name="Confirmer l’arrivée").first.click()
    educator.get_by_role("link", name="Confirmer l’arrivée").first.click()
    educator.get_by_role("button", name="Confirmer l’arrivée").click()
    expect(educator.get_by_role("status")).to_contain_text("L’arrivée est confirmée.")
    assert who_is_owed("arrival_said") == set()
    assert who_is_owed("arrival_confirmed") == {COORDINATOR}
    assert who_is_owed("arrival_requester") == {"gendarme"}
    assert post.mailed() == {
        COORDINATOR: {"Une arrivée est confirmée"},
        "gendarme": {"L’accueil est effectif"},
    }
    home_says(people["gendarme"], "Accueil effectif")
    home_silent(people["gendarme"], "Tilleuls")
    home_says(people[READER], "À régulariser", address=ADMIN)


def regularised(people: dict[str, Page], post: Post) -> None:
    """The next day: decision, convention, money, agreements, each asked of who gives it, from one row of the queue."""
    day_breaks()
    post.mailed()
    page = people[READER]
    home_says(page, "à réunir", address=ADMIN)
    page.get_by_role("link", name="Régulariser").first.click()
    settle(page)
    assert who_is_owed("agreement_structure") | who_is_owed("agreement_structure_again") == {"director-a"}
    assert who_is_owed("agreement_guardian") | who_is_owed("agreement_guardian_again") == {"ase"}
    told = post.mailed()
    assert "ase" in told, "by day, the mail leaves at once"
    assert "educator-a" not in told, "no delegation signs"
    for key in ("director_a", "ase"):
        agree(people[key], key)
        expect(people[key].get_by_role("link", name="Donner votre accord à un accueil")).to_have_count(0)
    people["ase"].goto("/")
    validate_price(people["ase"])
    home_silent(people[READER], "Régulariser", address=ADMIN)


def too_near(people: dict[str, Page], post: Post) -> None:
    """A place to avoid is added where the minor sleeps: whoever coordinates is told at once, and reads it first."""
    page = people[READER]
    page.goto(reverse("cases_case:inspect", args=[case_of_the_story().pk]))
    follow(page, "Lieu à éviter")
    page.get_by_label("Département").select_option("24")
    page.get_by_label("Motif").select_option("motif_eloignement:ENTOURAGE")
    page.get_by_label("Rayon (km)").fill("10")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("status")).to_be_visible()
    assert who_is_owed("stay_too_near") == {COORDINATOR, "direction"}
    assert post.mailed() == {
        COORDINATOR: {"Alerte : un accueil est à revoir maintenant"},
        "direction": {"Alerte : un accueil est à revoir maintenant"},
        "director-a": {"Votre accord est attendu à nouveau"},
        "ase": {"L’accord de votre service est attendu à nouveau"},
    }, "the convention says where not to go: it changed, and is signed again"
    home_says(page, "accueilli trop près d’un lieu à éviter", address=ADMIN)
    home_says(page, "trop près d’un lieu à éviter", address=reverse("inbox:list"))


def ran_away(people: dict[str, Page], post: Post) -> None:
    """An educator declares it on a phone: it rings, the services read it, the coordination takes it in charge."""
    educator, page = people["educator_a"], people[READER]
    reference = declared(educator)
    assert post.called() == {"director-a"}, "the direction of the structure first"
    assert COORDINATOR in post.called(in_minutes=20)
    assert who_is_owed("runaway") == {COORDINATOR}
    assert who_is_owed("runaway_requester") == {"gendarme"}
    assert who_is_owed("runaway_guardian") == {"ase"}
    told = post.mailed()
    assert {COORDINATOR, "gendarme", "ase"} <= set(told)
    assert "Une fugue est déclarée" in told[COORDINATOR]
    for key in ("gendarme", "ase"):
        home_says(people[key], "en fugue", address=reverse("inbox:list"))
    home_says(page, "police ou gendarmerie à prévenir", address=ADMIN)
    page.locator("main").get_by_role("link", name=reference, exact=True).first.click()
    act(page, "Prendre en compte", "Prendre en compte", "est pris en compte")
    assert who_is_owed("incident_taken") == {"educator-a"}
    assert who_is_owed("incident_taken_structure") == {"director-a"}
    assert {"educator-a", "director-a"} <= set(post.mailed())
    home_says(educator, "La coordination suit votre déclaration", address=reverse("inbox:list"))


def declared(page: Page) -> str:
    page.goto("/")
    page.get_by_role("link", name="Déclarer").first.click()
    page.get_by_role("link", name="Oui, maintenant").click()
    page.get_by_role("link", name="Les secours sont prévenus, je déclare").click()
    page.get_by_label("Que s’est-il passé ?").select_option("type_incident:FUG")
    page.get_by_role("textbox", name="Les faits").fill("Parti par la fenêtre.")
    page.get_by_role("button", name="Continuer").click()
    for label in ("Survenu le", "Constaté le"):
        page.get_by_label(label).fill(f"{timezone.localtime():%Y-%m-%dT%H:%M}")
    page.get_by_role("checkbox", name=case_of_the_story().reference).check()
    page.get_by_role("button", name="Continuer").click()
    page.get_by_role("button", name="Envoyer la déclaration").click()
    expect(page.get_by_role("heading", name="Votre déclaration est reçue")).to_be_visible()
    return page.locator(".hv-stat-value.hv-ref").inner_text()


def came_back(people: dict[str, Page], post: Post) -> None:
    page = people["educator_a"]
    page.goto(reverse("cases:stay", args=[stay_of_the_story().pk]))
    page.get_by_role("link", name="Déclarer le retour").click()
    page.get_by_label("Entretien de retour").select_option(index=1)
    page.get_by_label("Visite médicale").select_option(index=1)
    page.get_by_label("De retour le").fill(f"{timezone.localtime():%Y-%m-%dT%H:%M}")
    page.get_by_role("main").get_by_role("button").last.click()
    expect(page.get_by_role("status")).to_be_visible()
    assert who_is_owed("runaway_return") == {COORDINATOR}
    assert who_is_owed("return_requester") == {"gendarme"}
    assert who_is_owed("return_guardian") == {"ase"}
    assert set(post.mailed()) == {COORDINATOR, "gendarme", "ase"}
    for key in ("gendarme", "ase"):
        home_says(people[key], "est revenu", address=reverse("inbox:list"))


def ended(people: dict[str, Page], post: Post) -> None:
    """The coordination ends the stay: everybody who had it reads it, and nothing is too near any more."""
    days_pass(20)
    post.mailed()
    page = people[READER]
    page.goto(reverse("cases_placement:inspect", args=[stay_of_the_story().pk]))
    follow(page, "Terminer le séjour")
    page.get_by_label("Motif de fin").select_option("motif_fin:PREVUE")
    page.get_by_role("button", name="Terminer", exact=True).click()
    expect(page.get_by_role("status")).to_be_visible()
    assert who_is_owed("stay_ended") == {"director-a", "educator-a"}
    assert who_is_owed("stay_ended_requester") == {"gendarme"}
    assert who_is_owed("stay_ended_guardian") == {"ase"}
    assert who_is_owed("stay_too_near") == set()
    assert set(post.mailed()) == {"director-a", "educator-a", "gendarme", "ase"}
    home_silent(page, "trop près", address=ADMIN)
    for key in ("gendarme", "ase", "director_a"):
        home_says(people[key], "terminé", address=reverse("inbox:list"))


def six_months_later(people: dict[str, Page], post: Post) -> None:
    days_pass(190)
    post.mailed()
    after_stays_follow()
    stay = stay_of_the_story()
    assert who_is_owed("after_stay") == {COORDINATOR}
    page = people[READER]
    home_says(page, "Six mois après un séjour", address=reverse("inbox:list"))
    page.goto(reverse("cases_placement:inspect", args=[stay.pk]))
    follow(page, "Veille à six mois")
    page.get_by_label("Une nouvelle exploitation").select_option("reexploitation:NON")
    page.get_by_role("main").get_by_role("button").last.click()
    expect(page.get_by_role("status")).to_contain_text("C’est noté.")
    assert who_is_owed("after_stay") == set()


def case_of_the_story() -> Case:
    with acting(COORDINATOR):
        return Case.objects.latest("reference")


def stay_of_the_story() -> Placement:
    with acting(COORDINATOR):
        return Placement.objects.get(case=case_of_the_story())


def test_a_night_from_the_ring_to_six_months_later(people, post, watch):
    hand = taken(people, post)
    link = asked(people, post, hand)
    accepted_on_condition(people, post, link)
    answered_too_late(people, post)
    kept(people, post, hand)
    arrived(people, post, hand)
    assert hand.clicks <= CLICKS
    assert len(hand.pages) <= PAGES, "\n".join(hand.pages)
    regularised(people, post)
    too_near(people, post)
    ran_away(people, post)
    came_back(people, post)
    ended(people, post)
    six_months_later(people, post)
