"""Receivers of sign-in, which changes who acts within a request; refusals and changes of factors are journaled."""

from collections.abc import Mapping
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.signals import password_changed, password_reset, password_set
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from cms.journal.enums import Outcome
from cms.journal.services import journal_append
from cms.sessions import second_factor
from cms.sessions.devices import device_words
from cms.sessions.models import Ending, SignIn
from cms.sessions.services import OUTLIVED, SIGN_IN, current_key, session_end, session_open, sessions_end
from cms.users.adapter import notice_queue
from cms.users.devices import device_note, device_of
from cms.users.models import User
from cms.wall import doors, scope
from cms.wall.middleware import SECRET

NEW_DEVICE = "account/email/new_device"
"""Message to the person who signs in from a browser that their account has not known for a year."""


@receiver(user_logged_in, dispatch_uid="access.signed_in")
def signed_in(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    if not getattr(request, "has_scope", False):
        with scope.acting(user):  # signed in by a test, outside any request
            _begin(request, user)
        return
    scope.enter(user, door=doors.SIGN_IN)
    _begin(request, user)
    journal_append(action="auth.signed_in", kind="user", object_id=user.pk)
    if second_factor.is_enough(request) and not device_of(request, user.email):
        notice_queue(NEW_DEVICE, user)
    _entered(request, user)


def _entered(request: HttpRequest, user: User) -> None:
    """Let the answer mark the browser, once all that the roles of the person ask was shown."""
    if second_factor.is_enough(request):
        device_note(request, user.email)


def _begin(request: HttpRequest, user: User) -> None:
    """Open the connexion of this browser, in place of the one that it had."""
    _end(request, user)
    request.session.pop(OUTLIVED, None)
    device = device_words(request.META.get("HTTP_USER_AGENT", ""))
    begun = session_open(user=user, device=device)
    request.session[SIGN_IN], request.session[SECRET] = str(begun.pk), begun.secret


def _end(request: HttpRequest, user: User) -> None:
    key = current_key(request)
    before = SignIn.objects.filter(pk=key, user=user).first() if key else None
    if before:
        session_end(sign_in=before, ending=Ending.SIGNED_OUT)


@receiver(user_logged_out, dispatch_uid="access.signed_out")
def signed_out(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    if user and user.is_authenticated:
        with scope.acting(user):
            _end(request, user)


@receiver(password_changed, dispatch_uid="access.password_changed")
@receiver(password_set, dispatch_uid="access.password_set")
@receiver(password_reset, dispatch_uid="access.password_reset")
def password_was_changed(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """End the other sessions at once: they may be of somebody who knew the old password."""
    with scope.acting(user, door=doors.PASSWORD):
        sessions_end(user=user, except_key=_key_of(request, user), ending=Ending.PASSWORD)


def _key_of(request: HttpRequest, user: User) -> str | None:
    return current_key(request) if request.user.pk == user.pk else None


@receiver(user_login_failed, dispatch_uid="access.password_refused")
def password_refused(
    sender: Any, credentials: Mapping[str, Any], request: HttpRequest | None = None, **kwargs: Any
) -> None:
    if not getattr(request, "has_scope", False):
        return
    user = User.objects.filter(email=str(credentials.get("email", "")).lower()).first()
    _refused(user, "password")  # the address typed may be anything: an unknown one is not written


@receiver(authentication_failed, dispatch_uid="access.code_refused")
def code_refused(sender: Any, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    _refused(user, authenticator.type)


def _refused(user: User | None, means: str) -> None:
    journal_append(
        action="auth.refused",
        kind="user",
        object_id=user.pk if user else None,
        outcome=Outcome.REFUSED,
        details={"means": means},
    )


@receiver(authenticator_added, dispatch_uid="access.factor_added")
def factor_added(sender: Any, request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    """Record that this session has shown its factor, since adding one proves it, and give the session a new id."""
    if authenticator.type == second_factor.RECOVERY:
        return
    record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
    request.session.cycle_key()
    with scope.acting(user):
        _entered(request, user)
    _changed(request, user, "auth.factor.add", authenticator.type)


@receiver(authenticator_removed, dispatch_uid="access.factor_removed")
def factor_removed(sender: Any, request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    _changed(request, user, "auth.factor.remove", authenticator.type)


def _changed(request: HttpRequest, user: User, action: str, means: str) -> None:
    with scope.acting(user):  # allauth may say it once the request's transaction is over
        journal_append(action=action, kind="user", object_id=user.pk, details={"means": means})
        sessions_end(user=user, except_key=_key_of(request, user), ending=Ending.FACTOR)
