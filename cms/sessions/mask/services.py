"""A session behind a neutral page: signed in still, closed until its holder shows a code of theirs."""

from typing import cast

from allauth.mfa.models import Authenticator
from django.contrib.auth import logout
from django.http import HttpRequest

from cms.journal.services import refusal_queue
from cms.users.models import User

MASKED = "masked"
"""Key of the session: how many wrong codes were typed since it was masked."""
TRIES = 3


def session_mask(request: HttpRequest) -> None:
    """Close every page of this session but the neutral one; end it for who holds no code that could open it again."""
    user = cast(User, request.user)
    if _codes(user) or user.has_usable_password():
        request.session.setdefault(MASKED, 0)
    else:
        logout(request)


def is_masked(request: HttpRequest) -> bool:
    return request.user.is_authenticated and MASKED in request.session


def takes_password(request: HttpRequest) -> bool:
    """Return whether this session opens with the password, for want of an application that gives codes."""
    return is_masked(request) and not _codes(cast(User, request.user))


def session_unmask(request: HttpRequest, said: str) -> bool:
    """Open the session again when `said` is a code of its holder's; end it at the third wrong one.

    A session that is opened again has shown nothing more than before: an export still asks for a fresh factor.
    """
    if not is_masked(request):
        return False
    user = cast(User, request.user)
    codes = _codes(user)
    is_right = codes.wrap().validate_code(said) if codes else user.check_password(said)
    if is_right:
        del request.session[MASKED]
        return True
    refusal_queue("user", user.pk, "auth.refused")
    request.session[MASKED] += 1
    if request.session[MASKED] >= TRIES:
        logout(request)
    return False


def _codes(user: User) -> Authenticator | None:
    return Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).first()
