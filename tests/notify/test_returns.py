"""An address that receives nothing, at once or by a message sent back: not tried again, and somebody is told."""

import datetime as dt
import uuid
from email.message import EmailMessage, Message
from smtplib import SMTPRecipientsRefused

import pytest

from cms.kit import mails as kit
from cms.kit.mails import message_id
from cms.notify.inbox.services.messages import digest_id, notifications_send, sending_id
from cms.notify.inbox.services.returns import ADDRESS_REFUSED, message_returned, refusals_follow
from cms.notify.models import Obligation, Sending
from cms.operations.state import figure_ages
from cms.wall import scope
from tests.notify.steps import obligations_end
from tests.notify.test_notifications import NOON, PROPOSAL, TERM, obligation, owe, person

HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def quiet(cast):
    obligations_end()


class Refusing:
    """A server that answers this code to every address."""

    def __init__(self, code: int) -> None:
        self.code = code

    def send_messages(self, messages):
        raise SMTPRecipientsRefused({to: (self.code, b"no") for message in messages for to in message.to})


@pytest.fixture
def refusing(monkeypatch):
    def start(code: int) -> None:
        monkeypatch.setattr(kit, "get_connection", lambda: Refusing(code))

    yield start
    monkeypatch.undo()


def told_of(key: str) -> set[str]:
    with scope.acting(scope.NOTIFY):
        rows = Obligation.objects.open().filter(kind=ADDRESS_REFUSED, object_id=person(key).pk)
        return set(rows.values_list("person__email", flat=True))


def sending(object_id, step=None) -> Sending:
    with scope.acting(scope.NOTIFY):
        return Sending.objects.get(pk=sending_id(obligation(object_id).pk, step))


def returned(key, *, action: str = "failed", status: str = "5.1.1") -> bytes:
    """What a server sends back, with the head of the message."""
    told = EmailMessage()
    told["Subject"] = "Undelivered Mail Returned to Sender"
    told.set_content("Le message n’a pas été remis.")
    told.make_mixed()
    told.set_type("multipart/report")
    report = Message()
    report.set_type("message/delivery-status")
    server, each = Message(), Message()
    server["Reporting-MTA"] = "dns; mx.example"
    each["Action"], each["Status"] = action, status
    report.set_payload([server, each])
    told.attach(report)
    head = Message()
    head["Message-ID"] = message_id(key)
    original = Message()
    original.set_type("text/rfc822-headers")
    original.set_payload(head.as_string())
    told.attach(original)
    return told.as_bytes()


def test_an_address_refused_for_good_is_not_tried_again_and_the_coordination_is_told(refusing, mails):
    object_id = owe(PROPOSAL)
    refusing(550)
    assert notifications_send(at=NOON) == 0
    assert sending(object_id).refused_at == NOON
    assert figure_ages()["mail_unsent"] == 0  # the server of mail is well
    assert [notifications_send(at=NOON + HOUR * hours) for hours in (1, 5)] == [0, 0]
    assert sending(object_id).tries == 1
    refusals_follow(at=NOON + HOUR)
    assert "coordination@havre.example" in told_of("director_a")


def test_a_refusal_for_now_is_tried_again_and_tells_nobody(refusing, mails, monkeypatch):
    object_id = owe(PROPOSAL)
    refusing(450)
    assert notifications_send(at=NOON) == 0
    assert sending(object_id).refused_at is None
    refusals_follow(at=NOON)
    assert told_of("director_a") == set()
    monkeypatch.undo()
    assert notifications_send(at=NOON + HOUR) == 1


def test_what_comes_back_tells_of_its_address_until_a_message_leaves_again(mails):
    object_id = owe(PROPOSAL)
    assert notifications_send(at=NOON) == 1
    assert message_returned(returned(sending_id(obligation(object_id).pk, None)), at=NOON + HOUR)
    assert "coordination@havre.example" in told_of("director_a")
    obligations_end()
    owe(PROPOSAL)
    assert notifications_send(at=NOON + 2 * HOUR) == 1
    refusals_follow(at=NOON + 3 * HOUR)
    assert told_of("director_a") == set()


def test_the_message_of_the_morning_comes_back_too(mails):
    owe(TERM, "coordination", due_on=NOON.date() + dt.timedelta(days=90))
    assert notifications_send(at=NOON) == 1
    key = digest_id(person("coordination").pk, NOON.date())
    assert message_returned(returned(key), at=NOON + HOUR)
    assert told_of("coordination") == {"direction@havre.example"}  # never the person who receives nothing


@pytest.mark.parametrize(("action", "status"), [("delayed", "4.4.1"), ("failed", "4.2.2"), ("relayed", "2.0.0")])
def test_a_delay_is_no_refusal(mails, action, status):
    object_id = owe(PROPOSAL)
    notifications_send(at=NOON)
    key = sending_id(obligation(object_id).pk, None)
    assert not message_returned(returned(key, action=action, status=status), at=NOON + HOUR)
    assert sending(object_id).sent_at == NOON


@pytest.mark.parametrize("content", [b"", b"Bonjour", returned("nothing-of-ours"), returned(uuid.uuid4())])
def test_what_is_not_ours_moves_nothing(mails, content):
    assert not message_returned(content, at=NOON)
