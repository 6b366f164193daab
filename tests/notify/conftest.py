"""Real things to ring: a mail server on a port, and a gateway of text messages on another."""

import json
import socketserver
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from cms.notify.duty.services.channels import is_signed

POLL_SECONDS = 0.02
"""Between two looks of a server at whether it must stop: half a second by default, waited for by each test."""


class MailServer(socketserver.ThreadingTCPServer):
    """Enough of SMTP to receive. `silent` makes it hang once it has the message, as a server that dies would."""

    allow_reuse_address = daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), MailHandler)
        self.received: list[str] = []
        self.is_silent = threading.Event()
        self.has_one = threading.Event()

    @property
    def port(self) -> int:
        return self.server_address[1]


class MailHandler(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self):
        self.say("220 essai")
        while line := self.rfile.readline().decode().strip():
            verb = line[:4].upper()
            if verb == "DATA":
                self.say("354 allez-y")
                self.take()
                if self.server.is_silent.is_set():
                    self.rfile.read()
                    return
            self.say("221 au revoir" if verb == "QUIT" else "250 bien")
            if verb == "QUIT":
                return

    def take(self):
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.decode())
        self.server.received.append("".join(lines))
        self.server.has_one.set()

    def say(self, text: str):
        self.wfile.write(f"{text}\r\n".encode())


class Gateway(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), GatewayHandler)
        self.received: list[tuple[dict, dict]] = []
        self.status: int = 200
        self.answer: dict | bytes = {}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/sms"


class GatewayHandler(BaseHTTPRequestHandler):
    server: Gateway

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        assert is_signed(body, self.headers["X-Havre-Signature"])
        self.server.received.append((json.loads(body), dict(self.headers)))
        self.send_response(self.server.status)
        self.end_headers()
        answer = self.server.answer
        self.wfile.write(answer if isinstance(answer, bytes) else json.dumps(answer).encode())

    def log_message(self, *arguments):
        pass


def _running(server) -> Iterator:
    thread = threading.Thread(target=server.serve_forever, args=(POLL_SECONDS,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    yield from _running(MailServer())


@pytest.fixture
def mails(mail_server, settings) -> list[str]:
    """Texts that the mail server received."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", mail_server.port
    return mail_server.received


@pytest.fixture
def gateway(settings) -> Iterator[Gateway]:
    for server in _running(Gateway()):
        settings.HAVRE_GATEWAY_URL, settings.HAVRE_GATEWAY_SECRET = server.url, "secret de la passerelle"
        yield server
