"""The page that answers a call, what the gateway says, and the rota on screen."""

import json
import time

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.notify.duty.services.channels import signature
from cms.notify.duty.services.duties import duty_cancel
from cms.notify.duty.services.scan import rings_scan
from cms.notify.models import Duty, DutySwap, Ring, RingStep
from cms.wall import scope
from tests.notify.steps import ask, ring_of, rota, steps_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def ringing(cast, mails):
    """An urgent request that called the coordinator."""
    with scope.acting(cast["coordination"]):
        Ring.objects.open().update(closed_at=timezone.now())
        for duty in Duty.objects.held():
            duty_cancel(duty=duty)
    rota()
    request = ask()
    rings_scan()
    return request


def page_of(request) -> str:
    return reverse("notify:ring", args=[ring_of(request).pk])


def test_opening_the_page_shows_and_answers_nothing(ringing, client_of):
    shown = client_of("coordination").get(page_of(ringing)).content.decode()
    assert "Je prends l’appel" in shown
    assert ringing.reference not in shown
    ring, [step] = ring_of(ringing), steps_of(ringing)
    assert (ring.acknowledged_at, step.acknowledged_at) == (None, None)
    assert step.opened_at


def test_a_scanner_of_mails_is_led_to_the_sign_in_and_changes_nothing(ringing):
    address = page_of(ringing)
    assert Client().get(address).status_code == 302
    assert Client().post(address).status_code in (302, 403)
    [step] = steps_of(ringing)
    assert step.opened_at is None
    assert ring_of(ringing).acknowledged_at is None


def test_the_button_answers_once_and_the_next_one_is_told(ringing, client_of, cast):
    address = page_of(ringing)
    first = client_of("coordination").post(address, follow=True).content.decode()
    assert "L’appel est à vous" in first
    second = client_of("direction").post(address, follow=True).content.decode()
    assert "Claire Vasseur a pris cet appel à" in second
    assert ring_of(ringing).acknowledged_by == cast["coordination"]


@pytest.mark.parametrize("key", ["gendarme", "director_a", "dpo", "tech_admin"])
def test_the_page_does_not_exist_for_others(key, ringing, client_of):
    browser = client_of(key)
    assert browser.get(page_of(ringing)).status_code == 404
    assert browser.post(page_of(ringing)).status_code == 404


def told(body: dict | bytes, *, signed: str = "", secret_age: int = 0):
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    given = signed or signature(raw, int(time.time()) - secret_age)
    return Client(enforce_csrf_checks=True).post(
        reverse("notify:gateway"), raw, content_type="application/json", headers={"X-Havre-Signature": given}
    )


@pytest.fixture
def sent(ringing, settings):
    settings.HAVRE_GATEWAY_SECRET = "secret de la passerelle"
    return steps_of(ringing)[0]


def delivered(step) -> bool:
    with scope.acting(scope.NOTIFY):
        return RingStep.objects.get(pk=step.pk).delivered_at is not None


def test_the_gateway_says_that_a_message_was_delivered(sent):
    assert told({"id": str(sent.pk), "state": "queued"}).status_code == 204
    assert not delivered(sent)
    assert told({"id": str(sent.pk), "state": "delivered"}).status_code == 204
    assert delivered(sent)


@pytest.mark.parametrize("given", ["", "t=1,v1=0", "t=,v1=", "v1=abc", "t=99999999999999999999,v1=é"])
def test_what_is_not_signed_is_not_read(given, sent):
    assert told({"id": str(sent.pk), "state": "delivered"}, signed=given or "rien").status_code == 404
    assert not delivered(sent)


def test_an_old_message_played_again_is_not_read(sent):
    assert told({"id": str(sent.pk), "state": "delivered"}, secret_age=301).status_code == 404


def test_without_a_secret_nobody_is_believed(sent, settings):
    settings.HAVRE_GATEWAY_SECRET = ""
    assert told({"id": str(sent.pk), "state": "delivered"}).status_code == 404


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"id": 1}', b'{"id": "x", "state": "delivered"}', b"null"])
def test_a_signed_message_that_says_nothing_is_refused(body, sent):
    assert told(body).status_code == 400


def test_a_duty_is_added_from_the_week_and_its_errors_stand_at_the_field(client_of, cast):
    browser = client_of("coordination")
    data = {"person": cast["direction"].pk, "rank": 3, "starts_at": "2035-12-24T20:00", "ends_at": "2035-12-26T08:00"}
    refused = browser.post(reverse("havre_rota:add"), data | {"phone": "demain"})
    assert refused.status_code == 422
    assert "Écrivez un numéro de téléphone" in refused.content.decode()
    assert browser.post(reverse("havre_rota:add"), data | {"phone": "06 12 34 56 78"}).status_code == 302
    again = browser.post(reverse("havre_rota:add"), data)
    assert again.status_code == 422
    assert "même rang" in again.content.decode()
    week = browser.get(reverse("havre_rota:index") + "?semaine=2035-W52").content.decode()
    assert "Férié&nbsp;: Noël" in week
    assert "Denis Aubin" in week


def test_an_exchange_is_proposed_then_accepted_on_screen(client_of, cast):
    with scope.acting(cast["coordination"]):
        swap = DutySwap.objects.get()
        rank_2 = Duty.objects.get(rank=2)
        duty_cancel(duty=rank_2)
    other = client_of("direction")
    assert "Accepter" in other.get(reverse("havre_rota:index")).content.decode()
    assert other.post(reverse("havre_rota:swap_accept", args=[swap.pk])).status_code == 302
    with scope.acting(cast["coordination"]):
        assert Duty.objects.get(pk=swap.duty_id).person == cast["direction"]


@pytest.mark.parametrize("week", ["", "2035-W99", "n’importe quoi", "0000-W01", "9999-W53"])
def test_a_week_that_is_none_shows_one(week, client_of):
    assert client_of("coordination").get(reverse("havre_rota:index"), {"semaine": week}).status_code == 200
