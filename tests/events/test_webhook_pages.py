"""Screens « Logiciels prévenus », without JavaScript, from the request to the log."""

import html
import re

import pytest
from django.urls import reverse

from cms.events.models import Channel, Delivery, Subscription
from cms.events.webhooks.services.deliveries import webhooks_send
from cms.journal.models import JournalLine

ASK = reverse("events_subscription_ask")
LIST = reverse("events_subscriptions")


def text_of(answer):
    return html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.fixture
def asked(client_of, receiver):
    given = {
        "name": "Site public", "address": receiver.url, "kinds": ["content.page.published"], "sees": "public",
        "reason": "Le site suit.",
    }  # fmt: skip
    answer = client_of("tech_admin").post(ASK, given)
    assert answer.status_code == 302, text_of(answer)
    return answer.url


def test_from_the_request_to_the_log(acting_as, asked, client_of, publish, receiver):
    mine, theirs = client_of("tech_admin"), client_of("direction")
    assert "une autre personne" in text_of(mine.get(asked))
    assert mine.post(asked, {"verb": "agree"}).status_code == 404
    assert 'value="agree"' in theirs.get(asked).content.decode()
    assert theirs.post(asked, {"verb": "agree"}).status_code == 302
    with acting_as("direction"):
        row = Subscription.objects.get()
        receiver.secret = Channel.objects.get(subscription=row).secret
    shown = mine.post(asked, {"verb": "key_show"})
    assert receiver.secret in text_of(shown)
    assert "no-store" in shown["Cache-Control"]
    assert receiver.secret not in text_of(mine.get(asked)), "sur demande seulement"
    publish()
    assert webhooks_send() == 1
    page = mine.get(asked)
    assert "Reçu (200)" in " ".join(text_of(page).split())
    with acting_as("direction"):
        delivery = Delivery.objects.get()
    assert "200" in text_of(mine.get(reverse("events_delivery", args=[row.pk, delivery.pk])))
    assert mine.post(asked, {"verb": "replay", "delivery": str(delivery.pk)}).status_code == 302
    assert webhooks_send() == 1
    assert "Site public" in text_of(mine.get(LIST))
    for verb in ("pause", "resume", "key_change", "revoke"):
        assert mine.post(asked, {"verb": verb}).status_code in (200, 302), verb
    assert mine.post(asked, {"verb": "resume"}).status_code == 422
    with acting_as("direction"):
        verbs = JournalLine.objects.filter(object_id=row.pk).order_by("at").values_list("action", flat=True)
        assert [verb.rpartition(".")[2] for verb in verbs] == [
            "ask", "agree", "key_show", "replay", "pause", "resume", "key_change", "revoke",
        ]  # fmt: skip


def test_what_is_asked_wrongly_stays_on_the_form(client_of, db):
    answer = client_of("direction").post(ASK, {"name": "x", "address": "https://10.0.0.1/", "sees": "public"})
    assert answer.status_code == 422
    given = {"name": "x", "address": "https://10.0.0.1/", "kinds": ["partner.changed"], "sees": "owner", "reason": "x"}
    answer = client_of("direction").post(ASK, given)
    assert "réseau privé" in text_of(answer)
    answer = client_of("direction").post(ASK, given | {"sees": "public"})
    assert "n’est pas lu par tout le monde" in text_of(answer)
    answer = client_of("direction").post(ASK, given | {"kinds": ["incident.created"]})
    assert answer.status_code == 422


def test_wrong_buttons_change_nothing(client_of, asked):
    client = client_of("direction")
    for posted in ({}, {"verb": "rien"}, {"verb": "replay", "delivery": "x"}, {"verb": "key_show"}, {"verb": "pause"}):
        assert client.post(asked, posted).status_code == 422, posted


@pytest.mark.parametrize("key", ["editor", "trainer", "dpo"])
def test_the_screens_do_not_exist_for_others(client_of, asked, key):
    for address in (LIST, ASK, asked):
        assert client_of(key).get(address).status_code == 404
    assert client_of(key).post(asked, {"verb": "agree"}).status_code == 404
