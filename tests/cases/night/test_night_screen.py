"""« Écran de nuit »: five steps from the call to the arrival, each through its own service, in seven presses."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from cases.enums import Answer, SollicitationState
from cases.matching.services import places_confirm
from cases.models import Placement, Proposal, Sollicitation
from cases.night.rules import Facts, Step, is_dark, step_now
from cases.proposals.services import proposal_answer
from cms.territory.models import Territory
from tests.cases.matching.test_protection import A, B, profile
from tests.cases.steps import PARIS, partner, send

TAKEN = Facts(is_taken=True, has_case=False, has_avoided=False, is_asked=False, is_kept=False)


@pytest.mark.parametrize(
    ("told", "wanted", "step"),
    [
        ({"is_taken": False}, 4, Step.TAKEN),
        ({}, 4, Step.KNOWN),
        ({"has_case": True}, 0, Step.AVOIDED),
        ({"has_case": True}, 4, Step.ASKED),
        ({"has_case": True, "has_avoided": True}, 0, Step.ASKED),
        ({"has_case": True, "has_avoided": True}, 3, Step.AVOIDED),
        ({"has_case": True, "is_asked": True}, 0, Step.ASKED),
        ({"has_case": True, "is_asked": True, "is_kept": True}, 3, Step.ARRIVED),
        ({"has_case": True, "is_asked": True, "is_kept": True, "is_arrived": True}, 0, None),
    ],
)
def test_one_step_is_open_and_none_is_jumped(told, wanted, step):
    assert step_now(Facts(**{**vars(TAKEN), **told}), wanted) is step


@pytest.mark.parametrize(
    ("hour", "wanted", "dark"),
    [(2, "", True), (21, "", True), (7, "", False), (2, "clair", False), (12, "sombre", True)],
)
def test_it_is_dark_at_night_unless_somebody_says_otherwise(hour, wanted, dark):
    assert is_dark(dt.datetime(2026, 12, 17, hour, 5, tzinfo=PARIS), wanted) is dark


@pytest.fixture
def asked(cast, acting_as, client_of):
    """An urgent request that nobody took, two houses that admit tonight; gives the browser and the address."""
    with acting_as("coordination"):
        by = cast["coordination"]
        row = send(by, current_place_id="59")
        for name in (A, B):
            profile(name, admission_days=0, takes_at_night=True)
            places_confirm(partner=partner(name), free=2, by=by)
    return client_of("coordination"), reverse("cases_sollicitation:night", args=[row.pk])


def soup_of(browser, address) -> BeautifulSoup:
    answer = browser.get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content.decode(), "html.parser")


def request_of(address) -> Sollicitation:
    return Sollicitation.objects.get(pk=address.rstrip("/").split("/")[-2])


def open_step(soup) -> str:
    return " ".join(soup.select_one(".hv-step.is-open h2").get_text(" ").replace("\u00a0", " ").split())


def press(browser, address, act: str, **data):
    """Press a button of the page as it came: its form's hidden fields and ticked boxes leave with it."""
    button = soup_of(browser, address).select_one(f"button[value='{act}']")
    form = button.find_parent("form")
    given: dict = {}
    for field in form.select("input[name], select[name], textarea[name]"):
        kind = field.get("type", "")
        if field["name"] == "csrfmiddlewaretoken" or (kind == "checkbox" and not field.has_attr("checked")):
            continue
        value = field.get("value", "")
        if field.name == "select":
            chosen = field.select_one("option[selected]")
            value = chosen["value"] if chosen else ""
        given.setdefault(field["name"], []).append(value)
    target = form["action"].split("#")[0]
    base = address.split("?")[0]
    return browser.post(base + target if target.startswith("?") else target, given | {"acte": act} | data)


def test_from_the_call_to_the_arrival_in_seven_presses(asked, cast, acting_as):
    browser, address = asked
    assert open_step(soup_of(browser, address)) == "Qui prend"
    presses = [press(browser, address, "prendre")]
    assert open_step(soup_of(browser, address)) == "La connaît-on déjà ?"
    presses.append(press(browser, address, "ouvrir"))
    soup = soup_of(browser, address)
    assert open_step(soup) == "À éviter"
    past = soup.select_one(".hv-step.is-open a.button")["href"].split("#")[0]
    presses.append(browser.get(address + past))
    houses = soup_of(browser, address + past)
    assert open_step(houses) == "Qui peut l’admettre cette nuit"
    ticked = {box["data-name"] for box in houses.select("[name='structures'][checked]")}
    assert {A, B} <= ticked
    assert len(ticked) <= 3
    presses.append(press(browser, address + past, "interroger"))
    assert presses[-1].status_code == 302
    with acting_as("director_a"):
        sheet = Proposal.objects.filter(partner=partner(A)).latest("sent_at")
        proposal_answer(
            proposal=sheet,
            answered_by=cast["director_a"],
            answer_id=Answer.ACCEPTED,
            available_from=timezone.now(),
        )
    soup = soup_of(browser, address)
    filled = [button.get_text() for button in soup.select(".hv-step.is-open .button.hv-yes")]
    assert filled == [f"Retenir {A}"]
    plain = [one for one in soup.select(".hv-step.is-open .button") if "button-secondary" not in one["class"]]
    assert len(plain) == 1
    presses.append(press(browser, address, "retenir"))
    soup = soup_of(browser, address)
    assert open_step(soup).startswith("Arrivée")
    presses.append(
        press(browser, address, "arriver", legal_frame="cadre_juridique:AE", waiver_reason="motif_derogation:DANGER")
    )
    assert presses[-1].status_code == 302
    with acting_as("coordination"):
        row = request_of(address)
        assert row.state == SollicitationState.ORIENTED
        assert Placement.objects.filter(case=row.case, partner=partner(A), ended_on=None).exists()
    assert len(presses) <= 7
    assert not soup_of(browser, address).select(".hv-step.is-open")


def test_a_place_to_avoid_is_added_on_the_way_and_moves_the_houses(asked, acting_as):
    browser, address = asked
    press(browser, address, "prendre")
    press(browser, address, "ouvrir")
    answer = press(browser, address, "eviter", territory="", reason="")
    assert answer.status_code == 422
    with acting_as("coordination"):
        assert not request_of(address).case.keep_aways.exists()
        code = partner(A).territory_id
    answer = press(browser, address, "eviter", territory=code, reason="motif_eloignement:RESEAU")
    assert answer.status_code == 302
    soup = soup_of(browser, address)
    assert str(Territory.objects.get(pk=code)) in soup.select_one(".hv-zones").get_text()
    assert A not in {box["data-name"] for box in soup.select("[name='structures']")}


def test_what_is_refused_is_said_and_nothing_is_sent(asked, acting_as):
    browser, address = asked
    press(browser, address, "prendre")
    press(browser, address, "ouvrir")
    answer = browser.post(f"{address}?etape=4", {"acte": "interroger"})
    assert answer.status_code == 422
    assert "Cochez au moins une structure" in answer.content.decode()
    assert browser.post(address, {"acte": "inconnu"}).status_code == 404
    assert browser.post(address, {"acte": "retenir", "proposition": "x"}).status_code == 422
    with acting_as("coordination"):
        assert request_of(address).state == SollicitationState.IN_CHARGE


def test_answers_are_asked_again_without_reading_the_file_again(asked, client_of, acting_as):
    browser, address = asked
    press(browser, address, "prendre")
    press(browser, address, "ouvrir")
    press(browser, f"{address}?etape=4", "interroger")
    with acting_as("coordination"):
        row = request_of(address)
    fragment = reverse("havre_night_answers", args=[row.pk])
    assert f'hx-get="{fragment}"' in browser.get(address).content.decode()
    told = browser.get(fragment).content.decode()
    assert all(words in told for words in (A, B, "envoyée"))
    assert client_of("gendarme").get(fragment).status_code in (302, 403, 404)


def test_the_file_of_an_urgent_request_leads_to_it_and_another_does_not(cast, acting_as, client_of):
    with acting_as("coordination"):
        urgent, calm = send(cast["coordination"]), send(cast["coordination"], urgency_id="urgence:U4")
    browser = client_of("coordination")
    for row, is_led in ((urgent, True), (calm, False)):
        said = browser.get(reverse("cases_sollicitation:inspect", args=[row.pk])).content.decode()
        assert (reverse("cases_sollicitation:night", args=[row.pk]) in said) is is_led


def test_the_screen_alone_goes_dark_and_the_other_pages_keep_their_own(asked):
    browser, address = asked
    assert "w-theme-dark" in browser.get(f"{address}?ecran=sombre").content.decode()[:600]
    assert "w-theme-light" in browser.get(f"{address}?ecran=clair").content.decode()[:600]
    assert "w-theme-dark" not in browser.get(reverse("wagtailadmin_home")).content.decode()[:600]
