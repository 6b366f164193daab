"""A night as it is lived: a ring, an answer on condition, one that says no, a waiver, an arrival, then what follows.

The coordination is counted: from the ring to the arrival, so many clicks and so many pages, and no more.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from cases.files.protection.services import keep_away_add
from cases.models import Case
from cms.notify.duty.services.scan import rings_scan
from cms.notify.models import Ring
from cms.users.models import User
from cms.values.services import setting_change
from cms.wall import scope
from tests.browser.conftest import PHONE
from tests.browser.look import look
from tests.browser.test_chain import fill_request, send_request
from tests.notify.steps import obligations_end

CLICKS, PAGES = 20, 12
FRAME = "Ordonnance de placement provisoire du procureur (urgence)"
RING = re.compile(r"https?://[^/\s]+(/\S*astreinte/\S+)")


class Hand:
    """A person at a screen, whose clicks and pages are counted."""

    def __init__(self, page: Page):
        self.page = page
        self.clicks = self.pages = 0
        page.on("domcontentloaded", lambda _: self._turned())

    def click(self, target: Locator) -> None:
        self.clicks += 1
        target.click()

    def choose(self, label: str, value: str) -> None:
        self.clicks += 1
        self.page.get_by_label(label).select_option(label=value)

    def press(self, name: str) -> None:
        self.click(self.page.get_by_role("button", name=name, exact=True).first)

    def follow(self, name: str | re.Pattern[str]) -> None:
        self.click(self.page.get_by_role("link", name=name).first)

    def _turned(self) -> None:
        self.pages += 1


@contextmanager
def acting(key: str) -> Iterator[User]:
    user = User.objects.get(email=f"{key}@havre.example")
    with scope.acting(user):
        yield user


@pytest.fixture
def night(server):
    """It is night whatever the hour of the tests, and nothing else rings."""
    obligations_end()
    with scope.acting(scope.NOTIFY):
        Ring.objects.open().update(closed_at=timezone.now())
    hour = timezone.localtime().hour
    with acting("coordination") as by:
        for key, value in (("cases.night_from", hour), ("cases.night_to", (hour + 3) % 24)):
            setting_change(key=key, value=value, changed_by_id=by.pk)


def ring_address(who: str) -> str:
    """Call whoever is on duty, and return the address that the message of one of them gives."""
    rings_scan()
    body = next(message.body for message in reversed(mail.outbox) if f"{who}@havre.example" in message.to)
    return RING.search(body)[1]


def home_says(page: Page, words: str | re.Pattern[str]) -> None:
    page.goto("/")
    expect(page.get_by_role("main")).to_contain_text(words)


def ask_structures(hand: Hand) -> None:
    hand.follow("Rattacher à une situation")
    hand.press("Rattacher")
    hand.follow("Chercher un lieu")
    for name in ("Les Tilleuls", "Aubépine"):
        hand.click(hand.page.get_by_role("checkbox", name=name))
    hand.choose("Niveau d’identification", "Victime présumée (faisceau d’indices)")
    look(hand.page, "story-2-search", "Chercher un lieu")
    hand.press("Envoyer la fiche anonyme")
    expect(hand.page.get_by_role("status")).to_contain_text("ont reçu la fiche anonyme")


def answer(page: Page, name: str, fields: dict[str, str]) -> None:
    page.goto("/")
    page.get_by_role("listitem").filter(has_text="15 ans").get_by_role("link").click()
    page.get_by_role("radio", name=name, exact=True).check()
    for label, value in fields.items():
        page.get_by_label(label).fill(value)
    page.get_by_role("button", name="Envoyer la réponse").click()
    expect(page.get_by_role("status")).to_contain_text("Votre réponse est envoyée")


def keep_and_open(hand: Hand) -> None:
    page = hand.page
    hand.click(page.get_by_role("row", name="Les Tilleuls").get_by_role("link", name="Retenir"))
    hand.press("Retenir cette structure")
    expect(page.get_by_role("status")).to_contain_text("Les Tilleuls est retenue.")
    hand.follow(re.compile("^Mise en lien du"))
    hand.follow("Ouvrir le séjour")
    hand.click(page.get_by_role("combobox", name="Cadre juridique*"))
    page.get_by_role("combobox", name="Cadre juridique*").select_option(label=FRAME)
    look(page, "story-4-arrival", "Ouvrir le séjour")
    hand.press("Ouvrir le séjour")
    expect(page.get_by_role("status")).to_contain_text("Le séjour est ouvert.")


def test_a_night_from_the_ring_to_what_follows(sign_in, night, watch):
    gendarme = sign_in("gendarme", width=PHONE)
    gendarme.get_by_role("main").get_by_role("link", name="Demander un accueil").click()
    fill_request(gendarme)
    reference = send_request(gendarme)

    coordination = sign_in("coordination")
    address = ring_address("coordination")
    hand = Hand(coordination)
    coordination.goto(address)
    hand.press("Je prends l’appel")
    look(coordination, "story-1-taken", reference)
    home_says(gendarme, re.compile("suivie|prise en charge", re.IGNORECASE))
    ask_structures(hand)

    director_a, director_b = sign_in("director_a", width=PHONE), sign_in("director_b", width=PHONE)
    hour = f"{timezone.localtime():%Y-%m-%dT%H:%M}"
    said = {"À partir de quelle heure": hour, "Votre condition": "Une éducatrice reste la nuit."}
    answer(director_a, "Acceptée sous condition", said)
    called = ring_address("coordination")
    assert called != address, "an acceptance of the night rings as the request did"
    hand.click(coordination.get_by_role("link", name=re.compile("^Orientation du")).first)
    expect(coordination.get_by_role("main")).to_contain_text("Une éducatrice reste la nuit.")
    look(coordination, "story-3-answers", "Orientation du")
    keep_and_open(hand)
    assert (hand.clicks <= CLICKS, hand.pages <= PAGES) == (True, True), (hand.clicks, hand.pages)

    director_b.goto("/")
    expect(director_b.get_by_role("listitem").filter(has_text="15 ans")).to_have_count(0)
    director_a.goto("/")
    director_a.get_by_role("link", name="Confirmer l’arrivée").first.click()
    director_a.get_by_role("link", name="Confirmer l’arrivée").first.click()
    director_a.get_by_role("button", name="Confirmer l’arrivée").click()
    expect(director_a.get_by_role("status")).to_contain_text("L’arrivée est confirmée.")
    home_says(gendarme, "Accueil effectif")
    coordination.goto("/admin/")
    expect(coordination.get_by_role("main")).to_contain_text("À régulariser")

    with acting("coordination") as by:
        case = Case.objects.order_by("opened_on", "reference").last()
        keep_away_add(case=case, territory_id="24", reason_id="motif_eloignement:ENTOURAGE", by=by, radius_km=10)
    coordination.goto(reverse("inbox:list"))
    expect(coordination.get_by_role("main")).to_contain_text("trop près d’un lieu à éviter")
    look(coordination, "story-5-alert", "")
