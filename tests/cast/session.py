"""Sessions of the tests, as the door leaves them: what was shown, and when."""

import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from cms.sessions.scopes.rules import READS
from cms.sessions.tokens import token_create
from cms.users.models import User
from cms.wall import scope


def signed_in(user: User, *, ago: float = 0, method: str = "mfa", **options) -> Client:
    """A client whose session showed its password, and a code `ago` seconds ago; `method="password"`: no code."""
    client = Client(**options)
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


def code_of(secret: str, *, steps: int = 0) -> str:
    """The code that an application shows now for this seed, or so many half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def token_header(user: User, *scopes: str) -> dict[str, str]:
    """What a software sends with a new token of this person, which opens these scopes, or all those that read."""
    with scope.acting(user):
        _, text = token_create(by=user, label="Tableur", days=30, scopes=scopes or READS)
    return {"HTTP_AUTHORIZATION": f"Token {text}"}
