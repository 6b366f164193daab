"""The gateway of text messages, played by real servers that misbehave each in their way: no call lost, none twice."""

import json
import socketserver
import threading
import time

import pytest

from cms.notify.duty.services import channels
from cms.notify.duty.services.scan import rings_scan
from cms.notify.models import RingStep
from tests.notify.conftest import _running
from tests.notify.steps import ask, rota
from tests.notify.test_rings import after, quiet, steps_of  # noqa: F401

ACCEPTED = b"HTTP/1.1 200 OK\r\nContent-Length: 22\r\n\r\n"


class Raw(socketserver.ThreadingTCPServer):
    """Says `before` at once, then `dripped` a byte at a time."""

    allow_reuse_address = daemon_threads = True

    def __init__(self, before: bytes, dripped: bytes):
        super().__init__(("127.0.0.1", 0), RawHandler)
        self.before, self.dripped = before, dripped
        self.calls = 0
        self.is_over = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/sms"


class RawHandler(socketserver.StreamRequestHandler):
    server: Raw

    def handle(self):
        self.server.calls += 1
        length = 0
        while (line := self.rfile.readline()).strip():
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        self.rfile.read(length)
        try:
            self.wfile.write(self.server.before)
            for number in range(len(self.server.dripped)):
                self.wfile.write(self.server.dripped[number : number + 1])
                self.server.is_over.wait(0.2)
        except OSError:
            return


@pytest.fixture
def speaking(settings, monkeypatch):
    """A server that speaks so; a second is the whole time that a call has."""
    monkeypatch.setattr(channels, "TIMEOUT_SECONDS", 1)
    settings.HAVRE_GATEWAY_SECRET = "secret de la passerelle"
    running = []

    def speak(before: bytes = b"", dripped: bytes = b"") -> Raw:
        made = _running(Raw(before, dripped))
        server = next(made)
        running.append((server, made))
        settings.HAVRE_GATEWAY_URL = server.url
        return server

    yield speak
    for server, made in running:
        server.is_over.set()
        next(made, None)


def phones(request) -> list[RingStep]:
    return [step for step in steps_of(request) if step.channel == "phone"]


@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize(
    "dripped", [b"HTTP/1.1 200 OK\r\n" + b"X-Slow: 1\r\n" * 40, b"HTTP/1.1 100 Continue\r\n\r\n" * 20]
)
def test_headers_that_drip_are_cut_and_the_next_is_called(mails, speaking, dripped):
    rota(has_phones=True)
    request, server = ask(), speaking(dripped=dripped)
    begun = time.monotonic()
    rings_scan()
    # Two persons, a second each, and not one for every drop: 500 drops would take 100 seconds.
    assert time.monotonic() - begun < 20
    assert server.calls == 2
    assert [(step.rung, step.tries, step.sent_at) for step in phones(request)] == [(0, 1, None), (1, 1, None)]


@pytest.mark.usefixtures("quiet")
def test_a_body_that_drips_after_it_accepted_is_a_message_that_left(mails, speaking):
    rota(has_phones=True)
    request, server = ask(), speaking(ACCEPTED, json.dumps({"state": "delivered"}).encode())
    rings_scan()
    [step] = phones(request)
    assert server.calls == 1
    assert step.sent_at
    assert {one.rung for one in steps_of(request)} == {0}


@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize(
    "said", [b"", b"\x00\xff\xfe", b"220 essai ESMTP\r\n", b"HTTP/1.1 ???\r\n\r\n", b"HTTP/9.9 200 OK\r\n\r\n"]
)
def test_what_is_no_answer_is_a_message_that_did_not_leave(mails, speaking, said):
    rota(has_phones=True)
    request = ask()
    speaking(said)
    rings_scan()
    assert all(step.sent_at is None and step.tries == 1 for step in phones(request))
    assert {step.rung for step in steps_of(request)} == {0, 1}


@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize("status", [301, 400, 404, 429, 500, 502, 503])
def test_any_refusal_is_tried_again_and_leaves_on_the_third_try_without_climbing_twice(mails, gateway, status):
    rota(has_phones=True)
    gateway.status = status
    request = ask()
    rings_scan()
    rings_scan(at=after(2.1))
    climbed = {step.rung for step in steps_of(request)}
    gateway.status = 200
    rings_scan(at=after(4.9))  # too early: the second pause is of four minutes
    assert all(step.sent_at is None for step in phones(request) if step.rung == 0)
    rings_scan(at=after(6.2))
    [first] = [step for step in phones(request) if step.rung == 0]
    assert (first.tries, first.sent_at is not None) == (3, True)
    ids = [body["id"] for body, _ in gateway.received if body["id"] == str(first.pk)]
    assert len(ids) == 3
    # The ladder went on at its own pace: one more rung after five minutes, none for the tries.
    assert {step.rung for step in steps_of(request)} == climbed | {max(climbed) + 1}
