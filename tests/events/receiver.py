"""A receiver of notices: a real server on this machine, which answers what it is told to."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from standardwebhooks import Webhook


class Receiver(ThreadingHTTPServer):
    """`received` holds the events whose signature was checked by the library of the specification."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.secret = ""
        self.statuses: list[int] = []
        """What to answer, in order; 200 once they are over."""
        self.refused_kinds: set[str] = set()
        self.received: list[dict] = []
        self.keys: list[str] = []
        self.calls = 0
        self.waits = threading.Event()
        self.waits.set()
        """Cleared, it answers nothing."""
        self.headers_seen: list[dict] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/avis"


class Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self):
        server = self.server
        server.calls += 1
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        server.headers_seen.append(dict(self.headers))
        server.waits.wait(30)
        event = json.loads(body or b'{"type": ""}')
        status = server.statuses.pop(0) if server.statuses else 200
        if event["type"] in server.refused_kinds:
            status = 422
        if status == 200:
            known = Webhook(server.secret).verify(body, {key.lower(): value for key, value in self.headers.items()})
            server.received.append(known)
            server.keys.append(self.headers["webhook-id"])
        self.send_response(status)
        if status in (301, 302, 307, 308):
            self.send_header("Location", server.url)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_PURGE = do_POST

    def log_message(self, *arguments):
        """Say nothing."""
