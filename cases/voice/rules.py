"""The code that opens a message, and the pace of the public pages. Nothing here keeps who asks."""

import hashlib
import uuid

from allauth.core.internal.ratelimit import consume, get_ip
from django.core import signing
from django.http import HttpRequest
from django.utils import timezone

from cms.vault.hashing import exact_hash

RATES = {"voice_send": "12/10m/key", "voice_follow": "60/10m/key"}
"""A house has one address: beyond the limit it waits, and is never locked out. Codes are too long to guess."""
WAIT_SECONDS = 120
CODE_DIGITS, GROUP = 16, 4
"""53 bits. Digits alone: whoever reads no French copies them too."""
KEY_SALT = "cases.voice"


def is_too_much(request: HttpRequest, action: str) -> bool:
    """Count this sending; return whether it exceeds the limit.

    The address is counted under a keyed digest that changes each day: the table of limits holds no address, and tells
    nobody which one wrote.
    """
    line = exact_hash(f"{timezone.localdate():%Y-%m-%d} {get_ip(request)}", "voice_line")
    return consume(request, app="cases", action=action, config=RATES, key=line) is None


def key_new() -> str:
    """Return the signed key of one page: it stands for a cookie, so that nothing is left on the device."""
    return signing.dumps(uuid.uuid4().hex, salt=KEY_SALT)


def key_read(text: str) -> uuid.UUID | None:
    """Return the key of a page that this site gave, or none."""
    try:
        return uuid.UUID(signing.loads(text, salt=KEY_SALT))
    except (signing.BadSignature, ValueError, TypeError):
        return None


def code_of(key: uuid.UUID) -> str:
    """Return the code of a page, drawn under the secret of the server: the same page sent twice gives the same."""
    digest = hashlib.sha256(exact_hash(str(key), "voice_code").encode()).digest()
    digits = f"{int.from_bytes(digest) % 10**CODE_DIGITS:0{CODE_DIGITS}d}"
    return " ".join(digits[start : start + GROUP] for start in range(0, CODE_DIGITS, GROUP))


def code_hash(code: str) -> str:
    """Return the hash of a code, however typed; empty when it cannot be one."""
    digits = "".join(sign for sign in code if sign.isdigit() and sign.isascii())
    return exact_hash(digits, "voice_follow") if len(digits) == CODE_DIGITS else ""
