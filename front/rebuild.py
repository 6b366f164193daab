"""Builds the site again when the office says that something was published: standard library, one key, one port.

HAVRE_KEY=whsec_… python front/rebuild.py --port 8090 --api … --url … --out …

The office calls this address (« Logiciels prévenus », events of the site). Ten publications at once make one build.
"""

import argparse
import base64
import hashlib
import hmac
import os
import subprocess
import sys
import time
from collections import OrderedDict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread

TOLERANCE_SECONDS, MOST_BYTES, KEPT_IDS = 300, 65536, 10_000


def is_signed(key: str, body: bytes, headers: dict[str, str]) -> bool:
    """Whether the office wrote this, minutes ago: https://www.standardwebhooks.com/."""
    name, at, signatures = (headers.get(f"webhook-{part}", "") for part in ("id", "timestamp", "signature"))
    if not name or not at.isdecimal() or abs(time.time() - int(at)) > TOLERANCE_SECONDS:
        return False
    secret = base64.b64decode(key.removeprefix("whsec_"))
    digest = hmac.new(secret, f"{name}.{at}.".encode() + body, hashlib.sha256).digest()
    good = b"v1," + base64.b64encode(digest)
    return any(hmac.compare_digest(good, each.encode()) for each in signatures.split())


class Builder(ThreadingHTTPServer):
    """Answers at once, and builds in a thread of its own: a notice waits ten seconds and no longer."""

    def __init__(self, port: int, key: str, command: list[str], wait: float) -> None:
        super().__init__(("127.0.0.1", port), Notice)
        self.key, self.command, self.wait = key, command, wait
        self.seen: OrderedDict[str, None] = OrderedDict()
        self.asked = Event()
        Thread(target=self.build, daemon=True).start()

    def build(self) -> None:
        while self.asked.wait():
            time.sleep(self.wait)
            self.asked.clear()
            if subprocess.run(self.command, check=False).returncode:  # noqa: S603 (ours)
                print("La construction a échoué : le site reste comme il était.", file=sys.stderr)  # noqa: T201


class Notice(BaseHTTPRequestHandler):
    server: Builder
    timeout = 10

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        body = self.rfile.read(int(length)) if length.isdecimal() and int(length) <= MOST_BYTES else b""
        known = {name.lower(): value for name, value in self.headers.items()}
        if not is_signed(self.server.key, body, known):
            return self.say(401)
        if known["webhook-id"] not in self.server.seen:  # played again, it builds nothing
            self.server.seen[known["webhook-id"]] = None
            if len(self.server.seen) > KEPT_IDS:
                self.server.seen.popitem(last=False)
            self.server.asked.set()
        return self.say(204)

    def say(self, status: int) -> None:
        self.send_response(status)
        self.end_headers()

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8090)
    parser.add_argument("--wait", type=float, default=30)
    for option in ("--api", "--url", "--out"):
        parser.add_argument(option, required=True)
    asked = parser.parse_args()
    script = str(Path(__file__).with_name("build.py"))
    build = [sys.executable, script, "--api", asked.api, "--url", asked.url, "--out", asked.out]
    Builder(asked.port, os.environ["HAVRE_KEY"], build, asked.wait).serve_forever()
