"""Notices to other software: a real receiver on this machine, every way in which it misbehaves, nothing lost."""

import datetime as dt
import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone
from standardwebhooks import Webhook, WebhookVerificationError

from cms.documents.enums import VisibilityLevel
from cms.events.feed.rules import LEAVES, MINORS
from cms.events.models import Attempt, Channel, Delivery, Event, Subscription
from cms.events.webhooks.enums import DeliveryState, Outcome, Pause
from cms.events.webhooks.rules import headers_of, secret_new
from cms.events.webhooks.services import deliveries
from cms.events.webhooks.services.deliveries import webhooks_send
from cms.events.webhooks.services.subscriptions import (
    delivery_replay,
    secret_change,
    subscription_agree,
    subscription_ask,
    subscription_resume,
    subscription_revoke,
)
from cms.home.models import HomePage, TextPage
from cms.home.services import page_add
from cms.journal.models import JournalLine
from cms.notify.models import Obligation
from cms.partners.models import Partner
from cms.wall import scope

PUBLISHED = "content.page.published"
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)


def rows(model, **wanted):
    with scope.acting(scope.EVENTS):
        return list(model.objects.filter(**wanted))


def channel():
    return rows(Channel)[0]


def test_a_publication_reaches_the_receiver_signed(subscribe, publish, receiver):
    subscribe()
    page = publish()
    assert webhooks_send() == 1
    [event] = receiver.received
    assert (event["type"], event["subject"]) == (f"havre.{PUBLISHED}", f"page/{page}")
    assert event["data"].keys() == {"object", "id", "url"}
    assert event["data"]["url"].endswith(f"/api/content/v2/pages/{page}/")
    assert webhooks_send() == 0, "une fois"
    [attempt] = rows(Attempt)
    assert (attempt.outcome, attempt.status) == (Outcome.RECEIVED, 200)


def test_what_happened_before_the_agreement_is_not_told(subscribe, publish, receiver):
    publish()
    subscribe()
    assert webhooks_send() == 0
    assert receiver.calls == 0


def test_nobody_agrees_alone(cast, acting_as, receiver, publish):
    with acting_as("direction"):
        row = subscription_ask(
            name="Site", address=receiver.url, kinds=[PUBLISHED], sees="public", reason="x", by=cast["direction"]
        )
        with pytest.raises(ValidationError):
            subscription_agree(row=row, by=cast["direction"])
        Obligation.objects.all()
    publish()
    assert webhooks_send() == 0
    with acting_as("tech_admin"), pytest.raises(PermissionDenied):
        subscription_agree(row=row, by=cast["tech_admin"])
    with acting_as("tech_admin"), pytest.raises(DatabaseError), transaction.atomic():
        Subscription.objects.filter(pk=row.pk).update(agreed_by=cast["tech_admin"], agreed_at=timezone.now())


@pytest.mark.parametrize("key", ["editor", "trainer", "director_a", "gendarme", "dpo"])
def test_who_does_not_answer_for_software_asks_nothing_and_sees_nothing(cast, acting_as, subscribe, key, receiver):
    subscribe()
    with acting_as(key):
        with pytest.raises(PermissionDenied):
            subscription_ask(
                name="Site", address=receiver.url, kinds=[PUBLISHED], sees="public", reason="x", by=cast[key]
            )
        assert not [model for model in (Subscription, Channel, Delivery, Attempt) if model.objects.exists()]


def test_what_was_agreed_to_never_changes(acting_as, subscribe):
    row = subscribe()
    for changed in ({"address": "https://ailleurs.example/"}, {"kinds": ["partner.changed"]}, {"sees": "owner"}):
        with acting_as("direction"), pytest.raises(DatabaseError), transaction.atomic():
            Subscription.objects.filter(pk=row.pk).update(**changed)


def test_what_is_about_a_minor_is_never_sent(cast, acting_as, receiver):
    assert not set(MINORS) & set(LEAVES)
    for kind in MINORS:
        with acting_as("coordination"), pytest.raises(ValidationError):
            subscription_ask(
                name="x", address=receiver.url, kinds=[kind], sees="owner", reason="x", by=cast["coordination"]
            )


@pytest.mark.parametrize(
    "address",
    [
        "http://www.example/", "ftp://www.example/", "https://", "https://u:p@www.example/", "https://www.example/#x",
        "https://127.0.0.1/", "https://10.0.0.1/", "https://192.168.1.1/", "https://169.254.169.254/latest/meta-data/",
        "https://[::1]/", "https://[::ffff:127.0.0.1]/", "https://[fd00::1]/", "https://[64:ff9b::a00:1]/",
        "https://[2002:7f00:1::]/", "https://0.0.0.0/", "https://100.64.0.1/", "https://224.0.0.1/",
        "https://localhost/", "https://2130706433/", "https://0x7f.1/", "https://127.1/", "https://[::1%25lo]/",
        "https://nulle-part.invalid/", "https://" + "a" * 600, "https://www.example:99999/", "https://é.example/",
    ],
)  # fmt: skip
def test_an_address_inside_is_refused_when_asked(cast, acting_as, address):
    with acting_as("coordination"), pytest.raises(ValidationError):
        subscription_ask(
            name="x", address=address, kinds=[PUBLISHED], sees="public", reason="x", by=cast["coordination"]
        )


def test_an_address_that_became_private_is_not_called(subscribe, publish, receiver, settings):
    """The name was outside when two people agreed: it leads here by the time of the call."""
    subscribe()
    publish()
    settings.HAVRE_CALLS_LOOPBACK = False
    webhooks_send()
    assert receiver.calls == 0
    assert [attempt.outcome for attempt in rows(Attempt)] == [Outcome.ADDRESS]


def test_the_connection_is_made_to_the_address_that_was_checked(subscribe, publish, receiver, monkeypatch):
    """A server of names that answers otherwise the second time is asked once."""
    import socket

    real, asked = socket.getaddrinfo, []

    def names(host, *rest, **more):
        if host == "recoit.example":
            asked.append(host)
            host = "127.0.0.1" if len(asked) <= 2 else "127.0.0.2"
        return real(host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", names)
    subscribe(address=f"http://recoit.example:{receiver.server_address[1]}/avis")
    publish()
    assert webhooks_send() == 1
    assert len(asked) == 2, "à la demande, puis une fois par appel"
    assert receiver.headers_seen[0]["Host"].startswith("recoit.example")


def test_a_redirection_is_not_followed(subscribe, publish, receiver):
    subscribe()
    publish()
    receiver.statuses = [307]
    webhooks_send()
    assert (receiver.calls, receiver.received) == (1, [])


def test_a_receiver_that_hangs_is_cut_and_waits_longer_each_time(subscribe, publish, receiver, monkeypatch):
    monkeypatch.setattr(deliveries, "SECONDS", 0.5)
    subscribe()
    publish()
    receiver.waits.clear()
    at = timezone.now()
    webhooks_send(at=at)
    assert [attempt.outcome for attempt in rows(Attempt)] == [Outcome.HUNG]
    delays = [channel().next_try_at - at]
    receiver.waits.set()
    receiver.statuses = [500] * 5
    for _ in range(4):
        at = channel().next_try_at
        webhooks_send(at=at - dt.timedelta(seconds=1))
        webhooks_send(at=at)
        delays.append(channel().next_try_at - at)
    assert delays == sorted(set(delays))
    assert len(rows(Attempt)) == 5, "rien avant l’heure"


def test_a_week_of_errors_pauses_tells_and_loses_nothing(cast, acting_as, subscribe, publish, receiver):
    row = subscribe()
    first, at = publish(), timezone.now()
    receiver.statuses = [500] * 1000
    end = at + 7 * DAY
    while at < end:
        webhooks_send(at=at)
        at += HOUR
    calls = receiver.calls
    assert 5 < calls < 20, "de moins en moins souvent, puis plus du tout"
    assert channel().pause == Pause.FAILING
    with acting_as("direction"):
        told = Obligation.objects.open().filter(kind="webhook_paused", object_id=row.pk)
        assert {obligation.person_id for obligation in told} >= {cast["direction"].pk}
        assert JournalLine.objects.filter(action="events.subscription.stop", object_id=row.pk).exists()
    second = publish("tes-droits")
    webhooks_send(at=at)
    assert receiver.calls == calls, "en pause, plus un appel"
    receiver.statuses = []
    with acting_as("coordination"):
        subscription_resume(row=row, by=cast["coordination"])
    assert webhooks_send(at=at) == 2
    assert [event["data"]["id"] for event in receiver.received] == [first, second]
    with acting_as("direction"):
        assert not Obligation.objects.open().filter(kind="webhook_paused").exists()


def test_an_address_that_says_gone_is_left_in_peace_at_once(subscribe, publish, receiver):
    subscribe()
    publish()
    receiver.statuses = [410]
    webhooks_send()
    assert channel().pause == Pause.GONE


def test_one_object_is_told_in_order_and_others_go_on(subscribe, publish, receiver, acting_as):
    subscribe(PUBLISHED, "content.page.unpublished")
    page, at = publish("accessibilite"), timezone.now()
    webhooks_send(at=at)
    receiver.received.clear()
    receiver.refused_kinds = {"havre.content.page.unpublished"}
    with acting_as("editor"):
        TextPage.objects.get(slug="accessibilite").unpublish()
    webhooks_send(at=at)
    publish("accessibilite")
    other = publish("tes-droits")
    at += HOUR
    webhooks_send(at=at)  # what is refused has its turn first
    webhooks_send(at=at + dt.timedelta(minutes=10))
    assert [event["data"]["id"] for event in receiver.received] == [other], "l’autre page n’attend pas"
    receiver.refused_kinds = set()
    webhooks_send(at=at + DAY)
    kinds = [event["type"] for event in receiver.received if event["data"]["id"] == page]
    assert kinds == ["havre.content.page.unpublished", f"havre.{PUBLISHED}"]


def test_what_is_refused_alone_for_days_is_given_up_and_the_rest_goes_on(subscribe, publish, receiver, acting_as):
    subscribe(PUBLISHED, "content.page.unpublished")
    receiver.refused_kinds = {"havre.content.page.unpublished"}
    with acting_as("editor"):
        TextPage.objects.get(slug="accessibilite").unpublish()
    at = timezone.now()
    for day in range(8):
        publish("tes-droits")
        for hour in range(0, 24, 4):
            webhooks_send(at=at + day * DAY + hour * HOUR)
    assert channel().pause == ""
    assert {row.state for row in rows(Delivery, kind="content.page.unpublished")} == {DeliveryState.GIVEN_UP}
    assert len(receiver.received) == 8


def test_a_notice_sent_again_has_the_same_identifier(cast, acting_as, subscribe, publish, receiver):
    row = subscribe()
    publish()
    webhooks_send()
    [delivery] = rows(Delivery)
    with acting_as("tech_admin"):
        delivery_replay(row=row, delivery_id=delivery.pk, by=cast["tech_admin"])
    assert webhooks_send() == 1
    assert receiver.keys == [str(delivery.event_key)] * 2
    with acting_as("coordination"), pytest.raises(ValidationError):
        delivery_replay(row=row, delivery_id=uuid.uuid4(), by=cast["coordination"])


def test_a_worker_killed_after_the_call_tells_again(subscribe, publish, receiver, monkeypatch):
    """The receiver had it, nothing was kept: at least once, under one identifier."""
    subscribe()
    publish()

    def killed(*args):
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(deliveries, "_note", killed)
        with pytest.raises(SystemExit):
            webhooks_send()
    assert rows(Attempt) == []
    assert webhooks_send() == 1
    assert len(set(receiver.keys)) == 1
    assert len(receiver.keys) == 2


def test_a_key_is_changed_without_a_gap(cast, acting_as, subscribe, publish, receiver):
    row = subscribe()
    with acting_as("coordination"):
        fresh = secret_change(row=row, by=cast["coordination"])
    publish()
    assert webhooks_send() == 1, "sous l’ancienne clé"
    receiver.secret = fresh
    publish("tes-droits")
    assert webhooks_send() == 1, "sous la nouvelle"
    assert len(receiver.received) == 2


def test_a_forged_or_old_notice_is_told_apart():
    secret, now = secret_new(), timezone.now()
    body = b'{"type":"havre.content.page.published"}'
    good = headers_of("1", body, now, [secret])
    Webhook(secret).verify(body, good)
    with pytest.raises(WebhookVerificationError):
        Webhook(secret_new()).verify(body, good)
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(body + b" ", good)
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(body, good | {"webhook-id": "2"})
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(body, headers_of("1", body, now - HOUR, [secret]))


def test_stopping_takes_one_person_and_what_waited_is_not_told(cast, acting_as, subscribe, publish, receiver):
    row = subscribe()
    publish()
    with acting_as("tech_admin"):
        subscription_revoke(row=row, by=cast["tech_admin"])
        with pytest.raises(ValidationError):
            subscription_revoke(row=row, by=cast["tech_admin"])
    assert webhooks_send() == 0
    assert receiver.calls == 0


def test_what_the_public_does_not_read_is_not_told_to_a_public_site(subscribe, publish, change, receiver, acting_as):
    subscribe(PUBLISHED, "content.visibility_changed")
    page = TextPage.objects.get(slug="accessibilite")
    publish()
    with scope.acting(scope.EVENTS):
        deliveries.events_ready()
    webhooks_send()
    assert len(receiver.received) == 1
    receiver.received.clear()
    change(page.page_ptr, VisibilityLevel.NETWORK)
    publish()
    with acting_as("editor"):
        page_add(HomePage.objects.get(slug="accueil"), TextPage(title="x", slug="x", body="<p>x</p>"))
    webhooks_send()
    told = [(event["type"], event["data"]["id"]) for event in receiver.received]
    assert (f"havre.{PUBLISHED}", str(page.pk)) not in told
    assert ("havre.content.visibility_changed", str(page.pk)) in told
    assert len(told) == 2


def test_what_was_copied_is_withheld_once_it_is_closed(subscribe, publish, change, receiver):
    subscribe()
    receiver.statuses = [500]
    publish()
    at = timezone.now()
    webhooks_send(at=at)
    change(TextPage.objects.get(slug="accessibilite").page_ptr, VisibilityLevel.NETWORK)
    webhooks_send(at=at + DAY)
    assert receiver.calls == 1
    assert [delivery.state for delivery in rows(Delivery)] == [DeliveryState.WITHHELD]


def test_a_right_that_narrows_narrows_what_is_told(cast, acting_as, subscribe, receiver):
    """The software of somebody who left is told nothing more, and those who stay know it."""
    subscribe("partner.changed", sees="owner", by="tech_admin")
    with acting_as("tech_admin"):
        visible = set(Partner.objects.values_list("code_name", flat=True))
    with acting_as("coordination"):
        Partner.objects.update(manager_name="Autre")
        shown = {str(pk) for pk in Partner.objects.filter(code_name__in=visible).values_list("pk", flat=True)}
    webhooks_send()
    assert {event["data"]["id"] for event in receiver.received} == shown
    with acting_as("coordination"):
        cast["tech_admin"].is_active = False
        cast["tech_admin"].save()
    calls = receiver.calls
    webhooks_send()
    assert receiver.calls == calls
    assert channel().pause == Pause.OWNER


def test_a_thousand_events_are_told_without_holding_the_worker(subscribe, receiver, acting_as, monkeypatch):
    monkeypatch.setattr(deliveries, "RUN_SECONDS", 0)
    subscribe()
    with acting_as("editor"):
        home = HomePage.objects.get(slug="accueil")
        for number in range(3):
            page_add(home, TextPage(title=f"P {number}", slug=f"p-{number}", body="<p>p</p>"))
    monkeypatch.setattr(deliveries, "AT_ONCE", 2)
    assert webhooks_send() == 0
    assert len(rows(Delivery)) == 2
    webhooks_send()
    assert len(rows(Delivery)) == 3
    assert len(rows(Event, kind=PUBLISHED)) >= 3
