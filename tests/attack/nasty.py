"""What nobody types, and the requests that carry it: the same ones each time."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode
from zlib import crc32

from django.db import transaction
from django.test import Client

DIGITS = "9" * 5000
VALUES = (
    "\x00",
    "a\x00b",
    "%00",
    DIGITS,
    "-1",
    "0",
    "9" * 19,
    "9" * 30,
    "1e999",
    "NaN",
    "²",
    "٣",
    "\ud800",
    "00000000-0000-4000-8000-000000000000",
    "pas-un-identifiant",
    "2026-13",
    "0000-00-00",
    "9999-12-31",
    "0001-01-01",
    "",
    "[]",
    '{"$ne": 1}',
    "../../etc/passwd",
    "//ailleurs.example/",
    "javascript:alert(1)",
    "'\"><&;--",
    "\u202e\u0000",
    "\r\nX-Ajoute: 1",
    "a" * 3000,
    "x" * 200_000,
    "🦊" * 40,
)
"""Sent as the value of whatever a page reads."""
PARTS = (
    "%00",
    "a%00b",
    DIGITS,
    "9" * 19,
    "-1",
    "0",
    "1",
    "%ED%A0%80",
    "%ff",
    "²",
    "%0d%0a",
    "a" * 3000,
    "%2e%2e",
    "None",
    "2026-13",
)
"""Sent in the place of a part of an address, as it is."""
VERBS = ("TRACE", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "CONNECT", "PROPFIND", "LISTE", "get")
BODIES = (
    ("application/json", b'{"a": "\\u0000"}'),
    ("application/json", b'{"a": "\\ud800"}'),
    ("application/json", b"[" * 100_000),
    ("application/json", b"9" * 5000),
    ("application/json", b"[1, null]"),
    ("application/json", b"\xff\xfe"),
    ("application/xml", b"<a/>"),
    ("multipart/form-data", b"sans limite"),
    (
        "multipart/form-data; boundary=a",
        b'--a\r\nContent-Disposition: form-data; name="x"; filename="\x00"\r\n\r\n\x00\r\n--a--',
    ),
    ("application/x-www-form-urlencoded; charset=inconnu", b"a=%00"),
    ("application/x-www-form-urlencoded", b"&".join(b"a%d=1" % rank for rank in range(3000))),
    ("text/plain", b"\x00" * 100),
    ("", b""),
    ("\x00", b"a"),
)
"""Type said, body sent."""
HEADERS = (
    {"HTTP_AUTHORIZATION": "Token \x00"},
    {"HTTP_AUTHORIZATION": f"Token {DIGITS}"},
    {"HTTP_AUTHORIZATION": "Basic ////"},
    {"HTTP_COOKIE": 'sessionid="\\000"; csrftoken="\\000"; messages="\\000"'},
    {"HTTP_COOKIE": f"sessionid={'a' * 9000}"},
    {"HTTP_X_FORWARDED_FOR": "\x00"},
    {"HTTP_REFERER": "http://[", "HTTP_ORIGIN": "http://["},
    {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": "http://[", "HTTP_HX_TARGET": "\x00"},
    {"HTTP_ACCEPT": "application/xml", "HTTP_ACCEPT_LANGUAGE": DIGITS},
    {"HTTP_IF_MODIFIED_SINCE": "Mon, 32 Foo 99999 99:99:99 GMT", "HTTP_IF_NONE_MATCH": '"'},
    {"HTTP_RANGE": f"bytes={DIGITS}-"},
    {"HTTP_USER_AGENT": "\x00" * 300, "HTTP_X_HAVRE_SIGNATURE": "t=²,v1=é"},
    {"HTTP_HOST": "ailleurs.example:99999"},
)
DECLARED = {200, 201, 202, 204, 206, 301, 302, 303, 304, 400, 401, 403, 404, 405, 406, 409, 410, 413, 415, 422, 429}
"""What an answer may be: anything else is a fault."""


@dataclass(frozen=True)
class Shot:
    """One request."""

    method: str
    path: str
    query: str = ""
    fields: dict[str, list[str]] | None = None
    body: bytes = b""
    kind: str = "application/x-www-form-urlencoded"
    headers: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        sent = urlencode(self.fields, doseq=True, errors="surrogatepass") if self.fields else repr(self.body[:40])
        return f"{self.method} {self.path[:120]}?{self.query[:120]} {self.kind} {sent[:300]} {str(self.headers)[:120]}"

    def send(self, client: Client) -> Any:
        """Return the answer, its body in `sent`; what it wrote is undone: the next one finds the rows as they were."""
        cookies = client.cookies.copy()
        body = urlencode(self.fields, doseq=True, errors="surrogatepass").encode() if self.fields else self.body
        address = f"{self.path}?{self.query}" if self.query else self.path
        with transaction.atomic():
            response = client.generic(self.method, address, body, content_type=self.kind, **self.headers)
            response.sent = response.getvalue()
            transaction.set_rollback(True)
        client.cookies = cookies  # one of the addresses signs out
        return response


def rank(words: str, among: int) -> int:
    """Return a number below `among`, always the same for these words."""
    return crc32(words.encode(errors="surrogatepass")) % among


def said(value: str) -> str:
    """Return a value as an address carries it."""
    return quote(value, safe="", errors="surrogatepass")


def asked(path: str, names: list[str], value: str) -> Shot:
    """Return a reading whose every parameter holds this value."""
    return Shot("GET", path, "&".join(f"{said(name)}={said(value)}" for name in names))
