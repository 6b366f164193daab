"""Standard Webhooks: what is signed, how, and when it is tried again. No database."""

import base64
import datetime as dt
import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable, Mapping
from typing import Any

SECRET_PREFIX = "whsec_"  # noqa: S105 (what the specification puts before a secret)
SECRET_BYTES = 32
DELAYS = tuple(
    dt.timedelta(seconds=seconds)
    for seconds in (5, 300, 1800, 7200, 5 * 3600, 10 * 3600, 14 * 3600, 20 * 3600, 24 * 3600)
)
"""Between two tries, longer each time; then each day."""
FORMER_KEY = dt.timedelta(days=1)
"""For so long after a key was changed, the former one signs too."""
SECONDS = 10
"""The longest that a receiver may take."""
GONE = 410


def secret_new() -> str:
    return SECRET_PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def delay_after(failures: int) -> dt.timedelta:
    """Return how long to wait after so many failures in a row."""
    return DELAYS[min(failures, len(DELAYS)) - 1]


def is_received(status: int) -> bool:
    return 200 <= status < 300


def body_of(envelope: Mapping[str, Any]) -> bytes:
    return json.dumps(envelope, ensure_ascii=False, separators=(",", ":")).encode()


def headers_of(key: str, body: bytes, at: dt.datetime, keys: Iterable[str]) -> dict[str, str]:
    """Return the headers of a notice, signed under each key: the receiver takes the one that it knows."""
    seconds = str(int(at.timestamp()))
    return {
        "Content-Type": "application/cloudevents+json",
        "User-Agent": "Havre",
        "webhook-id": key,
        "webhook-timestamp": seconds,
        "webhook-signature": " ".join(f"v1,{_signature(secret, key, seconds, body)}" for secret in keys),
    }


def _signature(secret: str, key: str, seconds: str, body: bytes) -> str:
    known = base64.b64decode(secret.removeprefix(SECRET_PREFIX))
    digest = hmac.new(known, f"{key}.{seconds}.".encode() + body, hashlib.sha256).digest()
    return base64.b64encode(digest).decode()
