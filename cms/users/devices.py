"""Wrong passwords, counted so that knowing an address locks nobody out (OWASP, « device cookies »).

A browser from which somebody signed in wholly holds a signed cookie: its tries are counted by themselves, and no one
else's stop it. Tries of unknown browsers are counted by account and network, then by account over all networks.
"""

import secrets
import time
from dataclasses import dataclass

from allauth.core.internal import ratelimit
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

COOKIE, SALT = "havre_appareil", "cms.users.devices"
DAYS = 365
MOST = 20
"""Accounts that one browser remembers: the computer of a team. The oldest leaves."""
APP = "allauth.account"
KNOWN, NEAR, FAR = "login_failed_device", "login_failed", "login_failed_account"
"""Limits of `ACCOUNT_RATE_LIMITS`: of a known browser; of an account from one network; of an account from anywhere."""
ENTERED = "_entered_as"


@dataclass(frozen=True)
class Device:
    """What a browser holds of one account: neither its address nor its key, and nothing that opens anything."""

    tag: str
    number: str
    at: int


def tag_of(address: str) -> str:
    """Return what stands for an address in the cookie and in the counts, known address or not."""
    return salted_hmac(SALT, address.strip().lower(), algorithm="sha256").hexdigest()[:32]


def devices_of(request: HttpRequest) -> list[Device]:
    """Read the cookie, the latest first; one that was forged, or is too old, holds nothing."""
    try:
        rows = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT)
        held = [Device(*row) for row in rows]
    except (signing.BadSignature, TypeError):
        return []
    return [device for device in held if device.at > time.time() - DAYS * 24 * 3600]


def device_of(request: HttpRequest, address: str) -> Device | None:
    """Return what this browser holds of an account, if somebody entered it wholly from here."""
    wanted = tag_of(address)
    return next((device for device in devices_of(request) if device.tag == wanted), None)


def device_note(request: HttpRequest, address: str) -> None:
    """Say that somebody entered wholly in this request: the answer will carry the cookie (`device_remember`)."""
    setattr(request, ENTERED, address)


def device_remember(request: HttpRequest, response: HttpResponse) -> None:
    """Give the browser its cookie, when somebody entered in this request. A known browser keeps its number."""
    address = getattr(request, ENTERED, "")
    if not address:
        return
    known = device_of(request, address)
    number = known.number if known else secrets.token_hex(8)
    device = Device(tag_of(address), number, int(time.time()))
    others = [each for each in devices_of(request) if each.tag != device.tag]
    rows = [[each.tag, each.number, each.at] for each in [device, *others][:MOST]]
    response.set_cookie(
        COOKIE,
        signing.dumps(rows, salt=SALT),
        max_age=DAYS * 24 * 3600,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def try_count(request: HttpRequest, address: str) -> ratelimit.RateLimitUsage | None:
    """Count a try of a password before it is looked at; None when too many were wrong. A right one is taken back."""
    counted = ratelimit.RateLimitUsage(usage=[])
    for action, key in _limits(request, address):
        usage = ratelimit.consume(request, app=APP, action=action, key=key)
        if not usage:
            counted.rollback()
            return None
        counted.usage += usage.usage
    return counted


def tries_forget(request: HttpRequest, address: str) -> None:
    """Forget the wrong tries once the person has proved that the mailbox of the account is theirs."""
    for action, key in _limits(request, address):
        ratelimit.clear(request, app=APP, action=action, key=key)


def _limits(request: HttpRequest, address: str) -> list[tuple[str, str]]:
    tag, device = tag_of(address), device_of(request, address)
    if device:
        return [(KNOWN, f"{tag}:{device.number}")]
    return [(NEAR, f"{tag}:{ratelimit.get_ip(request)}"), (FAR, tag)]
