"""Sign-in changes who acts in the middle of a request; what was refused, and each change of factor, is on record."""

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.dispatch import receiver

from cms.access import scope, second_factor
from cms.journal.enums import Outcome
from cms.journal.services import journal_append
from cms.users.models import User


@receiver(user_logged_in, dispatch_uid="access.signed_in")
def signed_in(sender, request, user, **kwargs):
    if not getattr(request, "has_scope", False):
        return  # signed in by a command or a test, outside any request
    scope.enter(user)
    journal_append(action="auth.signed_in", kind="user", object_id=user.pk)


@receiver(user_login_failed, dispatch_uid="access.password_refused")
def password_refused(sender, credentials, request=None, **kwargs):
    if not getattr(request, "has_scope", False):
        return
    user = User.objects.filter(email=str(credentials.get("email", "")).lower()).first()
    _refused(user, "password")  # the address typed may be anything: an unknown one is not written


@receiver(authentication_failed, dispatch_uid="access.code_refused")
def code_refused(sender, user, authenticator, **kwargs):
    _refused(user, authenticator.type)


def _refused(user: User | None, means: str) -> None:
    journal_append(
        action="auth.refused",
        kind="user",
        object_id=user and user.pk,
        outcome=Outcome.REFUSED,
        details={"means": means},
    )


@receiver(authenticator_added, dispatch_uid="access.factor_added")
def factor_added(sender, request, user, authenticator, **kwargs):
    """Adding a factor shows it: the session that did so has passed, under a new id."""
    if authenticator.type == second_factor.RECOVERY:
        return
    record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
    request.session.cycle_key()
    _changed(user, "auth.factor.add", authenticator.type)


@receiver(authenticator_removed, dispatch_uid="access.factor_removed")
def factor_removed(sender, request, user, authenticator, **kwargs):
    _changed(user, "auth.factor.remove", authenticator.type)


def _changed(user: User, action: str, means: str) -> None:
    with scope.acting(user):  # allauth may say it once the request's transaction is over
        journal_append(action=action, kind="user", object_id=user.pk, details={"means": means})
