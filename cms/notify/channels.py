"""How a call leaves: mail, and a gateway of text messages or voice by HTTP. Never a name, a place or a role."""

import hashlib
import hmac
import json
import time
import urllib.request
import uuid
from dataclasses import dataclass
from http.client import HTTPException
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.urls import reverse

from cms.notify.enums import Channel
from cms.notify.kinds import ring_kind
from cms.notify.models import RingStep
from cms.notify.settings import ANSWER_MINUTES
from cms.values.settings import setting_value

TIMEOUT_SECONDS = 10
TOO_OLD_SECONDS = 300
"""A signed message that is older is somebody playing it again."""
SUBJECT = "Havre : un message urgent vous attend"


class NotSent(Exception):
    """The message did not leave; another try may do."""


@dataclass(frozen=True)
class Sent:
    is_delivered: bool = False


def channels_of(phone: str) -> list[Channel]:
    """Ways to reach a person: mail always, the telephone when there are a gateway and a number."""
    return [Channel.MAIL, Channel.PHONE] if settings.HAVRE_GATEWAY_URL and phone else [Channel.MAIL]


def send(step: RingStep, *, phone: str) -> Sent:
    """Raises `NotSent`."""
    return _mail(step) if step.channel == Channel.MAIL else _phone(step, phone)


def page_url(ring_id: uuid.UUID) -> str:
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse("notify:ring", args=[ring_id])


def message_id(step: RingStep) -> str:
    """The same for every try of a call: a mailbox shows one message."""
    return f"<{step.pk}@havre.invalid>"


def _mail(step: RingStep) -> Sent:
    plan = ring_kind(step.ring.kind).plan(step.ring.object_id)
    minutes = plan.answer_minutes or setting_value(ANSWER_MINUTES)
    body = render_to_string("notify/mails/ring.txt", {"url": page_url(step.ring_id), "minutes": minutes})
    message = EmailMessage(SUBJECT, body, None, [step.person.email], headers={"Message-ID": message_id(step)})
    try:
        message.connection = get_connection(timeout=TIMEOUT_SECONDS)
        message.send()
    except (SMTPException, OSError) as error:
        raise NotSent from error
    return Sent()


def _phone(step: RingStep, phone: str) -> Sent:
    """POST to the gateway. Its answer may say at once that the message was delivered; else it calls back."""
    body = json.dumps(
        {
            "id": str(step.pk),
            "to": phone,
            "text": f"{SUBJECT}. {page_url(step.ring_id)}",
        }
    ).encode()
    request = urllib.request.Request(  # noqa: S310 - the address comes from the settings of the server
        settings.HAVRE_GATEWAY_URL,
        data=body,
        headers={
            "Content-Type": "application/json",
            "Idempotency-Key": str(step.pk),
            "X-Havre-Signature": signature(body),
        },
        method="POST",
    )
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as response:  # noqa: S310
            # One read: a gateway that answers drop by drop would hold up every other call.
            answer = response.read1(10_000)
    except (HTTPException, OSError, ValueError) as error:
        raise NotSent from error
    return Sent(is_delivered=_state(answer) == "delivered")


def signature(body: bytes, at: int | None = None) -> str:
    """`t=1764100000,v1=<HMAC-SHA256 in hexadecimal of "t.body">`."""
    at = int(time.time()) if at is None else at
    digest = hmac.new(settings.HAVRE_GATEWAY_SECRET.encode(), f"{at}.".encode() + body, hashlib.sha256)
    return f"t={at},v1={digest.hexdigest()}"


def is_signed(body: bytes, given: str) -> bool:
    """Whether the gateway wrote this body, minutes ago. Without a secret, nobody did."""
    at = given.removeprefix("t=").partition(",")[0]
    if not settings.HAVRE_GATEWAY_SECRET or not at.isdecimal() or abs(time.time() - int(at)) > TOO_OLD_SECONDS:
        return False
    return hmac.compare_digest(signature(body, int(at)).encode(), given.encode())


def _state(answer: bytes) -> str:
    try:
        told = json.loads(answer or b"{}")
    except ValueError:
        return ""
    return told.get("state", "") if isinstance(told, dict) else ""
