"""The board of the on-call: what is late first, said by words; and what the coordination writes to who asked."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cases.enums import SollicitationState
from cases.models import SollicitationMessage
from cases.requests.board.selectors import board_counts, board_rows
from cases.requests.board.words import clock
from cases.requests.messages.services import sollicitation_advise, sollicitation_ask_more
from cases.requests.services.sollicitations import sollicitation_take
from cms.notify.models import Ring
from cms.values.models import Value
from cms.values.services import value_change
from cms.wall import scope
from tests.cases.steps import send

pytestmark = pytest.mark.django_db
BOARD = "havre_board"


def ago(**time) -> dt.datetime:
    return timezone.now() - dt.timedelta(**time)


@pytest.fixture
def asked(cast):
    """Requests by name, on an empty board: the cast's are closed first."""
    by = cast["coordination"]
    with scope.acting(by):
        for row in board_rows(at=timezone.now()):
            if row.state != SollicitationState.ORIENTED:
                sollicitation_advise(sollicitation=row, text="Close pour l’essai.", by=by)
        rows = {
            "late U1": send(by, urgency_id="urgence:U1", received_at=ago(hours=5)),
            "late U0": send(by, urgency_id="urgence:U0", received_at=ago(minutes=42)),
            "U4": send(by, urgency_id="urgence:U4", received_at=ago(days=9)),
            "U2": send(by, urgency_id="urgence:U2", received_at=ago(hours=1)),
            "U0": send(by, urgency_id="urgence:U0", received_at=ago(minutes=12)),
            "test": send(by, urgency_id="urgence:U0", received_at=ago(hours=9), is_test=True),
        }
        answered = send(by, urgency_id="urgence:U0", received_at=ago(hours=2))
        rows["answered"] = sollicitation_take(sollicitation=answered, by=by, at=ago(minutes=111))
        yield rows


def test_late_ones_come_first_then_urgency_then_age(asked):
    names = {row.pk: name for name, row in asked.items()}
    shown = [names[row.pk] for row in board_rows(at=timezone.now()) if row.pk in names]
    assert shown == ["late U0", "late U1", "U0", "U2", "U4", "answered"]


@pytest.mark.parametrize(
    ("name", "words", "is_late"),
    [
        ("late U0", "Réponse : en retard de 12 min", True),
        ("late U1", "Réponse : en retard de 1 h 00", True),
        ("U0", "Réponse : reste 18 min", False),
        ("U2", "Réponse : reste 47 h 00", False),
        ("U4", "Réponse à la date convenue", False),
        ("answered", "Lieu : reste 2 h 00", False),
    ],
)
def test_words_say_where_a_request_stands(name, words, is_late, asked):
    moments = {"late U0": 42, "late U1": 300, "U0": 12, "U2": 60, "U4": 0, "answered": 120}
    at = asked[name].received_at + dt.timedelta(minutes=moments[name], seconds=-1 if "reste" in words else 1)
    row = board_rows(at=at).get(pk=asked[name].pk)
    said = clock(row, at=at)
    assert (said.words.replace("\u00a0", " "), said.is_late) == (words, is_late)


def test_the_delays_are_those_of_the_list(asked):
    def late() -> set[str]:
        names = {row.pk: name for name, row in asked.items()}
        return {names[row.pk] for row in board_rows(at=timezone.now()).filter(turn=0) if row.pk in names}

    urgency = Value.objects.get(pk="urgence:U0")
    assert late() == {"late U0", "late U1"}
    value_change(value=urgency, extra={"answer_within_minutes": 90})
    assert late() == {"late U1"}
    value_change(value=urgency, extra={"answer_within_minutes": 90, "place_within_minutes": 60})
    assert late() == {"late U1", "answered"}, "the request that somebody follows still has no place"
    assert board_counts(at=timezone.now())["late"] >= 2


def test_the_page_shows_words_actions_and_who_is_on_duty(asked, client_of):
    page = client_of("coordination").get(reverse(BOARD)).content.decode()
    assert f"{board_counts(at=timezone.now())['late']} demandes en retard" in page
    assert "Réponse\u00a0: en retard de 12\u00a0min" in page
    assert "Lieu\u00a0: reste" in page
    assert "Claire Vasseur" in page
    for verb in ("take", "ask", "advise", "close"):
        assert reverse(f"cases_sollicitation:{verb}", args=[asked["U0"].pk]) in page
    assert reverse("cases_sollicitation:take", args=[asked["answered"].pk]) not in page
    rows = BeautifulSoup(page, "html.parser").select(".hv-board tbody tr")
    assert all(len(row.select(".hv-row-actions > a.button")) == 1 for row in rows), "one button a row"
    assert all("Garçon, 15\u00a0ans" in row.get_text() for row in rows if asked["U0"].reference in row.get_text())
    assert asked["test"].reference not in page
    mine = client_of("coordination").get(reverse(BOARD), {"voir": "suivies"}).content.decode()
    assert asked["answered"].reference in mine
    assert asked["U0"].reference not in mine


@pytest.mark.parametrize("query", ["?page=999", "?page=rien", "?voir=rien", "?voir=attente&page=0"])
def test_an_odd_address_still_shows_the_board(query, client_of):
    assert client_of("direction").get(reverse(BOARD) + query).status_code == 200


def test_the_number_of_queries_does_not_follow_the_number_of_requests(asked, client_of, cast):
    browser = client_of("coordination")

    def queries() -> int:
        browser.get(reverse(BOARD))
        with CaptureQueriesContext(connection) as found:
            browser.get(reverse(BOARD))
        return len(found)

    before = queries()
    for _ in range(12):
        send(cast["coordination"], urgency_id="urgence:U0")
    assert queries() == before


def test_asking_for_more_takes_the_request_and_stops_the_calls(asked, cast, client_of):
    row = asked["U0"]
    data = {"text": "Savez-vous si elle a vu un médecin ?"}
    url = reverse("cases_sollicitation:ask", args=[row.pk])
    assert client_of("direction").post(url, {"text": "  "}).status_code == 422
    assert client_of("direction").post(url, data).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.taken_by) == (SollicitationState.IN_CHARGE, cast["direction"])
    assert row.first_answered_at
    assert Ring.objects.get(object_id=row.pk).closed_at
    shown = client_of("gendarme").get(reverse("cases:request", args=[row.pk])).content.decode()
    assert "Savez-vous si elle a vu un médecin" in shown
    assert "Complément demandé" in shown


def test_an_advice_closes_the_request_as_technical_support(asked, cast):
    row = sollicitation_advise(sollicitation=asked["U2"], text="Adressez-vous à la CRIP.", by=cast["coordination"])
    asked["U2"].refresh_from_db()
    assert asked["U2"].state == SollicitationState.CLOSED
    assert asked["U2"].outcome_id == "decision:APPUI"
    assert row.kind == "advice"
    with pytest.raises(ValidationError):
        sollicitation_ask_more(sollicitation=asked["U2"], text="Trop tard", by=cast["coordination"])


def test_who_asked_reads_the_message_and_nobody_else(asked, cast):
    sollicitation_ask_more(sollicitation=asked["U0"], text="Une question", by=cast["coordination"])
    for key, count in {"gendarme": 1, "ase": 0, "transmitter": 0, "director_a": 0, "dpo": 0}.items():
        with scope.acting(cast[key]):
            assert SollicitationMessage.objects.filter(sollicitation_id=asked["U0"].pk).count() == count, key


def test_a_transmitter_reads_no_message(cast, client_of):
    with scope.acting(cast["transmitter"]):
        row = send(cast["transmitter"], service="Collège 7")
    with scope.acting(cast["coordination"]):
        sollicitation_ask_more(sollicitation=row, text="MARQUEUR-QUESTION", by=cast["coordination"])
    shown = client_of("transmitter").get(reverse("cases:request", args=[row.pk])).content.decode()
    assert "MARQUEUR-QUESTION" not in shown
    with scope.acting(cast["transmitter"]):
        assert not SollicitationMessage.objects.exists()


def test_the_receipt_says_that_the_on_call_is_told_when_it_is(cast, client_of):
    for urgency, is_told in (("U0", True), ("U3", False)):
        with scope.acting(cast["gendarme"]):
            row = send(cast["gendarme"], urgency_id=f"urgence:{urgency}")
        shown = client_of("gendarme").get(reverse("cases:request_receipt", args=[row.pk])).content.decode()
        assert ("L’astreinte du réseau est prévenue" in shown) is is_told


def test_others_have_no_board(client_of):
    for key in ("dpo", "editor", "tech_admin"):
        assert client_of(key).get(reverse(BOARD)).status_code == 404, key
    for key in ("gendarme", "director_a"):
        assert client_of(key).get(reverse(BOARD)).status_code == 302, key  # led to the door of the admin
