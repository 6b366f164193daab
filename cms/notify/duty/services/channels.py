"""How a call leaves: mail, and a gateway of text messages or voice by HTTP. Never a name, a place or a role."""

import hashlib
import hmac
import json
import socket
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from smtplib import SMTPException
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string

from cms.kit.addresses import absolute, address_of
from cms.kit.mails import mail
from cms.notify.duty.models import Ring, RingStep
from cms.notify.duty.rules.kinds import Plan, ring_kind
from cms.notify.enums import ANSWER_MINUTES, Channel
from cms.values.settings import setting_value

TIMEOUT_SECONDS = 10
TOO_OLD_SECONDS = 300
"""A signed message that is older is somebody playing it again."""
SUBJECT = "Havre : un message urgent vous attend"


class NotSentError(Exception):
    """The message did not leave; another try may do."""


@dataclass(frozen=True)
class Delivery:
    is_delivered: bool = False


def channels_of(phone: str) -> list[Channel]:
    """Ways to reach a person: mail always, the telephone when there are a gateway and a number."""
    return [Channel.MAIL, Channel.PHONE] if settings.HAVRE_GATEWAY_URL and phone else [Channel.MAIL]


def send(step: RingStep, plan: Plan, *, phone: str) -> Delivery:
    """Send a message by the channel of the step. Raises `NotSentError`."""
    return _mail(step, plan) if step.channel == Channel.MAIL else _phone(step, phone)


def page_url(ring: Ring) -> str:
    """Return where the message leads: the page of the call, or what its kind says; both behind sign-in."""
    link = ring_kind(ring.kind).link
    return absolute(link(ring.object_id)) if link else address_of("notify:ring", ring.pk)


def _mail(step: RingStep, plan: Plan) -> Delivery:
    minutes = plan.answer_minutes or setting_value(ANSWER_MINUTES)
    context = {"url": page_url(step.ring), "minutes": minutes, "stops": plan.stops_when_opened}
    body = render_to_string("notify/mails/ring.txt", context)
    try:
        mail(to=step.person.email, subject=SUBJECT, body=body, key=step.pk)
    except (SMTPException, OSError) as error:
        raise NotSentError from error
    return Delivery()


def _phone(step: RingStep, phone: str) -> Delivery:
    """POST to the gateway. Its answer may say at once that the message was delivered; else it calls back."""
    body = json.dumps(
        {
            "id": str(step.pk),
            "to": phone,
            "text": f"{SUBJECT}. {page_url(step.ring)}",
        }
    ).encode()
    headers = {
        "Content-Type": "application/json",
        "Idempotency-Key": str(step.pk),
        "X-Havre-Signature": signature(body),
    }
    return Delivery(is_delivered=_state(_post(settings.HAVRE_GATEWAY_URL, body, headers)) == "delivered")


def _post(address: str, body: bytes, headers: dict[str, str]) -> bytes:
    """Return the answer of the gateway. Raises `NotSentError` unless it accepted, within so many seconds in all.

    A time limit of the socket holds for one read: drop by drop, a gateway would hold up every other call for hours.
    The connection is cut at the end of the whole time. No redirection is followed: the signature is for this address.
    """
    parts = urlsplit(address)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=TIMEOUT_SECONDS)
    cut = threading.Timer(TIMEOUT_SECONDS, _cut, [connection])
    cut.daemon = True
    cut.start()
    try:
        connection.request("POST", f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}", body, headers)
        response = connection.getresponse()
        if not 200 <= response.status < 300:
            raise NotSentError
        return _read(response)
    except (HTTPException, OSError, ValueError) as error:
        raise NotSentError from error
    finally:
        cut.cancel()
        connection.close()


def _cut(connection: HTTPConnection) -> None:
    """Whatever waits on it fails at once."""
    with suppress(OSError):
        if connection.sock:
            connection.sock.shutdown(socket.SHUT_RDWR)


def _read(response: HTTPResponse) -> bytes:
    """Read the answer as far as time allows: the message is accepted, a slow body is not waited for."""
    try:
        return response.read1(10_000)
    except (HTTPException, OSError):
        return b""


def signature(body: bytes, at: int | None = None) -> str:
    """`t=1764100000,v1=<HMAC-SHA256 in hexadecimal of "t.body">`."""
    at = int(time.time()) if at is None else at
    digest = hmac.new(settings.HAVRE_GATEWAY_SECRET.encode(), f"{at}.".encode() + body, hashlib.sha256)
    return f"t={at},v1={digest.hexdigest()}"


def is_signed(body: bytes, header: str) -> bool:
    """Whether the gateway wrote this body, minutes ago. Without a secret, nobody did."""
    at = header.removeprefix("t=").partition(",")[0]
    if not settings.HAVRE_GATEWAY_SECRET or not at.isdecimal() or abs(time.time() - int(at)) > TOO_OLD_SECONDS:
        return False
    return hmac.compare_digest(signature(body, int(at)).encode(), header.encode())


def _state(answer: bytes) -> str:
    try:
        payload = json.loads(answer or b"{}")
    except ValueError:
        return ""
    return payload.get("state", "") if isinstance(payload, dict) else ""
