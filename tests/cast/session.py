"""Sessions of the tests, as the door leaves them: what was shown, and when."""

import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from cms.users.models import User


def signed_in(user: User, *, ago: float = 0, method: str = "mfa") -> Client:
    """A client whose session showed its password, and a code `ago` seconds ago; `method="password"`: no code."""
    client = Client()
    client.force_login(user)
    at = time.time() - ago
    shown = [{"method": "password", "at": at}]
    if method == "mfa":
        shown.append({"method": "mfa", "type": "totp", "at": at})
    session = client.session
    session["account_authentication_methods"] = shown
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client


def code_of(secret: str) -> str:
    """The code that an application shows now for this seed."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))
