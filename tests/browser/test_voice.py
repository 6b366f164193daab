"""A child on a telephone: says what goes wrong without script, reads the answer with the code, leaves at once."""

import re

import pytest
from playwright.sync_api import Page, expect

from cases.models import VoiceMessage
from cases.voice.papers import poster_data
from cases.voice.services import voice_answer
from cms.users.models import User
from cms.wall import scope
from tests.browser.codes import scan
from tests.browser.conftest import DESK, PHONE
from tests.browser.look import look

ELSEWHERE = "https://fr.wikipedia.org/"


def scanned(page: Page) -> str:
    """The address of the code of the poster, drawn by the browser."""
    page.set_content(poster_data()["code"])
    return scan(page.locator("svg"))


def answer(words: str) -> None:
    coordination = User.objects.get(email="coordination@havre.example")
    with scope.acting(coordination):
        voice_answer(message=VoiceMessage.objects.waiting().get(), words=words, by=coordination)


@pytest.mark.parametrize("script", [False, True])
def test_a_child_says_and_reads_the_answer(open_context, server, script):
    address = scanned(open_context(width=DESK).new_page())
    assert address == f"{server}/dire/"
    context = open_context(width=PHONE, java_script_enabled=script)
    page = context.new_page()
    page.goto(address)
    if script:
        look(page, "voice-say", "Dire ce qui ne va pas")
    expect(page.get_by_role("link", name="Appelle le 17")).to_have_attribute("href", "tel:17")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_text("Écris ton message.").first).to_be_visible()
    page.get_by_label("Ton message").fill("On me prend mon téléphone.")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ton message est parti")
    if script:
        look(page, "voice-sent", "Ton message est parti")
    code = page.locator(".is-code").inner_text()
    assert re.fullmatch(r"\d{4} \d{4} \d{4} \d{4}", code)
    assert context.cookies() == []
    answer("On vient te voir demain.")
    page.get_by_role("main").get_by_role("link", name="Lire ma réponse").click()
    page.get_by_label("Ton code").fill(code)
    page.get_by_role("button", name="Lire", exact=True).click()
    expect(page.get_by_text("On vient te voir demain.")).to_be_visible()
    if script:
        look(page, "voice-thread", "Ta réponse")
    page.get_by_label("Ton message").fill("Merci.")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_text("Ton message est parti")).to_be_visible()
    expect(page.get_by_text("n’est pas encore lu")).to_be_visible()
    assert context.cookies() == []


def test_leaving_replaces_the_page(open_context, watch):
    watch.also.add(ELSEWHERE.rstrip("/"))
    context = open_context(width=PHONE)
    other = {"body": "<title>Ailleurs</title>", "content_type": "text/html"}
    context.route(f"{ELSEWHERE}**", lambda route: route.fulfill(**other))
    page = context.new_page()
    page.goto("/dire/reponse/")
    page.goto("/dire/")
    page.get_by_role("link", name="Quitter vite").click()
    page.wait_for_url(ELSEWHERE)
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lire ma réponse")
